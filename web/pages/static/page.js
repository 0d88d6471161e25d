// Behaviour of the page beyond htmx: the keyboard, the text that is being typed, the tab's title,
// times in the reader's own zone.

const form = () => document.getElementById("form");

document.addEventListener("keydown", (event) => {
  const other = event.target.closest("form:not(#form)");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !other) {
    event.preventDefault();
    form().requestSubmit();
  }
});

// A button with an address of its own, as those of a question about the language.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const address = ctx.request.submitter?.getAttribute("formaction");
  if (address) ctx.request.action = address;
});

// The text area shows what the answer says, unless its user has typed on in the meantime.
let sent;
let typed;

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "POST") return;
  const { text } = form().elements;
  // A text that is still being written stays while its translation begins (starting.js).
  sent = ctx.sourceElement === form() && !text.dataset.writing ? text.value : null;
});

document.addEventListener("htmx:before:swap", () => {
  typed = form().elements.text.value;
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "POST" || ctx.response.status >= 400) return;
  const { text, file } = form().elements;
  const value = typed === sent ? text.defaultValue : typed;
  if (text.value !== value) text.value = value;
  if (sent !== null) file.value = "";
});

// No answer at all, or one from something else that stands before the server. Who types is told
// in the translation's place, and not disturbed.
function unreachable({ sourceElement }) {
  if (sourceElement.id === "text") {
    const hint = document.getElementById("unreachable").content.firstElementChild.textContent;
    document.getElementById("target").textContent = hint;
    return;
  }
  const problem = document.querySelector(".editor .problem");
  if (problem && sourceElement === document.body) {
    problem.textContent = document.getElementById("unreachable").content.firstElementChild.textContent;
    return;
  }
  const notices = document.getElementById("notices");
  notices.replaceChildren(document.getElementById("unreachable").content.cloneNode(true));
  notices.firstElementChild.focus();
}

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.request.method === "POST" && !ctx.response) unreachable(ctx);
});

document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  const told = ctx.sourceElement.id === "text" || document.querySelector("#notices [role=alert], #wrong-language, .editor .problem:not(:empty), #corrected:not(:empty)");
  if (ctx.response?.status >= 400 && !told) unreachable(ctx);
  refresh();
});

// The extension for events asks again when they break off, but not when the first question for
// them had no answer, as while the server is started again.
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const source = ctx.sourceElement;
  const events = source.getAttribute("hx-sse:connect");
  if (!events || (ctx.response && ctx.response.status < 500)) return;
  setTimeout(() => source.isConnected && htmx.ajax("GET", events, { source }), 1000);
});

function refresh() {
  const progress = document.getElementById("bar");
  const title = document.title.replace(/^\d+ % – /, "");
  const percent = progress && Math.floor((100 * progress.value) / progress.max);
  document.title = progress ? `${percent} % – ${title}` : title;
  const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("time")) {
    time.textContent = local.format(new Date(time.dateTime));
  }
}

refresh();
