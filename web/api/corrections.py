"""Corrections by programs: a passage's sentences, another target for one of them, and undo."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from web.api import schema
from web.api.schema import (
    CorrectedAnswer,
    CorrectionAnswer,
    CorrectionsAnswer,
    PassageAnswer,
    SentenceAnswer,
    UndoneAnswer,
)
from web.dependencies import CallerDep, CorrectionsDep, FollowingDep
from web.errors import BadRequestError, NotFoundError
from web.http import body
from web.http.openapi_schema import question, sends, string
from web.text.sentences import Sentence
from web.translation.correction_store import Step
from web.translation.corrections import MOST_CORRECTED

router = APIRouter()

# A correction, its sentence and what was seen of it, each character written as up to twelve.
MOST_BYTES = 12 * 3 * MOST_CORRECTED + 1000
# Corrections in one answer.
LISTED = 100
Id = Annotated[int, Path(ge=0, lt=2**63)]
Number = Annotated[int, Path(ge=0, lt=2**31)]
CORRECTION = sends(
    json=question(
        ["target"],
        target=string("The sentence's new translation, of up to 10,000 characters, on one line."),
        source=string("The sentence, to be sure that it is still there."),
        seen=string("Its translation as it was seen: another one since then is a conflict."),
        equal={
            "type": "boolean",
            "description": "Whether all equal sentences of the translation are changed, too.",
        },
    )
    | {"example": {"target": "Good morning!"}}
)


@router.get(
    "/translations/{translation_id}/passages/{seq}.json",
    responses=schema.ONE,
)
async def passage_json(translation_id: Id, seq: Number, following: FollowingDep) -> PassageAnswer:
    """A passage's sentences, by whose numbers they are corrected.

    Raises NotFoundError.
    """
    await following.get(translation_id)
    found = await following.part(translation_id, seq, 1)
    if not found or found[0].seq != seq:
        raise NotFoundError("There is no passage {seq!s} in this translation.", seq=seq)
    (passage,) = found
    sentences = [] if passage.target is None else passage.sentences
    return PassageAnswer.model_validate(
        {
            "seq": seq,
            "status": passage.status,
            "sentences": [_sentence(each) for each in sentences],
        }
    )


@router.patch(
    "/translations/{translation_id}/passages/{seq}/sentences/{number}",
    openapi_extra=CORRECTION,
    responses=schema.CHANGE,
)
async def correct(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: Id,
    seq: Number,
    number: Number,
    request: Request,
    corrections: CorrectionsDep,
    caller: CallerDep,
) -> CorrectedAnswer:
    """Give a sentence another translation, which is in every download from then on.

    Raises BadRequestError, ConflictError and NotFoundError as `Corrections.correct` does.
    """
    sent = body.parse_json(await body.read_json(request, MOST_BYTES))
    target, equal = sent.get("target"), sent.get("equal")
    source, seen = sent.get("source"), sent.get("seen")
    if not isinstance(target, str):
        raise BadRequestError('The field "target" is missing or is not a string.')
    if not all(each is None or isinstance(each, str) for each in (source, seen)):
        raise BadRequestError('The fields "source" and "seen" are strings.')
    if not (equal is None or isinstance(equal, bool)):
        raise BadRequestError('The field "equal" is true or false.')
    made = await corrections.correct(
        translation_id, seq, number, target, caller.name, source=source, seen=seen
    )
    changed = None
    if equal and made.equal and made.step is not None:
        changed = await corrections.correct_equal(translation_id, made.step, caller.name)
    return CorrectedAnswer(
        sentence=_sentence(made.sentence),
        correction=made.step,
        equal=0 if changed else made.equal,
        equal_correction=changed.step if changed else None,
        equal_changed=changed.sentences if changed else 0,
    )


@router.get("/translations/{translation_id}/corrections.json", responses=schema.ONE)
async def corrections_json(
    translation_id: Id,
    following: FollowingDep,
    corrections: CorrectionsDep,
    before: int | None = None,
) -> CorrectionsAnswer:
    """The corrections that are not undone, the newest first; `before` gives those older than it."""
    await following.get(translation_id)
    found = await corrections.all(translation_id, before, LISTED)
    return CorrectionsAnswer(corrections=list(_listed(found)))


@router.delete(
    "/translations/{translation_id}/corrections/{correction}",
    responses=schema.CHANGE,
)
async def undo_correction(
    translation_id: Id, correction: Id, corrections: CorrectionsDep, caller: CallerDep
) -> UndoneAnswer:
    """Undo a correction: the translation and the warnings that were there before are back.

    Raises ConflictError and NotFoundError as `Corrections.undo` does.
    """
    made = await corrections.undo(translation_id, correction, caller.name)
    return UndoneAnswer(undone=made.sentences, left=made.left)


def _sentence(sentence: Sentence) -> SentenceAnswer:
    return SentenceAnswer(
        number=sentence.number,
        source=sentence.source,
        target=sentence.target,
        separator=sentence.separator,
        corrected=sentence.chosen,
    )


def _listed(steps: Iterable[Step]) -> Iterable[CorrectionAnswer]:
    for each in steps:
        values: dict[str, Any] = {
            "id": each.step,
            "seq": each.seq,
            "number": each.number,
            "source": each.source,
            "before": each.before,
            "after": each.after,
            "by": each.made_by,
            "at": each.made_at.isoformat(timespec="milliseconds") + "Z",
            "sentences": each.sentences,
        }
        yield CorrectionAnswer.model_validate(values)
