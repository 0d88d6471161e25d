"""Is a figure lost or changed in silence? `python -m tests.bench.fidelity`, in a few minutes.

Starts the translator of this checkout, translates the texts of fidelity_texts.tsv and
fidelity_kept.tsv over HTTP, and holds each translation against what the files say that it must
mean. A figure that is wrong in a text without the warning `figures` is lost in silence. The exit
code is not 0 when a target is missed. `--verbose` shows every text that is wrong.
"""

import argparse
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import news, notation
from tests.bench.figures import Figures
from tests.bench.judging import Verdict, broken_rules, judge
from tests.bench.processes import ROOT, Server, serving
from translator.settings import Settings

FOLDER = Path(__file__).parent
FIRST = {"text": "Guten Tag!"}
# Forms of the unknown token.
UNKNOWN = ("⁇", "<unk>")
REPAIRS = re.compile(r'^translator_repairs_total\{.*?step="([^"]+)".*\} (\S+)$', re.MULTILINE)
MOST_WRONGLY_MARKED = 2.0  # percent
LEAST_THROUGHPUT = 0.9
NUMBER = re.compile(r"(?<!\w)\d+(?:[.,:/'-]\d+)*")
NOON = 12
RARE = "rare forms"
JOINS = (", und ", ", aber ", "; ", ", denn ")
SEED = 20_261_130
PARTS = ("texts", "kept", "pairs", "throughput")


@dataclass(frozen=True)
class Line:
    """A line of the texts: `expected` is its last column, as it stands there."""

    identity: str
    kind: str
    text: str
    expected: str


@dataclass(frozen=True)
class Answer:
    """A translation, and the codes of its segments' warnings."""

    text: str
    warnings: frozenset[str]


