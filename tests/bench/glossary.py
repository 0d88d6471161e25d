"""Do a glossary's terms get into translations? `python -m tests.bench.glossary`, in two minutes.

Starts the translator of this checkout and translates the sentences of glossary_sentences.tsv over
HTTP with the terms of glossary_terms.tsv and without. A term is placed right when its target stands
in the translation in a right form, as many times as the source has it. A sentence is made worse
elsewhere when, beside its terms, it has other figures or tags than without them, a word twice, two
articles, a wrong a or an, a new warning, or far fewer words. The exit code is not 0 when a target
is missed. `--verbose` shows what is wrong, `--show N` the first N translations beside those
without terms.
"""

import argparse
import difflib
import re
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import Figures
from tests.bench.processes import ROOT, Server, serving

FOLDER = Path(__file__).parent
FIRST = {"text": "Guten Tag!"}
LEAST_PLACED = 95.0  # percent
MOST_WORSE = 2.0  # percent
LEAST_THROUGHPUT = 0.9
# Terms of a glossary, and those of them that a text of the throughput's has.
TERMS = 5_000
OCCURRING = 20
# Terms that one request may have, and the characters of a passage.
MOST_SENT = 2_000
PASSAGE = 5_000
NOUN = re.compile(r"(?<=[a-zäöüß,] )(?!Ihr|Ihn)[A-ZÄÖÜ][a-zäöüß]{3,}")
# Words of a translation with terms ÷ those of one without, beside the terms: less has lost some.
FEWEST_WORDS = 0.7

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TAG = re.compile(r"</?[a-z]+>|\{\w+\}")
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
TWICE = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)
ARTICLES = re.compile(r"\b(?:the|an?) (?:the|an?)\b", re.IGNORECASE)
WRONG_A = re.compile(
    r"\b(?:a (?=[aeio])|a (?=e-)|an (?=[bcdfgjklmnpqrstvwxyz]|un[ai]))", re.IGNORECASE
)


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the forms that its translation must have."""

    text: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A translation and its warnings' codes."""

    text: str
    warnings: frozenset[str]


