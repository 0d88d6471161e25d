"""Translate: a text as plain text or JSON, and its translation by id afterwards."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Send

from web.access.context import context_of
from web.access.keys import Caller
from web.api import schema
from web.api.answers import finished_answer, whole_answer
from web.api.schema import OldAnswer, TranslationAnswer
from web.dependencies import FollowingDep, LanguageCheckDep, Parts, SettingsDep
from web.errors import (
    BadRequestError,
    BudgetSpentError,
    UserError,
)
from web.settings import Quality
from web.text.clear_language import SAMPLE
from web.text.detection import Guess
from web.text.languages import DEFAULT_PAIR
from web.text.submitted_text import SubmittedText
from web.text.validation import check
from web.translation.following import Following
from web.translation.request import TranslationRequest, quality_of
from web.translation.results import Finished, Running

LANGUAGE_CODE = re.compile("[A-Za-z][A-Za-z_-]{1,15}")

log = logging.getLogger(__name__)
router = APIRouter()


@router.get(
    "/translations/{translation_id}.json",
    responses=schema.TRANSLATION,
    response_model_exclude_unset=True,
)
async def translation_json(
    translation_id: int,
    request: Request,
    following: FollowingDep,
    settings: SettingsDep,
    language_check: LanguageCheckDep,
) -> TranslationAnswer:
    """One translation with its state; `text` holds the source where no translation is yet.

    `Prefer: wait=60` waits up to so many seconds for its end.
    """
    await following.get(translation_id)
    waits = _wait(request, default=0, most=settings.wait_seconds)
    translation = await following.wait(translation_id, waits)
    return await whole_answer(translation, following, language_check)


async def translate_plain(
    text: AsyncIterator[str], wanted: TranslationRequest, parts: Parts
) -> Response:
    """Translate a text that arrives in parts, streaming in and out. Raises UserError's kinds."""
    beginning = SubmittedText(most=3 * SAMPLE)
    answer = await parts.translations.translate(beginning.passing(text), wanted)
    headers = _where(answer)
    if other := parts.language_check.other(beginning.text, wanted.source):
        headers["Warning"] = ", ".join(filter(None, (headers.get("Warning"), _language(other))))
    if isinstance(answer, Finished):
        return Response(answer.text, media_type="text/plain; charset=utf-8", headers=headers)
    return DuplexResponse(_targets(parts.following, answer), answer.received, headers=headers)


async def _targets(following: Following, answer: Running) -> AsyncIterator[str]:
    async for part in following.targets(answer):
        yield part
    # An upload that broke off ends the answer with an error, not as if it were whole.
    await answer.received


class DuplexResponse(StreamingResponse):
    """Streams text out while the same request's body still streams in."""

    media_type = "text/plain"

    def __init__(
        self, content: AsyncIterator[str], upload: asyncio.Task[None], headers: dict[str, str]
    ) -> None:
        super().__init__(content, headers=headers)
        self._upload = upload

    async def stream_response(self, send: Send) -> None:
        """Break the connection off when the text cannot be completed, so that it shows."""
        try:
            await super().stream_response(send)
        except (UserError, ClientDisconnect) as error:
            log.warning("an answer was broken off: %s", type(error).__name__)
            if isinstance(error, BudgetSpentError):  # the one cause that the client cannot see
                last = f"\n[{error.message}]\n".encode()
                await send({"type": "http.response.body", "body": last, "more_body": True})

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Wait for the upload first: until then the messages are the body's."""
        await asyncio.wait({self._upload})
        await super().listen_for_disconnect(receive)


async def translate_json(
    request: Request, sent: dict[str, Any], wanted: TranslationRequest, parts: Parts
) -> Response:
    """Translate the text of a JSON object. Raises UserError's kinds."""
    old = "text" not in sent and "text_de" in sent
    text = sent.get("text_de" if old else "text")
    if not isinstance(text, str):
        raise BadRequestError(
            'The field "text" is missing or is not a string: send {"text": "Guten Tag!"}. '
            "Nothing was stored."
        )
    answer = await parts.translations.translate(check(text), wanted)
    if isinstance(answer, Finished):
        found = finished_answer(answer, wanted.source, parts.language_check)
        return _json(found, answer, old=old)
    context_of(request).stored = answer.id
    await answer.received
    most = parts.settings.wait_seconds
    translation = await parts.following.wait(answer.id, _wait(request, default=most, most=most))
    whole = await whole_answer(translation, parts.following, parts.language_check)
    if translation.ended:
        return _json(whole, answer, old=old)
    whole.message = (
        "The text is stored and being translated; nothing is lost. Ask for this address again."
    )
    return _json(whole, answer, status=202)


def _json(
    body: TranslationAnswer, answer: Finished | Running, *, old: bool = False, status: int = 200
) -> Response:
    """The answer as JSON; fields that were not set are left out."""
    model = OldAnswer(text_en=body.text) if old else body
    return Response(
        model.model_dump_json(exclude_unset=True),
        status,
        headers=_where(answer),
        media_type="application/json",
    )


def _wait(request: Request, default: float, most: float) -> float:
    """How long the client wants to wait, in seconds, by the header Prefer (RFC 7240)."""
    preferences = [each.strip() for each in request.headers.get("prefer", "").split(",")]
    for preference in preferences:
        name, _, value = preference.partition("=")
        if name == "wait" and value.isdecimal():
            return min(float(value), most)
    return 0 if "respond-async" in preferences else default


def _where(answer: Finished | Running) -> dict[str, str]:
    """The address of the stored translation, or that there is none."""
    if answer.id is None:
        return {"Warning": '199 - "translated; the database is away"'}
    return {"Content-Location": f"/translations/{answer.id}"}


def _language(other: Guess) -> str:
    """A warning that the text is in another language, for a header (RFC 7234)."""
    return f'199 - "the text seems to be in another language: {other.language}"'


def api_request_of(sent: dict[str, Any], caller: Caller, usual: Quality) -> TranslationRequest:
    """The languages and the quality that are named, or the usual ones. Raises BadRequestError."""
    named = [sent.get(each) for each in ("source", "target")]
    pair = [
        default if code is None else code for code, default in zip(named, DEFAULT_PAIR, strict=True)
    ]
    if not all(isinstance(code, str) and LANGUAGE_CODE.fullmatch(code) for code in pair):
        raise BadRequestError('A language is a code such as "de" or "en". Nothing was stored.')
    quality = quality_of(sent.get("quality"), usual)
    return TranslationRequest(
        "api",
        pair[0].lower(),
        pair[1].lower(),
        caller=caller,
        quality=quality,
        memory=_memory_of(sent.get("memory")),
    )


def _memory_of(value: object) -> bool:
    """Whether the translation memory is used: unless it says no. Raises BadRequestError."""
    if value is None or value is True or value in ("", "true"):
        return True
    if value is False or value == "false":
        return False
    raise BadRequestError('"memory" can be true or false. Nothing was stored.')