def main() -> None:
    """Measure what is asked for and exit with 0 when every target is met, else with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = ROOT.parent / "shared"
    parser.add_argument(
        "--eval",
        type=Path,
        default=shared / "eval" / "tatoeba.tsv",
        help="German and English sentences, a tab between them, one pair a line",
    )
    parser.add_argument("--characters", type=int, default=200_000, help="of the prose")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts")
    parser.add_argument("--verbose", action="store_true", help="show every text that is wrong")
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all when none is named"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = options.parts or PARTS
    figures = Figures()
    if set(parts) - {"throughput"}:
        with serving("translator", FIRST, CHECKS="on") as service:
            _fidelity(figures, service, parts, options)
    if "throughput" in parts:
        _throughput(figures, options.characters, options.rounds)
    if figures.missed:
        print(f"{len(figures.missed)} missed: {', '.join(figures.missed)}")
        sys.exit(1)


def lines(name: str) -> list[Line]:
    """The lines of one of the two files. Raises ValueError where one has not four columns."""
    found = []
    for row in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("# ") or row == "#":
            continue
        identity, kind, text, expected = row.split("\t")
        found.append(Line(identity, kind, _unescaped(text), _unescaped(expected)))
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\([t\\])", lambda match: "\t" if match[1] == "t" else match[1], text)


# Texts.


def _fidelity(
    figures: Figures, service: Server, parts: Sequence[str], options: argparse.Namespace
) -> None:
    answers: list[tuple[str, Answer]] = []
    correct, wrongly_marked = 0, Counter[str]()
    if "texts" in parts:
        judged = _judged(service, lines("fidelity_texts.tsv"))
        answers += [(line.text, answer) for line, answer, _ in judged]
        _texts(figures, judged, verbose=options.verbose)
        for line, answer, verdict in judged:
            # In a text without figures there is nothing to be unsure of either.
            marks = answer.warnings & {"figures"} if line.expected else answer.warnings
            correct += verdict.right
            wrongly_marked.update(marks if verdict.right else ())
        _repairs(figures, service)
    if "kept" in parts:
        kept = [(line, _answer(service, line.text)) for line in lines("fidelity_kept.tsv")]
        answers += [(line.text, answer) for line, answer in kept]
        for _, answer in _kept(figures, kept, verbose=options.verbose):
            correct += 1
            wrongly_marked.update(answer.warnings & {"figures", "placeholder"})
    if "pairs" in parts:
        answers += _pairs(figures, service, options.eval, verbose=options.verbose)
    if correct:
        figures.at_most(
            "Correct texts wrongly marked: %",
            100 * wrongly_marked.total() / correct,
            MOST_WRONGLY_MARKED,
            f"{wrongly_marked.total()} of {correct}"
            + "".join(f", {code} {count}" for code, count in wrongly_marked.most_common()),
        )
    unknown = sum(
        any(sign in answer.text and sign not in source for sign in UNKNOWN)
        for source, answer in answers
    )
    figures.at_most("Answers with ⁇", unknown, 0, f"of {len(answers)}")


def _answer(service: Server, text: str) -> Answer:
    answer: dict[str, Any] = service.translate(text)
    codes = {
        warning["code"]
        for segment in answer["segments"]
        for warning in segment.get("warnings") or ()
    }
    return Answer(answer["text"], frozenset(codes))


Judged = tuple[Line, Answer, Verdict]


def _judged(service: Server, texts: Iterable[Line]) -> list[Judged]:
    """Translate each text and judge it."""
    judged = []
    for line in texts:
        answer = _answer(service, line.text)
        judged.append((line, answer, judge(notation.figures(line.expected), answer.text)))
    return judged


def _texts(figures: Figures, judged: Sequence[Judged], *, verbose: bool) -> None:
    total, silent, marked, german = (Counter[str]() for _ in range(4))
    texts: set[str] = set()
    for line, answer, verdict in judged:
        said = "figures" in answer.warnings
        total.update(each.kind for each in notation.figures(line.expected) if each.required)
        (marked if said else silent).update(verdict.kinds_wrong)
        german.update(each.kind for each in verdict.unconverted)
        if verdict.wrong and not said:
            texts.add(line.identity)
        if verbose and not verdict.right:
            _show(line, answer, verdict)
    plain = sum(not line.expected for line, _, _ in judged)
    print(f"-- texts: {len(judged)}, of which {plain} without a figure", flush=True)
    print(f"{'kind':14} figures  silent  marked  German form")
    for kind, count in [*sorted(total.items()), ("invented", 0)]:
        print(f"{kind:14} {count:7} {silent[kind]:7} {marked[kind]:7} {german[kind]:12}")
    figures.reported("Figures in all", total.total())
    figures.at_most(
        "Figures lost, changed or invented in silence",
        silent.total(),
        0,
        f"in {len(texts)} texts; {100 * silent.total() / total.total():.1f} %",
    )
    figures.reported("Figures lost, changed or invented, and marked", marked.total())
    figures.reported("Figures left in the German form, which is clear", german.total())


def _show(line: Line, answer: Answer, verdict: Verdict) -> None:
    lacks = " ; ".join(each.notation for each in verdict.missing)
    german = " ; ".join(each.notation for each in verdict.unconverted)
    notes = (("lacks", lacks), ("German form", german), ("has", " ; ".join(verdict.extra)))
    print(f"{line.identity}: {line.text!r} → {answer.text!r}")
    print("    " + ", ".join(f"{name} {what}" for name, what in notes if what), end="")
    print(f" [{', '.join(sorted(answer.warnings)) or 'no warning'}]", flush=True)


def _repairs(figures: Figures, service: Server) -> None:
    metrics = service.http.get("/metrics").raise_for_status().text
    steps = REPAIRS.findall(metrics)
    if not steps:
        figures.noted("Repaired, by step", "not counted")
    for step, count in steps:
        figures.reported(f"Repaired by {step}", float(count))


# What stays as it is.


def _kept(
    figures: Figures, kept: Sequence[tuple[Line, Answer]], *, verbose: bool
) -> list[tuple[Line, Answer]]:
    """Print what did not stay; give back the lines in which all did."""
    lines_of, broken = Counter[str](), Counter[str]()
    placeholders, lost, glued = 0, 0, 0
    right = []
    for line, answer in kept:
        problems = broken_rules(line.text, answer.text, line.expected)
        lines_of[line.kind] += 1
        broken[line.kind] += bool(problems)
        placeholders += sum(rule.startswith("once(") for rule in line.expected.split(" ; "))
        lost += sum(problem.startswith("once(") for problem in problems)
        glued += sum(problem.startswith("glued ") for problem in problems)
        if not problems:
            right.append((line, answer))
        elif verbose:
            said = ", ".join(sorted(answer.warnings)) or "no warning"
            print(f"{line.identity}: {line.text!r} → {answer.text!r}")
            print(f"    broken {' ; '.join(problems)} [{said}]", flush=True)
    print(f"-- what stays: {len(kept)} lines", flush=True)
    figures.at_most("Placeholders lost or doubled", lost, 0, f"of {placeholders}")
    figures.at_most("Placeholders glued to a word", glued, 0, f"of {placeholders}")
    for kind, meaning in (
        ("code", "Lines of code changed"),
        ("name", "Names changed"),
        ("heading", "Headings without their capital or end mark"),
        ("mark", "Lines without their list mark, speaker or end mark"),
    ):
        figures.reported(meaning, broken[kind], f"of {lines_of[kind]}")
    return right


# Pairs.

_UNIT_SIGNS = (
    (r" ?(?:%|Prozent\b)", "%"),
    (r" ?(?:€|Euro\b)", "EUR"),
    (r" ?(?:\$|Dollar\b)", "USD"),
    (r" ?(?:°C|°|Grad\b)", "°C"),
    (r" ?(?:km|Kilometer)\b", "km"),
)


def expected_of(german: str) -> str:
    """The figures of a German sentence in the notation, read as simply as can be."""
    entries = []
    for match in NUMBER.finditer(german):
        digits, behind = match.group(), german[match.end() :]
        if re.match(r" Uhr\b", behind) and re.fullmatch(r"\d\d?([.:]\d\d)?", digits):
            hour, *minutes = map(int, re.split("[.:]", digits))
            if hour < NOON and re.match(r" Uhr (?:abends|nachmittags)", behind):
                hour += NOON
            entries.append(f"clock({':'.join([str(hour), *(f'{each:02}' for each in minutes)])})")
        elif re.fullmatch(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", digits):
            number = digits.replace(".", "").replace(",", ".")
            unit = next((unit for sign, unit in _UNIT_SIGNS if re.match(sign, behind)), "")
            if unit:
                kind = "money" if unit in {"EUR", "USD"} else "qty"
                entries.append(f"{kind}({number},{unit})")
            elif re.match(r"\. \w", behind):
                entries.append(f"ord({number})" if number.isdecimal() else f"dec({number})")
            else:
                entries.append(f"dec({number})")
        else:
            entries.append(f"code({digits})")
    return " ; ".join(entries)


def _pairs(
    figures: Figures, service: Server, eval_file: Path, *, verbose: bool
) -> list[tuple[str, Answer]]:
    print(f"-- pairs of {eval_file.name}", flush=True)
    if not eval_file.exists():
        figures.noted("Pairs with a figure", f"no {eval_file}: give one with --eval")
        return []
    sources = [source for source, _ in news.pairs(eval_file)]
    texts = [
        Line(f"pair {number}", "pair", source, expected)
        for number, source in enumerate(sources, 1)
        if (expected := expected_of(source))
    ]
    judged = _judged(service, texts)
    wrong = [each for each in judged if each[2].wrong]
    if verbose:
        for each in wrong:
            _show(*each)
    note = f"{len(wrong)} of {len(texts)}"
    share = 100 * len(wrong) / len(texts) if texts else 0.0
    figures.reported("Pairs with a figure whose translation lost it: %", share, note)
    silent = sum("figures" not in answer.warnings for _, answer, _ in wrong)
    figures.at_most("Pairs whose figure was lost in silence", silent, 0, f"of {len(texts)}")
    return [(line.text, answer) for line, answer, _ in judged]


# Throughput.


def prose(texts: Sequence[Line], size: int) -> str:
    """Paragraphs of `size` characters or a little more, with a figure in every third clause.

    No sentence comes twice, since what comes again is translated once.
    """
    chance = random.Random(SEED)  # noqa: S311 - a repeatable text, not a secret
    clauses = [line for line in texts if re.fullmatch(r"[^\t]*\w[ \w%€]*\.", line.text)]
    figured = [line.text[:-1] for line in clauses if line.expected and line.kind != RARE]
    plain = [line.text[:-1] for line in clauses if not line.expected]
    pools = ((figured, plain), (plain, figured), (plain, plain))

    def sentences() -> Iterator[str]:
        given: set[str] = set()
        while True:
            parts = [chance.choice(pool) for pool in chance.choice(pools)]
            sentence = chance.choice(JOINS).join(parts) + "."
            if sentence not in given:
                given.add(sentence)
                yield sentence

    return news.text(sentences(), size)


def _throughput(figures: Figures, characters: int, rounds: int) -> None:
    text = prose(lines("fidelity_texts.tsv"), characters)
    density = 1000 * len(NUMBER.findall(text)) / len(text)
    print(
        f"-- throughput: {len(text):,} characters, {density:.0f} figures in 1,000"
        f" (load {os.getloadavg()[0]:.1f})",
        flush=True,
    )
    name = "Throughput ÷ with CHECKS=off"
    if "checks" not in Settings.model_fields:
        figures.impossible(name, "no setting")
        return
    with (
        serving("translator", FIRST, CACHE_BYTES="0", CHECKS="on") as checked,
        serving("translator", FIRST, CACHE_BYTES="0", CHECKS="off") as bare,
    ):
        ratios = compared(checked, bare, text, rounds)
    figures.at_least(
        name,
        statistics.median(ratios),
        LEAST_THROUGHPUT,
        f"median of {', '.join(f'{ratio:.3f}' for ratio in ratios)}",
    )


def compared(first: Server, second: Server, text: str, rounds: int) -> list[float]:
    """Speed of the first service ÷ speed of the second, which take turns, for each round."""
    warm = text[: len(text) // 20]
    for service in (first, second):
        service.translate(warm)
    ratios = []
    for _ in range(rounds):
        with second.paused():
            one = _seconds(first, text)
        with first.paused():
            ratios.append(_seconds(second, text) / one)
    return ratios


def _seconds(service: Server, text: str) -> float:
    began = time.perf_counter()
    service.translate(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