def main() -> None:
    """Measure, and exit with 0 when every target is met, else with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts")
    parser.add_argument("--verbose", action="store_true", help="show what is wrong")
    parser.add_argument("--show", type=int, default=0, help="translations to show")
    parser.add_argument(
        "--eval",
        type=Path,
        default=ROOT.parent / "shared" / "eval" / "tatoeba.tsv",
        help="German sentences, a tab after each, one a line: the prose of the throughput",
    )
    parser.add_argument("--passages", type=int, default=4, help="of the prose")
    parser.add_argument("--no-throughput", action="store_true", help="measure quality alone")
    options = parser.parse_args()
    figures = Figures()
    with serving("translator", FIRST, CHECKS="on") as service:
        _quality(figures, service, verbose=options.verbose, show=options.show)
    if not options.no_throughput:
        _throughput(figures, _passages(options.eval, options.passages), options.rounds)
    if figures.missed:
        print(f"{len(figures.missed)} missed: {', '.join(figures.missed)}")
        sys.exit(1)


def terms() -> list[dict[str, Any]]:
    """The terms, as a request has them. Raises ValueError where a line has not four columns."""
    found = []
    for row in _rows("glossary_terms.tsv"):
        source, target, flags, _ = row.split("\t")
        found.append(
            {
                "source": source,
                "target": target,
                "match_case": "case" in flags,
                "inflected": "exact" not in flags,
                "compounds": "compounds" in flags,
            }
        )
    return found


def sentences() -> list[Sentence]:
    """The sentences. Raises ValueError where a line has not two columns."""
    found = []
    for row in _rows("glossary_sentences.tsv"):
        text, forms = row.split("\t")
        found.append(Sentence(text, tuple(forms.split(" ; "))))
    return found


def _rows(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


# Quality.


def _quality(figures: Figures, service: Server, *, verbose: bool, show: int) -> None:
    texts = sentences()
    plain = _answers(service, [each.text for each in texts], [])
    termed = _answers(service, [each.text for each in texts], terms())
    wanted = right = unmarked = 0
    worse: list[str] = []
    for each, before, after in zip(texts, plain, termed, strict=True):
        lost = missing(each, after.text)
        wanted += len(each.forms)
        right += len(each.forms) - len(lost)
        unmarked += bool(lost) and "glossary" not in after.warnings
        faults = worsened(each, before, after)
        worse += faults[:1]
        if verbose and (lost or faults):
            print(f"  {each.text}\n    {before.text}\n    {after.text}")
            print(f"    lost {lost}, worse {faults}, {sorted(after.warnings)}")
    for each, before, after in list(zip(texts, plain, termed, strict=True))[:show]:
        print(f"{each.text}\n    {before.text}\n    {after.text}")
    figures.at_least(
        "Terms placed right: %", 100 * right / wanted, LEAST_PLACED, f"{right} of {wanted}"
    )
    figures.at_most(
        "Sentences made worse elsewhere: %",
        100 * len(worse) / len(texts),
        MOST_WORSE,
        f"{len(worse)} of {len(texts)}"
        + "".join(f", {fault} {count}" for fault, count in Counter(worse).most_common()),
    )
    figures.reported("Sentences that lack a term without a warning", unmarked)
    changed = sum(
        _is_reworded(each, *pair) for each, *pair in zip(texts, plain, termed, strict=True)
    )
    figures.reported("Sentences with other words beside the terms", changed)


def missing(sentence: Sentence, translation: str) -> list[str]:
    """Forms that a translation has not as often as it must have."""
    lost = []
    wanted = Counter(sentence.forms)
    for form, count in wanted.items():
        flags = 0 if any(map(str.isupper, form)) else re.IGNORECASE
        either = "|".join(map(re.escape, form.split("|")))
        found = re.findall(rf"(?<![\w-])(?:{either})(?![\w-])", translation, flags)
        lost += [form] * max(0, count - len(found))
    return lost


def worsened(sentence: Sentence, before: Answer, after: Answer) -> list[str]:
    """Faults in a translation with terms that the one without has not, beside the terms."""
    found = []
    bare = _without(sentence, after.text)
    if Counter(TAG.findall(after.text)) != Counter(TAG.findall(sentence.text)):
        found.append("tags")
    if Counter(FIGURE.findall(bare)) != Counter(FIGURE.findall(_without(sentence, before.text))):
        found.append("figures")
    for name, pattern in (("twice", TWICE), ("articles", ARTICLES), ("a or an", WRONG_A)):
        old = TAG.sub("", before.text)
        if len(pattern.findall(TAG.sub("", after.text))) > len(pattern.findall(old)):
            found.append(name)
    if after.warnings - before.warnings - {"glossary", "unsure"}:
        found.append("warning")
    words = len(WORD.findall(after.text))
    if words < FEWEST_WORDS * len(WORD.findall(before.text)):
        found.append("fewer words")
    return found


def _without(sentence: Sentence, translation: str) -> str:
    for form in sentence.forms:
        either = "|".join(map(re.escape, form.split("|")))
        translation = re.sub(either, " ", translation, count=1, flags=re.IGNORECASE)
    return translation


def _is_reworded(sentence: Sentence, before: Answer, after: Answer) -> bool:
    """Whether words changed beside those that gave way to a term, and articles."""
    old, new = (WORD.findall(TAG.sub("", each.text).lower()) for each in (before, after))
    own = {word.lower() for form in sentence.forms for word in WORD.findall(form)} | {"a", "an"}
    for kind, _, _, start, end in difflib.SequenceMatcher(a=old, b=new).get_opcodes():
        if kind != "equal" and not own.issuperset(new[start:end]):
            return True
    return False


def _answers(
    service: Server, texts: Sequence[str], glossary: Sequence[dict[str, Any]]
) -> list[Answer]:
    answer = service.http.post(
        "/translate", json={"texts": list(texts), "terms": list(glossary)}
    ).raise_for_status()
    return [
        Answer(
            each["text"],
            frozenset(warning["code"] for part in each["segments"] for warning in part["warnings"]),
        )
        for each in answer.json()["texts"]
    ]


# Throughput.


def _throughput(figures: Figures, passages: Sequence[str], rounds: int) -> None:
    """Passages with the terms of a large glossary that occur in them ÷ the same without.

    By processor time, which others on the machine do not change; nothing is remembered.
    """
    with serving("translator", FIRST, CACHE_BYTES="0", CHECKS="on") as service:
        for sent, name in ((OCCURRING, "those that occur"), (MOST_SENT, "as many as may be sent")):
            chosen = [_occurring(passage)[:OCCURRING] for passage in passages]
            others = [_term(f"Wortnummer{number}") for number in range(sent - OCCURRING)]
            ratios = []
            for _ in range(rounds):
                plain = _seconds(service, passages, [[] for _ in passages])
                termed = _seconds(service, passages, [[*each, *others] for each in chosen])
                ratios.append(plain / termed)
            figures.at_least(
                f"Throughput with a glossary ÷ without, {name}",
                statistics.median(ratios),
                LEAST_THROUGHPUT,
                f"{sent:,} terms of {TERMS:,}, median of "
                + ", ".join(f"{ratio:.3f}" for ratio in ratios),
            )


def _seconds(
    service: Server, passages: Sequence[str], glossaries: Sequence[list[dict[str, Any]]]
) -> float:
    start = service.cpu_seconds()
    for passage, glossary in zip(passages, glossaries, strict=True):
        body = {"text": passage, "terms": glossary}
        service.http.post("/translate", json=body).raise_for_status()
    return service.cpu_seconds() - start


def _passages(path: Path, count: int) -> list[str]:
    """Passages of prose, each of about as many characters as web sends at once."""
    found: list[str] = [""]
    for line in path.read_text(encoding="utf-8").splitlines():
        if len(found[-1]) >= PASSAGE:
            if len(found) == count:
                break
            found.append("")
        found[-1] += line.partition("\t")[0] + "\n"
    return found


def _occurring(passage: str) -> list[dict[str, Any]]:
    """Terms that occur in a passage, spread over it: nouns, which become another word."""
    nouns = list(dict.fromkeys(NOUN.findall(passage)))
    step = max(1, len(nouns) // OCCURRING)
    return [_term(noun) for noun in nouns[::step]]


def _term(source: str) -> dict[str, Any]:
    return {"source": source, "target": "agreement"}


if __name__ == "__main__":
    main()
