// The glossaries beside the quality are those of the chosen languages; the one that was chosen last
// for these is chosen again.

const form = () => document.getElementById("form");
const glossary = () => form().elements.glossary;
const pair = () => form().elements.pair.value;
const key = () => `glossary ${pair()}`;

function recall() {
  const chosen = localStorage.getItem(key());
  if (glossary() && [...glossary().options].some((each) => each.value === chosen)) glossary().value = chosen;
}

function offer() {
  if (!glossary()) return;
  const all = document.getElementById("glossaries").content;
  const found = [...all.children].find((each) => each.dataset.pair === pair());
  const none = glossary().querySelector("option[value=''], option[value=none]").cloneNode(true);
  none.value = "";
  glossary().replaceChildren(...(found ? [...found.children].map((each) => each.cloneNode(true)) : [none]));
  glossary().hidden = !found;
  recall();
}

document.addEventListener("change", ({ target: changed }) => {
  if (changed.form !== form()) return;
  if (changed.name === "pair") offer();
  if (changed === glossary()) localStorage.setItem(key(), changed.value);
});

document.addEventListener("htmx:after:swap", recall);
recall();
