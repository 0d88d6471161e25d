"""Results: translated segments, each with warnings about what is doubtful."""

from dataclasses import dataclass
from typing import Final, Literal

from translator.inference.decodings import Quality
from translator.text.terms import Term

Status = Literal["translated", "copied", "untranslated", "known"]
# figures: some are wrong. glossary: terms could not be placed. incomplete: the model did not end.
# placeholder: one is not there exactly as often as in the source. repeated: it says the same again
# and again. unsure: its score is low. untranslated: the source came back.
Code = Literal[
    "figures", "glossary", "incomplete", "placeholder", "repeated", "unsure", "untranslated"
]


@dataclass(frozen=True, slots=True)
class SegmentWarning:
    """Warning about a segment, by its code; `figures` are those that are wrong, as written.

    Of the code `glossary` they are the sources of the terms.
    """

    code: Code
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Known translation of a segment: its target as an earlier result had it, or a person wrote it.

    `score` is from 0 to 1, or what the one who asks gives it; None where no model was asked.
    """

    target: str
    score: float | None = None
    warnings: tuple[SegmentWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Options of a question: up to how many `alternatives` a segment has, and its `quality`.

    `terms` are those of the question; of a segment, those that may occur in it.
    """

    alternatives: int = 0
    quality: Quality = "best"
    terms: tuple[Term, ...] = ()


BEST: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Result:
    """Result: one translated segment.

    `status` is `copied` for what is not language, whose target is its source with figures in
    the target's form, `untranslated` for what the model failed on, whose target is its source, and
    `known` for what was translated before, whose target, score and warnings came with the
    question. `score` is from 0 to 1, None where no model was asked; `alternatives` is None where
    none were asked for.
    """

    source: str
    target: str
    separator: str
    status: Status
    score: float | None = None
    alternatives: list[str] | None = None
    warnings: tuple[SegmentWarning, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether a warning names a fault; a low score alone does not."""
        return any(each.code != "unsure" for each in self.warnings)
