// A text that is too long for a translation at each key begins by itself when the typing pauses, as
// by the button; where nothing begins by itself, the page says what to press. Once begun, a text
// stays in the history and goes on, however it is changed here: its characters are charged already.
// What it is changed to begins by the button only, so that no pause charges the same text again.

const PAUSE = 3000;
const form = () => document.getElementById("form");
const text = () => document.getElementById("text");
const byItself = () => document.getElementById("by-itself");
const { lang } = document.documentElement;

let pause;
let frame;
let writing = false; // key by key, and not pasted
let staying = false; // in the text, when its translation has begun
let here = false; // written here, and not brought back by the browser
let asked = false; // for a translation, since the field was empty
let begun; // the text that was asked for last

const isLong = () => text().value.length > form().dataset.live && Boolean(text().value.trim());
const isBusy = () => document.querySelector(".editor textarea, #alternatives:popover-open, dialog[open]");

function begins() {
  const { files } = form().elements.file;
  return byItself().checked && isLong() && here && !asked && text().value !== begun && !files.length;
}

// A time in the largest unit that does not hide much of it, at the speed that was seen here last.
function estimate() {
  const seconds = text().value.length / localStorage.speed;
  if (!Number.isFinite(seconds)) return "";
  const [amount, unit] =
    seconds >= 5400 ? [seconds / 3600, "hour"] : seconds >= 50 ? [seconds / 60, "minute"] : [Math.max(5, 5 * Math.round(seconds / 5)), "second"];
  const time = new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(amount);
  return ` ${document.getElementById("starts").dataset.time.replace("{time}", time)}`;
}

function saying(dataset) {
  const { value } = text();
  if (begins()) return dataset.soon + estimate();
  if (!isLong()) return byItself().checked || !value.trim() ? "" : dataset.press;
  if (value === begun) return dataset.same;
  return (begun && asked ? dataset.changed : dataset.press) + estimate();
}

function update() {
  clearTimeout(pause);
  if (!text().value) here = asked = false;
  const said = document.getElementById("starts");
  const now = saying(said.dataset);
  if (said.textContent !== now) said.textContent = now; // said once, and not at each key
  if (begins()) pause = setTimeout(begin, PAUSE);
}

function begin() {
  if (!begins()) return;
  if (isBusy()) return update();
  staying = writing;
  if (writing) text().dataset.writing = "yes";
  form().requestSubmit();
}

document.addEventListener("input", (event) => {
  if (event.target !== text()) return;
  clearTimeout(pause);
  if (event.isTrusted) {
    here = true;
    writing = !["insertFromPaste", "insertFromDrop"].includes(event.inputType);
  }
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    update();
  });
});

document.addEventListener("change", ({ target: changed }) => {
  if (changed === byItself()) {
    localStorage.byItself = changed.checked ? "yes" : "no";
    text().dispatchEvent(new Event("input", { bubbles: true }));
  } else if (changed.name === "file" && changed.form === form()) update();
});

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement !== form()) return;
  asked = true;
  begun = isLong() ? text().value : undefined;
  update();
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement !== form()) return;
  delete text().dataset.writing;
  staying = false;
  if (!ctx.response || ctx.response.status >= 400) begun = undefined; // it can be asked for again
  update();
});

// Who still writes stays in the text, whatever else on the page would like the focus.
document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  const { speed } = document.getElementById("bar")?.dataset ?? {};
  if (speed) localStorage.speed = speed;
  if (!staying || ctx.sourceElement !== form() || ctx.response?.status >= 400) return;
  text().focus();
  text().scrollIntoView({ block: "nearest" });
});

byItself().checked = localStorage.byItself !== "no";
update();
