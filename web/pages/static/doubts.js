// Doubtful places: ‹ and › of their heading, or P and N, lead from one to the next; where there is
// none left on a page of a long translation, to the page that has the next.

let last; // the place that was gone to, by its passage and number

const places = () => [...document.querySelectorAll("#passages .target .doubtful, form:not(.another) #target .doubtful")];
const nameOf = (place) => place?.dataset.sentence ?? place?.id;

function go(place) {
  last = nameOf(place);
  place.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  for (const said of document.querySelectorAll(".doubts .said")) said.textContent = place.title;
}

function step(link) {
  const all = places();
  const by = Number(link.dataset.step);
  const focused = all.indexOf(document.activeElement);
  const at = focused < 0 ? all.findIndex((each) => nameOf(each) === last) : focused;
  const next = at < 0 ? all.at(by < 0 ? -1 : 0) : all[at + by];
  if (next) return go(next);
  const { beyond } = link.dataset;
  if (beyond) location.assign(beyond);
  else if (all.length) go(all.at(by < 0 ? -1 : 0));
  return undefined;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".doubts a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = link.hash && document.getElementById(link.hash.slice(1));
  if (!link.dataset.step && (!place || link.pathname !== location.pathname)) return;
  event.preventDefault();
  if (link.dataset.step) step(link);
  else go(place);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const by = { n: 1, p: -1 }[event.key];
  const link = by && document.querySelector(`.doubts [data-step="${by}"]`);
  if (!link) return;
  event.preventDefault();
  step(link);
});

// Led here from another page.
if (location.hash.startsWith("#doubt-")) {
  const place = document.getElementById(location.hash.slice(1));
  if (place) go(place);
}
