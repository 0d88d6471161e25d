// Words and characters of the text, counted at each key only where it changed: a book would take
// longer than the time between two keys.

const text = () => document.getElementById("text");
const WORDS = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const plural = new Intl.PluralRules(document.documentElement.lang);

let counted = { value: "", words: 0, characters: 0 };

function numbersOf(part) {
  let pairs = 0; // of surrogates, which are one character
  for (const each of part.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) pairs += each.length;
  return { words: part.match(WORDS)?.length ?? 0, characters: part.length - pairs };
}

// The greatest length up to `most` for which what lies before it is equal, too.
function greatest(most, equal) {
  let [sure, end] = [0, most];
  while (sure < end) {
    const middle = Math.ceil((sure + end) / 2);
    if (equal(sure, middle)) sure = middle;
    else end = middle - 1;
  }
  return sure;
}

// Where two texts differ: from `start` on, but for the last `rest`; at white space, which is in no word.
function difference(old, now) {
  const most = Math.min(old.length, now.length);
  let start = greatest(most, (from, to) => old.slice(from, to) === now.slice(from, to));
  const tail = (whole, from, to) => whole.slice(whole.length - to, whole.length - from);
  let rest = greatest(most - start, (from, to) => tail(old, from, to) === tail(now, from, to));
  while (start > 0 && !/\s/.test(now[start - 1])) start -= 1;
  while (rest > 0 && !/\s/.test(now[now.length - rest])) rest -= 1;
  return { start, rest };
}

function update() {
  const { value } = text();
  if (value !== counted.value) {
    const { start, rest } = difference(counted.value, value);
    const gone = numbersOf(counted.value.slice(start, counted.value.length - rest));
    const come = numbersOf(value.slice(start, value.length - rest));
    counted = {
      value,
      words: counted.words - gone.words + come.words,
      characters: counted.characters - gone.characters + come.characters,
    };
  }
  const counts = document.getElementById("counts");
  const { dataset } = counts;
  const said = (number) => number.toLocaleString(document.documentElement.lang);
  const words = dataset[plural.select(counted.words)] ?? dataset.other;
  counts.value = value ? `${said(counted.words)} ${words} · ${said(counted.characters)} ${dataset.characters}` : "";
}

// Once a frame: a paste of a book may come as thousands of inputs.
let frame;

document.addEventListener("input", ({ target: changed }) => {
  if (changed !== text()) return;
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    update();
  });
});
document.addEventListener("htmx:after:swap", update);
update();
