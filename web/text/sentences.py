"""Sentence alignment: the sentences of a passage and of its translation, side by side.

They are stored as lengths (`spans`), so that no text is stored twice: a JSON list with the
characters of each sentence's source, of its target and of the separator after both, its score,
and where something is doubtful its warnings, each a code with the figures that are wrong. The soft
warning is the last, so that SQL can count without it (`web.translation.doubt_store`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

# Score (0 to 1) below which the model was unsure. Of 1,500 sentences of Tatoeba, 77 scored less
# with the demonstration model; their chrF was 37, that of the others 65.
UNSURE = 0.5
# The score of a sentence that a user has chosen: no model is as sure.
CHOSEN = 2.0
# The score of one that the translation memory had.
REMEMBERED = 3.0
# Code of the soft warning: a low score tells that something may be wrong, and not what.
SOFT = "unsure"


@dataclass(frozen=True, slots=True)
class SentenceWarning:
    """Warning: what is doubtful about a sentence, by a code of the translator's API.

    `figures` are those of the source that its translation lacks, and those that only it has.
    """

    code: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence, or line; `number` counts them from 0.

    `score` is from 0 to 1, CHOSEN or REMEMBERED.
    """

    number: int
    source: str
    target: str
    separator: str
    score: float | None = None
    warnings: tuple[SentenceWarning, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether the model was unsure of it."""
        return self.score is not None and self.score < UNSURE

    @property
    def doubtful(self) -> bool:
        """Whether something is wrong with it that can be named: more than a low score."""
        return any(warning.code != SOFT for warning in self.warnings)

    @property
    def chosen(self) -> bool:
        """Whether a user has chosen its target."""
        return self.score == CHOSEN

    @property
    def remembered(self) -> bool:
        """Whether the translation memory had it."""
        return self.score == REMEMBERED

    @property
    def blank(self) -> bool:
        """Whether its target is nothing but white space."""
        return not self.target.strip()


def spans_of(segments: Iterable[Mapping[str, Any]]) -> str:
    """Encode segments, as the translator's API describes them, as spans (JSON)."""
    return json.dumps(
        [
            [
                len(each["source"]),
                len(each["target"]),
                len(each["separator"]),
                each["score"],
                *([warnings] if (warnings := _encoded(each.get("warnings", ()))) else []),
            ]
            for each in segments
        ],
        separators=(",", ":"),
    )


def _encoded(warnings: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    soft_last = sorted(warnings, key=lambda each: each["code"] == SOFT)
    return [[each["code"], *each.get("figures", ())] for each in soft_last]


def sentences(source: str, target: str, spans: str | None) -> list[Sentence]:
    """Decode spans: the sentences of a passage; one, if nothing is known of them."""
    found: list[Sentence] = []
    at, target_at = 0, 0
    for number, span in enumerate(json.loads(spans or "[]")):
        length, target_length, separator, score, *warnings = span
        end, target_end = at + length, target_at + target_length
        found.append(
            Sentence(
                number,
                source[at:end],
                target[target_at:target_end],
                source[end : end + separator],
                score,
                tuple(SentenceWarning(code, tuple(wrong)) for code, *wrong in chain(*warnings)),
            )
        )
        at, target_at = end + separator, target_end + separator
    if (at, target_at) != (len(source), len(target)):
        return [Sentence(0, source, target, "")]
    return found


def with_chosen(found: Iterable[Sentence], choices: Mapping[int, str]) -> tuple[str, str]:
    """Apply choices, targets by sentence numbers: the passage's new target and its new spans."""
    now = [
        replace(each, target=choices[each.number], score=CHOSEN, warnings=())
        if each.number in choices
        else each
        for each in found
    ]
    return "".join(each.target + each.separator for each in now), spans_of(map(asdict, now))


def doubts(found: Iterable[Sentence]) -> list[dict[str, Any]]:
    """Warnings of sentences as the APIs give them: each with its code, its sentence, its figures.

    `source` and `target` are the sentence's; `figures` is there only where some are wrong.
    """
    return [
        {"code": warning.code, "source": each.source, "target": each.target}
        | ({"figures": list(warning.figures)} if warning.figures else {})
        for each in found
        for warning in each.warnings
    ]
