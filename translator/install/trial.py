"""Trial of a model that was just made: its translations tell how it is best asked.

Some models copy every figure; others change many, and carry a stand-in better than a number. A
model's translations also tell how long they are, so that one that is far shorter or longer than
they ever are is noticed.
"""

from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

from translator.checking import Figures
from translator.inference.engine import Decoding, Engine, Hypothesis
from translator.planning import Plan, Planner
from translator.soundness import FEWEST_TOKENS
from translator.text import Segment

SENTENCES: Final = Path(__file__).with_name("trial.tsv")
DECODING: Final = Decoding(4, hypotheses=4)
BATCH: Final = 32
WINDOW: Final = 256
# Share of the sentences whose figures the model may change before it gets stand-ins for them.
MOST_CHANGED: Final = 0.1
# Room that the shortest and the longest of its translations get.
ROOM: Final = 1.25


def examples(language: str) -> list[str]:
    """The sentences with figures in a language; none for one that there are none for."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [sentence for code, sentence in pairs if code == language]


def tried(folder: Path, more: Sequence[str] = ()) -> dict[str, Any]:
    """The fields for a model's card that its translations of the sentences and of `more` tell.

    `stand_ins`: whether figures get stand-ins in the first question. `lengths`: the least and the
    most target tokens for each source token. Empty where there are no sentences in the model's
    language. Raises ModelError or RuntimeError when the model fails.
    """
    engine = Engine(folder, inter_threads=1, intra_threads=0)
    try:
        found = examples(engine.card.source)
        if not found:
            return {}
        planner = Planner(engine, window=WINDOW, checks=True, keep_figures=False)
        plans = [Plan(Segment(text, ""), text) for text in found]
        direct = _wrong(engine, [planner.asking(plan, {}) for plan in plans])
        masked = _wrong(
            engine, [planner.asking(plan, _figures(engine, plan.text).forms()) for plan in plans]
        )
        return {
            "stand_ins": direct > MOST_CHANGED * len(found) and masked < direct,
            "lengths": _lengths(engine, [*found, *more]),
        }
    finally:
        engine.close()


def _figures(engine: Engine, text: str) -> Figures:
    return Figures(text, engine.card.pair)


def _wrong(engine: Engine, plans: Sequence[Plan]) -> int:
    """How many plans have no answer with all figures and no other one among their hypotheses."""
    asked = [plan for plan in plans if plan.encoded is not None]
    found = answers(engine, [plan.encoded or [] for plan in asked], DECODING)
    right = sum(
        any(_is_right(engine, plan, each) for each in hypotheses)
        for plan, hypotheses in zip(asked, found, strict=True)
    )
    return len(plans) - right


def _is_right(engine: Engine, plan: Plan, answer: Hypothesis) -> bool:
    text = answer.text if plan.protected is None else plan.protected.restore(answer.text)
    return text is not None and _figures(engine, plan.text).check(text).is_right


def _lengths(engine: Engine, texts: Sequence[str]) -> tuple[float, float]:
    rows = [row for row in map(engine.encode, texts) if len(row) >= FEWEST_TOKENS]
    ratios = [
        best.tokens / len(row)
        for row, (best, *_) in zip(rows, answers(engine, rows, DECODING), strict=True)
        if best.complete
    ]
    percent = quantiles(ratios, n=100, method="inclusive")
    return round(percent[0] / ROOM, 2), round(percent[-1] * ROOM, 2)


def answers(
    engine: Engine, rows: Sequence[list[str]], decoding: Decoding
) -> list[tuple[Hypothesis, ...]]:
    """The hypotheses for each encoded row, in their order. Raises RuntimeError."""
    order = sorted(range(len(rows)), key=lambda index: engine.width(rows[index]))
    found: dict[int, tuple[Hypothesis, ...]] = {}
    while order:
        width = engine.width(rows[order[0]])
        batch = [index for index in order[:BATCH] if engine.width(rows[index]) == width]
        order = order[len(batch) :]
        some = engine.translate([rows[index] for index in batch], decoding)
        found |= dict(zip(batch, some, strict=True))
    return [found[index] for index in range(len(rows))]
