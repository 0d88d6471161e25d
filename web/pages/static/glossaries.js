// The glossaries beyond htmx: "Do not translate" fills in the target, a new term is followed by the
// next one, times are in the reader's own zone, and a missing answer is told.

const byId = (id) => document.getElementById(id);

// A term that is not translated has its source as its target.
function fill(form) {
  const { source, target, keep } = form.elements;
  if (keep.checked) target.value = source.value;
  target.readOnly = keep.checked;
}

function changed({ target: field }) {
  if (field.form?.elements.keep && ["source", "keep"].includes(field.name)) fill(field.form);
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);

// What was typed stays until it is stored; then the form is ready for the next term.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  refresh();
  if (ctx.sourceElement.id !== "add" || ctx.response.status >= 400) return;
  const { source, target, note, keep } = ctx.sourceElement.elements;
  for (const field of [source, target, note]) field.value = "";
  keep.checked = false;
  fill(ctx.sourceElement);
  source.focus();
});

function unreachable() {
  byId("notices").replaceChildren(byId("unreachable").content.cloneNode(true));
  byId("notices").firstElementChild.focus();
}

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) unreachable();
});

document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  if (!(ctx.response?.status >= 400)) return;
  // What went well before says nothing of this.
  byId("said")?.replaceChildren();
  byId("imported")?.remove();
  if (!document.querySelector("#notices [role=alert]")) unreachable();
});

function refresh() {
  const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("time")) {
    time.textContent = local.format(new Date(time.dateTime));
  }
  for (const form of document.forms) if (form.elements.keep) fill(form);
}

refresh();
