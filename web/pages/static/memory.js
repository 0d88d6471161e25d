// While a TMX file is being sent, the page asks how far its import is.

const form = document.getElementById("memory-import");
const progress = () => document.getElementById("memory-progress");

let asking;

form.addEventListener("submit", () => {
  clearInterval(asking);
  asking = setInterval(async () => {
    const answer = await fetch("/memory/progress").catch(() => null);
    if (answer?.ok) progress().innerHTML = await answer.text();
  }, 1000);
});

// A page that comes back from the browser's store sends nothing any more.
addEventListener("pageshow", () => clearInterval(asking));
