"""Corrections on the page: a sentence is edited in its place, for its equals too, and undone.

With scripts a part of the page is answered, which shows what has changed; without them each
sentence has a form of its own, and a list leads to it. The list of corrections is a page in both.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.access.context import context_of
from web.access.policy import Interface
from web.dependencies import (
    CallerDep,
    CorrectionsDep,
    FollowingDep,
    Parts,
    parts_of,
)
from web.errors import ConflictError, NotFoundError, UserError
from web.http import body
from web.http.ids import TRANSLATION_ID, number_of
from web.messages import N_
from web.pages.doubts import SHOWN, doubts_of_page, doubts_of_sentences
from web.pages.rendering import fragment, small_page
from web.text.passages import LIMIT
from web.translation.corrections import MOST_CORRECTED, Corrected
from web.translation.store import Passage, Translation

router = APIRouter(default_response_class=HTMLResponse)

# A correction, its sentence and what was seen of it, each character written as up to twelve.
MOST_FORM_BYTES = 12 * (MOST_CORRECTED + 2 * LIMIT) + 1000
# Steps on a page of the list.
LISTED = 50
Number = Annotated[int, Path(ge=0, lt=2**31)]
StepId = Annotated[int, Path(ge=0, lt=2**63)]
_SENTENCE = f"/translations/{TRANSLATION_ID}/passages/{{seq}}/sentences/{{number}}/edit"
_CORRECTION = f"/translations/{TRANSLATION_ID}/corrections/{{step}}"


@router.get(f"/translations/{TRANSLATION_ID}/passages/{{seq}}")
async def sentences_of_passage(
    translation_id: int,
    seq: Number,
    request: Request,
    following: FollowingDep,
    corrections: CorrectionsDep,
) -> Response:
    """The sentences of a passage, each with the way to its form; for browsers without scripts."""
    translation = await following.get(translation_id)
    passage = await _passage(request, translation, seq)
    step = number_of(request.query_params.get("corrected", ""))
    rows = await corrections.all(translation_id, (step or 0) + 1, 1)
    made = rows[0] if rows and rows[0].step == step else None
    return small_page(
        request,
        "passage_sentences.html",
        translation=translation,
        passage=passage,
        made=made,
        equal=await corrections.equal(translation_id, passage.sentences[made.number])
        if made and made.seq == seq and made.number < len(passage.sentences)
        else 0,
    )


@router.get(_SENTENCE)
async def sentence_form(
    translation_id: int, seq: Number, number: Number, request: Request, following: FollowingDep
) -> Response:
    """The form of one sentence, for browsers without scripts."""
    translation = await following.get(translation_id)
    return await _form(request, translation, seq, number)


@router.post(_SENTENCE)
async def edit(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    seq: Number,
    number: Number,
    request: Request,
    following: FollowingDep,
    corrections: CorrectionsDep,
    caller: CallerDep,
) -> Response:
    """Store the correction of a sentence.

    Raises BadRequestError, ConflictError and NotFoundError as `Corrections.correct` does.
    """
    is_part = _is_part(request)
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    translation = await following.get(translation_id)
    text = fields.get("text", "")
    try:
        made = await corrections.correct(
            translation_id,
            seq,
            number,
            text,
            caller.name,
            source=fields.get("source"),
            seen=fields.get("seen"),
        )
    except UserError as error:
        if is_part and isinstance(error, ConflictError):
            now = str(error.wording.values["now"])
            return fragment("problem.html", error.status, error=error.wording, now=now)
        if is_part:
            raise
        return await _form(request, translation, seq, number, error=error, text=text)
    if is_part:
        return await _changed(parts_of(request), translation, fields, made, "corrected")
    step = "" if made.step is None else f"?corrected={made.step}"
    return RedirectResponse(f"/translations/{translation_id}/passages/{seq}{step}", 303)


@router.get(f"/translations/{TRANSLATION_ID}/corrections")
async def list_corrections(
    translation_id: int,
    request: Request,
    following: FollowingDep,
    before: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
) -> Response:
    """The corrections of a translation, the newest first, each with the way to undo it."""
    return await _list(request, await following.get(translation_id), before)


@router.post(f"{_CORRECTION}/undo")
async def undo(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    step: StepId,
    request: Request,
    following: FollowingDep,
    corrections: CorrectionsDep,
    caller: CallerDep,
) -> Response:
    """Undo a correction. Raises ConflictError, NotFoundError as `Corrections.undo` does."""
    is_part = _is_part(request)
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    translation = await following.get(translation_id)
    try:
        made = await corrections.undo(translation_id, step, caller.name, _shown(fields))
    except (ConflictError, NotFoundError) as error:
        if is_part:
            raise
        return await _list(request, translation, error=error)
    if is_part:
        return await _changed(parts_of(request), translation, fields, made, "undone")
    return RedirectResponse(f"/translations/{translation_id}/corrections", 303)


@router.post(f"{_CORRECTION}/equal")
async def change_equal(  # noqa: PLR0913, PLR0917 - what its address says, and what it needs
    translation_id: int,
    step: StepId,
    request: Request,
    following: FollowingDep,
    corrections: CorrectionsDep,
    caller: CallerDep,
) -> Response:
    """Change all sentences that are equal to a corrected one. Raises NotFoundError."""
    is_part = _is_part(request)
    fields = await body.urlencoded(request, MOST_FORM_BYTES)
    translation = await following.get(translation_id)
    made = await corrections.correct_equal(translation_id, step, caller.name, _shown(fields))
    if is_part:
        return await _changed(parts_of(request), translation, fields, made, "equal")
    return RedirectResponse(f"/translations/{translation_id}/corrections", 303)


def _is_part(request: Request) -> bool:
    """Whether a script asks for a part of a page; then errors are parts, too."""
    is_part = "hx-request" in request.headers
    if is_part:
        context_of(request).interface = Interface.FRAGMENT
    return is_part


def _shown(fields: dict[str, str]) -> range:
    """The numbers of the passages that a page shows."""
    start = number_of(fields.get("from", "")) or 0
    return range(start, start + SHOWN)


async def _changed(
    parts: Parts,
    translation: Translation,
    fields: dict[str, str],
    made: Corrected,
    done: str,
) -> Response:
    """The parts of a page that a change has changed; `fields` say which passages it shows."""
    shown = _shown(fields)
    linked = bool(fields.get("linked"))
    if linked:
        first = await parts.following.part(translation.id, 0, 1)
        doubts = doubts_of_sentences(first[0].sentences if first else [])
    else:
        doubts = await doubts_of_page(parts.doubts, translation, shown.start)
    return fragment(
        "corrected.html",
        translation=translation,
        document=await parts.documents.stored(translation.id),
        passages=[each for each in made.passages if each.seq in shown],
        linked=linked,
        long=not linked,
        doubts=doubts,
        made=made,
        done=done,
        corrections=await parts.corrections.count(translation.id),
    )


async def _passage(request: Request, translation: Translation, seq: int) -> Passage:
    """A translated passage. Raises NotFoundError."""
    found = await parts_of(request).following.part(translation.id, seq, 1)
    if not found or found[0].seq != seq or found[0].target is None:
        raise NotFoundError(N_("There is no such part, or it is not translated yet."))
    return found[0]


async def _form(  # noqa: PLR0913 - where it is, and how it is filled
    request: Request,
    translation: Translation,
    seq: int,
    number: int,
    *,
    error: UserError | None = None,
    text: str = "",
) -> Response:
    """The page of one sentence's form. Raises NotFoundError."""
    passage = await _passage(request, translation, seq)
    if number >= len(passage.sentences):
        raise NotFoundError(N_("That sentence is not there any more. Load the page again."))
    sentence = passage.sentences[number]
    return small_page(
        request,
        "sentence_form.html",
        error.status if error else 200,
        translation=translation,
        seq=seq,
        sentence=sentence,
        text=_writable(text) if error else sentence.target,
        error=error.wording if error else None,
    )


def _writable(text: str) -> str:
    """A text that was refused, as it can stand on a page."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


async def _list(
    request: Request,
    translation: Translation,
    before: int | None = None,
    error: UserError | None = None,
) -> Response:
    corrections = parts_of(request).corrections
    steps = await corrections.all(translation.id, before, LISTED + 1)
    return small_page(
        request,
        "corrections.html",
        error.status if error else 200,
        translation=translation,
        steps=steps[:LISTED],
        older=steps[LISTED - 1].step if len(steps) > LISTED else None,
        error=error.wording if error else None,
        document=await parts_of(request).documents.stored(translation.id),
    )
