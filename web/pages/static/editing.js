// A translated sentence is edited in its place. What is stored comes back as parts of the page, with
// the way to undo it; whatever goes wrong, the words stay in their field.

const target = () => document.getElementById("target");
const text = () => document.getElementById("text");
const outcome = () => document.getElementById("corrected");

let editor; // the field, while a sentence is edited
let place; // of the sentence that is edited or was corrected last

const holderOf = ({ passage }) => (passage ? document.getElementById(passage)?.querySelector(".target") : target());
const find = (which) => holderOf(which)?.querySelector(`.sentence[data-sentence="${which.name}"]`);

function placeOf(sentence) {
  const { sentence: name, source, raw } = sentence.dataset;
  return { passage: sentence.closest(".passage")?.id, name, source, seen: raw ?? sentence.textContent };
}

// The text is another one than what is stored.
let written = false;

document.addEventListener("input", ({ target: changed }) => {
  if (changed !== text()) return;
  written = true;
  delete target().dataset.translation;
});

const keeps = ({ sourceElement, request }) => sourceElement === text() && Boolean(request.body?.get?.("keep"));

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (keeps(ctx)) written = ctx.request.body.get("text") !== text().value;
});

// The number of the translation; a text that is being written is stored first. Empty when it cannot be.
function numberOf(which) {
  const field = () => document.getElementById("draft").value;
  const stored = holderOf(which)?.dataset.translation || field();
  if (which.passage || (stored && !written)) return stored;
  return new Promise((resolve) => {
    document.addEventListener("htmx:finally:request", function ended({ detail: { ctx } }) {
      if (!keeps(ctx)) return;
      document.removeEventListener("htmx:finally:request", ended);
      setTimeout(() => resolve(written ? "" : field()));
    });
    document.dispatchEvent(new Event("keep"));
  });
}

async function send(address, values, problems) {
  const said = outcome();
  said.replaceChildren();
  const first = document.querySelector("#passages .passage")?.id.split("-")[1] ?? 0;
  await htmx.ajax("POST", address, {
    target: problems ?? said,
    swap: "innerHTML",
    values: { ...values, from: first, linked: place.passage ? "" : "1" },
  });
  return Boolean(said.querySelector("[role=status]"));
}

async function store(words, problems) {
  const id = await numberOf(place);
  if (!id) {
    (problems ?? outcome()).textContent = document.getElementById("unreachable").content.textContent.trim();
    return false;
  }
  const { name, source, seen } = place;
  const [seq, number] = name.split("-");
  const address = `/translations/${id}/passages/${seq}/sentences/${number}/edit`;
  return send(address, { text: words, seen, ...(source === undefined ? {} : { source }) }, problems);
}

// Beside the sentence, so that Tab leads to it; it is there before it says something.
function bringOutcome() {
  outcome().replaceChildren();
  holderOf(place).after(outcome());
}

async function open(sentence) {
  leave();
  place = placeOf(sentence);
  await numberOf(place);
  const found = find(place);
  if (!found) return;
  place = placeOf(found);
  bringOutcome();
  editor = document.getElementById("editor").content.firstElementChild.cloneNode(true);
  const area = editor.querySelector("textarea");
  area.value = area.defaultValue = place.seen;
  area.lang = holderOf(place).lang;
  editor.querySelector(".tags").hidden = !/<\/?[a-z]+\d+\/?>/.test(place.seen);
  editor.addEventListener("keydown", keys);
  editor.addEventListener("click", ({ target: clicked }) => {
    if (clicked.closest(".save")) save();
    if (clicked.closest(".leave")) leave(true);
  });
  attach(found);
  area.focus();
}

function attach(sentence) {
  editor.dataset.sentence = place.name;
  sentence.hidden = true;
  sentence.after(editor);
}

// The keys of the page are not the editor's: there, Enter translates the text.
function keys(event) {
  event.stopPropagation();
  if (event.key === "Escape") leave(true);
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  save();
}

function leave(back = false) {
  if (!editor) return;
  editor.remove();
  editor = undefined;
  const sentence = find(place);
  if (!sentence) return;
  sentence.hidden = false;
  if (back) goTo(sentence);
}

function goTo(sentence) {
  sentence?.focus({ preventScroll: true });
  sentence?.scrollIntoView({ block: "nearest" });
}

async function save() {
  const problems = editor.querySelector(".problem");
  const button = editor.querySelector(".save");
  if (button.disabled) return;
  button.disabled = true;
  problems.replaceChildren();
  try {
    if (await store(editor.querySelector("textarea").value, problems)) return leave(true);
  } finally {
    button.disabled = false;
  }
  place.seen = problems.querySelector("[data-now]")?.dataset.now ?? place.seen;
  editor?.querySelector("textarea").focus();
}

document.addEventListener("edit", ({ target: sentence }) => open(sentence));

document.addEventListener("correct", async ({ target: sentence, detail: words }) => {
  leave();
  place = placeOf(sentence);
  await numberOf(place);
  place = placeOf(find(place) ?? sentence);
  bringOutcome();
  await store(words);
  goTo(find(place));
});

document.addEventListener("click", async ({ target: clicked }) => {
  const button = clicked.closest("[data-correction]");
  if (!button || button.disabled) return;
  button.disabled = true;
  await send(button.dataset.correction, {});
  goTo(find(place));
});

// A text that is written on takes new sentences into the editor's place: it goes to its own again.
let away;

document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  const replaced = (tasks ?? []).some(({ target: where, swapSpec }) => {
    const element = typeof where === "string" ? document.querySelector(where) : where;
    return editor && element?.contains(editor) && element !== editor && !element.matches(".problem") && !/^(before|after)/.test(swapSpec?.style ?? "");
  });
  if (!replaced) return;
  const area = editor.querySelector("textarea");
  away = { focused: document.activeElement === area, start: area.selectionStart, end: area.selectionEnd };
  editor.remove();
});

document.addEventListener("htmx:after:swap", () => {
  if (!away || !editor) return;
  const { focused, start, end } = away;
  away = undefined;
  let sentence = find(place);
  if (place.source !== undefined && sentence?.dataset.source !== place.source) {
    sentence = [...target().querySelectorAll(".sentence")].find((each) => each.dataset.source === place.source);
  }
  editor.querySelector(".gone").hidden = Boolean(sentence);
  if (sentence) {
    place = { ...placeOf(sentence), source: place.source };
    attach(sentence);
  } else (holderOf(place) ?? target()).append(editor);
  if (!focused) return;
  const area = editor.querySelector("textarea");
  area.focus();
  area.setSelectionRange(start, end);
});
