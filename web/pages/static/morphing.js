// What htmx's morphing takes for unchanged, beyond equal nodes: a sentence of the same source, which
// may have another number now or be marked, and a part that its reader has opened. It keeps the
// focus then, and what is selected in it.

const target = () => document.getElementById("target");
const sentencesOf = (part) => [...part.querySelectorAll(".sentence[data-source]")];

// Pairs of equal sentences, in their order: from both ends, then what is found again between.
function pairs(old, now) {
  const found = [];
  const same = (a, b) => a.dataset.source === b.dataset.source;
  let start = 0;
  while (start < old.length && start < now.length && same(old[start], now[start])) {
    found.push([old[start], now[start]]);
    start += 1;
  }
  let [end, last] = [old.length, now.length];
  while (end > start && last > start && same(old[end - 1], now[last - 1])) {
    end -= 1;
    last -= 1;
    found.push([old[end], now[last]]);
  }
  let from = start;
  for (const each of now.slice(start, last)) {
    const at = old.findIndex((other, index) => index >= from && index < end && same(other, each));
    if (at < 0) continue;
    found.push([old[at], each]);
    from = at + 1;
  }
  return found;
}

// Morphing finds by its id what is elsewhere now.
let named = [];

document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  for (const { target: where, fragment } of tasks ?? []) {
    const place = typeof where === "string" ? document.querySelector(where) : where;
    if (place !== target() || !fragment) continue;
    named = pairs(sentencesOf(target()), sentencesOf(fragment)).map(([old, now], index) => {
      const id = now.id; // its own, for a link to it
      old.id = now.id = `same-${index}`;
      return [old, id];
    });
  }
});

document.addEventListener("htmx:after:swap", () => {
  for (const [sentence, id] of named) {
    if (id) sentence.id = id;
    else sentence.removeAttribute("id");
  }
  named = [];
});

htmx.registerExtension("morphing", {
  htmx_before_morph_attr: (element, { attrName }) => !(attrName === "open" && element.matches("details")),
});
