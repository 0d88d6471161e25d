// Small things: copy, swap the languages, the colours, the help, shortcuts.

const byId = (id) => document.getElementById(id);
const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

async function toClipboard(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https a page may not write to the clipboard, but may copy what is selected.
    const area = document.createElement("textarea");
    area.value = text;
    button.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = label), 1500);
}

// The translation beside its text, without the field in which one of its sentences is edited.
function translation() {
  const said = byId("target").cloneNode(true);
  said.querySelector(".editor")?.remove();
  return said.textContent;
}

const copy = () => toClipboard(translation(), byId("copy"));

// A translation that is stored, as its .txt has it.
async function copyStored(button) {
  const answer = await fetch(button.dataset.copy);
  if (answer.ok) await toClipboard(await answer.text(), button);
}

function swap() {
  const pair = document.querySelector("select[name=pair]");
  pair.value = pair.value.split(" ").reverse().join(" ");
  pair.dispatchEvent(new Event("change", { bubbles: true }));
  if (byId("target").querySelector(".sentence")) byId("text").value = translation();
  byId("text").dispatchEvent(new Event("input", { bubbles: true }));
}

function colours() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  localStorage.theme = document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
}

const actions = { copy, swap, colours, help: () => byId("help-dialog").showModal() };

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.copy) copyStored(button);
  actions[button?.id]?.();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const shortcut = { "?": actions.help, "/": () => byId("q").focus(), e: () => byId("text").focus(), c: copy }[event.key];
  if (!shortcut || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  shortcut();
});

function refresh() {
  byId("copy").hidden = !byId("target").querySelector(".sentence");
  const pair = document.querySelector("select[name=pair]");
  const back = pair?.value.split(" ").reverse().join(" ");
  const button = byId("swap");
  if (button) button.hidden = ![...pair.options].some((each) => each.value === back);
}

document.addEventListener("htmx:after:swap", refresh);
document.addEventListener("change", refresh);
refresh();
