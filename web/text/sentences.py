"""Sentence alignment: the sentences of a passage and of its translation, side by side.

They are stored as lengths (`spans`), so that no text is stored twice: a JSON list with the
characters of each sentence's source, of its target and of the separator after both, its score,
and where something is doubtful its warnings, each a code with the figures that are wrong. The soft
warning is the last, so that SQL can count without it (`web.translation.doubt_store`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
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


def _decoded(warnings: Iterable[Sequence[str]]) -> tuple[SentenceWarning, ...]:
    return tuple(SentenceWarning(code, tuple(wrong)) for code, *wrong in warnings)


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
                _decoded(chain(*warnings)),
            )
        )
        at, target_at = end + separator, target_end + separator
    if (at, target_at) != (len(source), len(target)):
        return [Sentence(0, source, target, "")]
    return found


def as_chosen(sentence: Sentence, target: str) -> Sentence:
    """The sentence with the target that a user has chosen for it; nothing is doubtful then."""
    return replace(sentence, target=target, score=CHOSEN, warnings=())


def with_sentences(found: Iterable[Sentence]) -> tuple[str, str]:
    """Join sentences: the target of the passage that they make, and its spans."""
    whole = list(found)
    return "".join(each.target + each.separator for each in whole), spans_of(map(asdict, whole))


def with_choices_of(before: Sequence[Sentence], now: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a text as it is now, with those that a user had chosen while it was older.

    A text changes in one place while somebody types: the sentences before and after that keep what
    each of them has. Others take a choice where all of the same source had it.
    """
    first = _in_common(before, now)
    last = _in_common(before[first:][::-1], now[first:][::-1])
    targets: dict[str, set[str | None]] = {}
    for each in before:
        targets.setdefault(each.source, set()).add(each.target if each.chosen else None)
    kept: list[Sentence] = []
    for place, each in enumerate(now):
        at_end = place >= len(now) - last
        if place < first or at_end:
            old = before[place - len(now) + len(before) if at_end else place]
            kept.append(as_chosen(each, old.target) if old.chosen else each)
            continue
        same = targets.get(each.source, set())
        choice = next(iter(same)) if len(same) == 1 else None
        kept.append(each if choice is None else as_chosen(each, choice))
    return kept


def _in_common(before: Sequence[Sentence], now: Sequence[Sentence]) -> int:
    """How many sentences two texts have in common at their beginnings."""
    pairs = enumerate(zip(before, now, strict=False))
    differs = (place for place, (old, new) in pairs if old.source != new.source)
    return next(differs, min(len(before), len(now)))


def state_of(sentence: Sentence) -> str:
    """Encode what is said of a sentence beside its texts, its score and its warnings, as JSON."""
    warnings = _encoded(map(asdict, sentence.warnings))
    return json.dumps([sentence.score, warnings], separators=(",", ":"), ensure_ascii=False)


def with_state(sentence: Sentence, target: str, state: str) -> Sentence:
    """The sentence with a target that it had once, and with what was said of it (`state_of`)."""
    score, warnings = json.loads(state)
    return replace(sentence, target=target, score=score, warnings=_decoded(warnings))


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
