// While somebody types: short texts are translated at once, greedily; when the typing pauses the
// best translation takes the place of that, and is kept. The newest answer wins; htmx gives up the
// request before it, and the server stops working on it.

const PAUSE = 3000;
const form = () => document.getElementById("form");
const text = () => document.getElementById("text");
const target = () => document.getElementById("target");

let pause;
let frame;
let keeping = false;
let submitting = false;
let kept; // the text that is stored as it stands here

function isShort() {
  const value = text().value;
  return value.length <= form().dataset.live && value.trim() && !form().elements.file.files.length;
}

const isLive = () => document.getElementById("by-itself").checked && isShort();

document.addEventListener("input", (event) => {
  if (event.target !== text()) return;
  clearTimeout(pause);
  // Once a frame: a paste of a book may come as thousands of inputs.
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    if (isLive()) pause = setTimeout(keep, PAUSE);
  });
});

function keep() {
  clearTimeout(pause);
  keeping = true;
  text().dispatchEvent(new Event("pause"));
}

document.addEventListener("keep", keep);

// The quality that was chosen here last, and the glossary (choice.js); what is translated already is
// translated once more.
const quality = () => form().elements.quality;
const glossary = () => form().elements.glossary;

function recall() {
  if (["best", "fast"].includes(localStorage.quality)) quality().value = localStorage.quality;
}

document.addEventListener("change", ({ target: changed }) => {
  if (![quality(), glossary()].includes(changed)) return;
  if (changed === quality()) localStorage.quality = changed.value;
  kept = undefined;
  text().dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement === form()) {
    clearTimeout(pause);
    if (isShort() && text().value === kept && document.getElementById("draft").value) {
      event.preventDefault(); // it is there already, translated and stored
      target().querySelector(".sentence")?.focus();
      return;
    }
    // A chosen file takes the place of a text that is stored, or only shown and not typed.
    const { value, defaultValue } = text();
    if (form().elements.file.files.length && [defaultValue, kept].includes(value)) {
      ctx.request.body.delete("text");
    }
    submitting = true;
  }
  if (ctx.sourceElement !== text()) return;
  if (submitting || !(keeping ? isShort() : isLive())) event.preventDefault();
  ctx.request.body.delete("file");
  ctx.request.body.set("keep", keeping ? "1" : "");
  keeping = false;
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement === form()) submitting = false;
});

// The form takes the place of a live request that is still under way.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement === form()) text().dispatchEvent(new Event("htmx:abort"));
});

// Files can be dropped on the text, and pasted into it.
function take(event, files) {
  if (!files?.length || !event.target.closest?.("#form")) return;
  event.preventDefault();
  form().elements.file.files = files;
  form().requestSubmit();
}

document.addEventListener("dragover", (event) => {
  if (event.target.closest?.("#form")) event.preventDefault();
});
document.addEventListener("drop", (event) => take(event, event.dataTransfer?.files));
document.addEventListener("paste", (event) => take(event, event.clipboardData?.files));

// Both sides scroll together, each in proportion to its length.
document.addEventListener("scroll", ({ target: side }) => {
  const other = side === text() ? target() : side === target() ? text() : null;
  if (!other || !side.matches(":hover, :focus, :focus-within")) return;
  const share = side.scrollTop / Math.max(1, side.scrollHeight - side.clientHeight);
  other.scrollTop = share * (other.scrollHeight - other.clientHeight);
}, true);

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  recall();
  const stored = ctx.request.method === "POST" && ctx.response.status < 400;
  if (stored && ctx.sourceElement === text() && ctx.request.body.get("keep")) kept = ctx.request.body.get("text");
});
recall();

// What was typed before the scripts were there, or came back with the page. htmx begins to listen
// in a timeout of its own, which is set before this one.
setTimeout(() => {
  for (const field of [text(), document.getElementById("q")]) {
    if (field && field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
