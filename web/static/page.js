// What the page does beyond htmx: the keyboard, the focus, the tab's title.

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.getElementById("form").requestSubmit();
  }
});

// After a translation the focus goes to its result, or to what went wrong. The text area holds
// what the answer says; only after an error it keeps what the user has typed.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.sourceElement?.id === "form") {
    const text = document.getElementById("text");
    if (!document.querySelector("[role=alert]")) text.value = text.defaultValue;
    document.querySelector("[data-focus]")?.focus();
  }
  showProgress();
});

const title = document.title;

function showProgress() {
  const progress = document.querySelector("#progress progress");
  const percent = progress && Math.floor((100 * progress.value) / progress.max);
  document.title = progress ? `${percent} % – ${title}` : title;
}

showProgress();
