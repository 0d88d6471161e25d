// Sentences are linked: pointing at one, on either side, or going to it with the keyboard, marks
// its partner. A translated one can be exchanged for another translation, or edited (editing.js).

const text = () => document.getElementById("text");
const target = () => document.getElementById("target");
const mirror = () => document.getElementById("mirror");
const popover = () => document.getElementById("alternatives");

const SENTENCE = ".sentence, .editor";
const EDGE = 16; // pixels of the page beside the list
let asked; // the sentence whose alternatives are shown
let marked; // the sentence that is pointed at

function mark(sentence) {
  marked = sentence;
  for (const each of document.querySelectorAll(".sentence.on")) each.classList.remove("on");
  const name = sentence?.dataset.sentence;
  const scope = sentence?.closest("#form, #passages");
  if (!scope) return;
  for (const each of scope.querySelectorAll(`[data-sentence="${name}"]`)) each.classList.add("on");
}

// A text area cannot mark anything, so the same text stands behind it, in sentences.
function reflect() {
  const value = text().value;
  const parts = [];
  let at = 0;
  // What is longer than a translation beside it would take long to lay out, and has nothing to mark.
  if (value.length > document.getElementById("form").dataset.live) return mirror().replaceChildren();
  for (const each of target().querySelectorAll(".sentence")) {
    const start = value.indexOf(each.dataset.source, at);
    if (start < 0) break; // somebody types: the answer to this text is still to come
    const span = document.createElement("span");
    span.className = "sentence";
    span.dataset.sentence = each.dataset.sentence;
    span.textContent = each.dataset.source;
    parts.push(value.slice(at, start), span);
    at = start + each.dataset.source.length;
  }
  mirror().replaceChildren(...parts, parts.length ? `${value.slice(at)}\n` : "");
  mirror().scrollTop = text().scrollTop;
}

function behind(event) {
  const stack = document.elementsFromPoint(event.clientX, event.clientY);
  return stack.find((each) => each.matches("#mirror .sentence"));
}

document.addEventListener("pointermove", (event) => {
  if (event.target === text()) mark(behind(event));
  else mark(event.target.closest?.(SENTENCE) ?? document.activeElement.closest(SENTENCE));
});

document.addEventListener("focusin", ({ target: focused }) => mark(focused.closest(SENTENCE)));

// The sentence that the text's cursor is in.
document.addEventListener("selectionchange", () => {
  if (document.activeElement !== text()) return;
  let left = text().selectionStart;
  for (const each of mirror().childNodes) {
    left -= each.textContent.length;
    if (left < 0) return mark(each.dataset ? each : null);
  }
  return mark(null);
});

document.addEventListener("keydown", (event) => {
  const sentence = event.target.closest?.(".sentence");
  if (!sentence) return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const all = [...sentence.closest("#target, #passages").querySelectorAll(`.${side(sentence)} .sentence, #target .sentence`)];
  const next = step && all[all.indexOf(sentence) + step];
  if (step) event.preventDefault();
  if (next) next.focus();
  if (["Enter", " "].includes(event.key) && sentence.role === "button") {
    event.preventDefault();
    open(sentence);
  }
  if (event.key === "F2" && sentence.role === "button") edit(sentence);
});

const side = (sentence) => (sentence.closest(".source") ? "source" : "target");

document.addEventListener("click", ({ target: clicked }) => {
  const sentence = clicked.closest(".sentence[role=button]");
  if (sentence && !String(getSelection())) open(sentence);
  const choice = clicked.closest("[data-choice]");
  if (!choice && clicked.id !== "edit") return;
  popover().hidePopover();
  if (!choice) return edit(asked);
  asked.dispatchEvent(new CustomEvent("correct", { bubbles: true, detail: choice.dataset.choice }));
});

const edit = (sentence) => sentence.dispatchEvent(new Event("edit", { bubbles: true }));

// Those of a document carry its format, which other translations may not.
const open = (sentence) => (sentence.ariaHasPopup ? offer(sentence) : edit(sentence));

function sourceOf(sentence) {
  const other = sentence.closest(".passage")?.querySelector(`.source [data-sentence="${sentence.dataset.sentence}"]`);
  return sentence.dataset.source ?? other.textContent;
}

async function offer(sentence) {
  asked = sentence;
  const place = sentence.getBoundingClientRect();
  const { pair, glossary } = document.getElementById("form").elements;
  document.getElementById("choices").replaceChildren();
  popover().showPopover();
  settle(place);
  await htmx.ajax("POST", "/alternatives", {
    target: "#choices",
    swap: "innerHTML",
    values: { source: sourceOf(sentence), shown: sentence.textContent, pair: pair.value, glossary: glossary?.value ?? "" },
  });
  settle(place);
  popover().querySelector("button")?.focus();
}

// Below the sentence, else above it, and whole on the page in any case.
function settle(place) {
  const { offsetHeight: height, offsetWidth: width, style } = popover();
  const below = place.bottom + 6;
  const above = place.top - 6 - height;
  const lowest = innerHeight - height - EDGE;
  style.top = `${below <= lowest || above < EDGE ? Math.max(EDGE, Math.min(below, lowest)) : above}px`;
  style.left = `${Math.max(EDGE, Math.min(place.left, innerWidth - width - EDGE))}px`;
}

// Once a frame: a paste of a book may come as thousands of inputs.
let reflecting;

document.addEventListener("input", ({ target: changed }) => {
  if (changed !== text()) return;
  reflecting ??= requestAnimationFrame(() => {
    reflecting = undefined;
    reflect();
  });
});
document.addEventListener("scroll", ({ target: moved }) => {
  if (moved === text()) mirror().scrollTop = text().scrollTop;
}, true);
document.addEventListener("htmx:after:swap", () => {
  reflect();
  if (marked?.isConnected) mark(marked);
  if (asked && !asked.isConnected) popover().hidePopover(); // its sentence is no longer there
});
reflect();
