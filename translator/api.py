"""HTTP API of the translator: parse a request, call one method of the service, render."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import Scope

from translator.inference.decodings import Quality
from translator.inference.scheduler import ClosedError, QueueFullError, Ticket
from translator.results import Code, Known, Result, SegmentWarning, Wanted
from translator.service import Service, UnknownPairError
from translator.telemetry.logs import request_id
from translator.telemetry.requests import HEADER
from translator.text.terms import Term

# Media type of newline-delimited JSON: one object per line.
NDJSON = "application/x-ndjson"
# Most alternatives per segment that a request may ask for.
MOST_ALTERNATIVES = 8
# Most texts in one request.
MOST_TEXTS = 1_000
# Most known segments of one request.
MOST_KNOWN = 10_000
# Most terms of one request, and most characters of a term's source or target.
MOST_TERMS = 2_000
LONGEST_TERM = 500

router = APIRouter()


async def service_of(request: Request) -> Service:
    """Dependency: the one service of this application."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


class KnownWarning(BaseModel):
    """Warning of a known segment, as an answer has it."""

    code: Code
    figures: tuple[str, ...] = ()


class KnownSegment(BaseModel):
    """Segment that is known: what an earlier answer had, or what a person made of it."""

    source: str
    target: str
    score: float | None = None
    warnings: list[KnownWarning] = []


class QuestionTerm(BaseModel):
    """Term of a glossary; with a target that is its source, it is not translated."""

    source: str = Field(min_length=1, max_length=LONGEST_TERM)
    target: str = Field(min_length=1, max_length=LONGEST_TERM)
    match_case: bool = False
    inflected: bool = True
    compounds: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "QuestionTerm":
        if not self.source.strip() or not self.target.strip():
            raise ValueError("a term is not empty")
        return self


class Question(BaseModel):
    """Request body of `POST /translate`: `text`, or `texts`, or `text_de` as older clients do."""

    text: str | None = None
    # Several texts, each translated for itself; they share batches, as the lines of one text do.
    texts: list[str] | None = Field(None, max_length=MOST_TEXTS)
    text_de: str | None = None
    source: str | None = Field(None, max_length=16)
    target: str | None = Field(None, max_length=16)
    alternatives: int = Field(0, ge=0, le=MOST_ALTERNATIVES)
    # How it is decoded: with the whole beam, with a small one, or greedily.
    quality: Quality = "best"
    # Whether lines are split into sentences.
    sentences: bool = True
    # Whether nobody waits for it: what is waited for goes first.
    background: bool = False
    # Segments of the texts that are not to be translated again.
    known: list[KnownSegment] = Field([], max_length=MOST_KNOWN)

    # Terms of a glossary that may occur in the texts; of two at one place the longer one counts.
    terms: list[QuestionTerm] = Field([], max_length=MOST_TERMS)

    @model_validator(mode="after")
    def _one_kind(self) -> "Question":
        if [self.text, self.texts, self.text_de].count(None) != 2:  # noqa: PLR2004 - all but one
            raise ValueError('exactly one of "text", "texts" and "text_de" is required')
        return self

    @property
    def all_texts(self) -> list[str]:
        """The texts, however they came."""
        one = self.text if self.text_de is None else self.text_de
        return (self.texts or []) if one is None else [one]


class SegmentsQuestion(BaseModel):
    """Request body of `POST /segments`."""

    texts: list[str] = Field(max_length=MOST_TEXTS)
    source: str | None = Field(None, max_length=16)
    target: str | None = Field(None, max_length=16)
    # Whether lines are split into sentences.
    sentences: bool = True


class InvalidQuestionError(Exception):
    """The body is no question. The message says why, and holds nothing of a text."""


async def translate(request: Request) -> Response:
    """Translate a text, or several: one JSON object, or NDJSON with a line per segment.

    The last NDJSON line holds `model`; a stream without it was cut. Raises InvalidQuestionError and
    UnknownPairError (answered with 400), QueueFullError and ClosedError (503).
    """
    question = _question_of(await request.body())
    service: Service = request.app.state.service
    pipeline = service.pipeline(question.source, question.target)
    ticket = pipeline.admit(background=question.background)
    texts = question.all_texts
    results = pipeline.stream_all(
        ticket,
        texts,
        wanted=Wanted(question.alternatives, question.quality, _terms(question)),
        whole_lines=not question.sentences,
        known={each.source: _known(each) for each in question.known},
    )
    if NDJSON in request.headers.get("accept", "") and question.texts is None:
        return StreamingResponse(
            _lines(pipeline.model, ticket, results),
            media_type=NDJSON,
        )
    answer = await _unless_disconnected(request, _all(ticket, results, len(texts)))
    if answer is None:
        return Response(status_code=499)  # nobody reads it
    if question.texts is not None:
        return _json({"texts": list(map(_translated, answer)), "model": pipeline.model})
    (whole,) = map(_translated, answer)
    if question.text_de is not None:
        return _json({"text_en": whole["text"]})
    return _json(whole | {"model": pipeline.model})


class TranslateRoute(Route):
    """Route of `POST /translate`, which is asked for every sentence.

    It is one of Starlette's, without what FastAPI does between a route and its function: that
    took as long as the translation of a sentence that is remembered (0.2 ms of processor time).
    """

    def __init__(self) -> None:
        super().__init__("/translate", translate, methods=["POST"])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for it; its name is told to what counts requests."""
        match, found = super().matches(scope)
        found["route"] = self
        return match, found


@router.post("/segments")
async def segments(request: Request, service: ServiceDep) -> Response:
    """Segmentation alone: the segments of texts, as `POST /translate` would ask the model for them.

    Raises InvalidQuestionError and UnknownPairError (answered with 400).
    """
    try:
        question = SegmentsQuestion.model_validate_json(await request.body())
    except ValidationError as error:
        raise InvalidQuestionError(what_is_wrong(error)) from None
    pipeline = service.pipeline(question.source, question.target)
    found = await pipeline.segments_of(question.texts, whole_lines=not question.sentences)
    return _json(
        {
            "texts": [
                [{"source": each.source, "separator": each.separator} for each in parts]
                for parts in found
            ]
        }
    )


@router.get("/models")
async def models(service: ServiceDep) -> list[dict[str, Any]]:
    """Installed models: `name`, `source` and `target` (language codes), `demonstration`."""
    public = ("name", "source", "target", "demonstration")
    return [{field: getattr(card, field) for field in public} for card in service.cards]


@router.get("/health")
async def health(service: ServiceDep) -> JSONResponse:
    """Health check: 200 when a translation would work now, else 503."""
    problem = await service.problem()
    if problem is None:
        return JSONResponse({"status": "ok"})
    return JSONResponse({"status": "failing", "error": problem}, status_code=503)


def _question_of(body: bytes) -> Question:
    """Raises InvalidQuestionError."""
    try:
        return Question.model_validate_json(body)
    except ValidationError as error:
        raise InvalidQuestionError(what_is_wrong(error)) from None


async def _all(
    ticket: Ticket, results: AsyncGenerator[tuple[int, Result], None], texts: int
) -> list[list[Result]]:
    """The results of each text."""
    found: list[list[Result]] = [[] for _ in range(texts)]
    with ticket:
        async for number, each in results:
            found[number].append(each)
    return found


async def _lines(
    model: str, ticket: Ticket, results: AsyncGenerator[tuple[int, Result], None]
) -> AsyncIterator[bytes]:
    with ticket:
        async with aclosing(results):
            async for _, each in results:
                yield _line(_fields(each))
    yield _line({"model": model})


def _translated(results: list[Result]) -> dict[str, Any]:
    return {
        "text": "".join(each.target + each.separator for each in results),
        "segments": [_fields(each) for each in results],
    }


def _line(value: dict[str, Any]) -> bytes:
    return to_json(value) + b"\n"


def _json(value: dict[str, Any]) -> Response:
    return Response(to_json(value), media_type="application/json")


def _fields(result: Result) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "source": result.source,
        "target": result.target,
        "separator": result.separator,
        "score": result.score,
        "status": result.status,
        "warnings": [_warning(each) for each in result.warnings],
    }
    if result.alternatives is not None:
        fields["alternatives"] = result.alternatives
    return fields


def _terms(question: Question) -> tuple[Term, ...]:
    return tuple(
        Term(
            each.source.strip(),
            each.target.strip(),
            match_case=each.match_case,
            inflected=each.inflected,
            compounds=each.compounds,
        )
        for each in question.terms
    )


def _known(segment: KnownSegment) -> Known:
    warnings = (SegmentWarning(each.code, each.figures) for each in segment.warnings)
    return Known(segment.target, segment.score, tuple(warnings))


def _warning(warning: SegmentWarning) -> dict[str, Any]:
    return {"code": warning.code} | ({"figures": warning.figures} if warning.figures else {})


async def _unless_disconnected(
    request: Request, work: Coroutine[Any, Any, list[list[Result]]]
) -> list[list[Result]] | None:
    """The result of `work`, or None once the client has gone, with `work` cancelled."""
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    if task.done():  # everything was known
        return await task
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await task if task.done() else None
    finally:
        gone.cancel()
        task.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def install_errors(app: FastAPI) -> None:
    """Exception handlers: every error is `{"error": …}` and never holds the text that was sent."""

    @app.exception_handler(InvalidQuestionError)
    async def invalid(_: Request, error: InvalidQuestionError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=400)

    @app.exception_handler(UnknownPairError)
    async def unknown(_: Request, error: UnknownPairError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=400)

    @app.exception_handler(QueueFullError)
    async def full(_: Request, error: QueueFullError) -> JSONResponse:
        return JSONResponse(
            {"error": "The translator is busy; try again later."},
            status_code=503,
            headers={"Retry-After": str(error.retry_after)},
        )

    @app.exception_handler(ClosedError)
    async def closed(_: Request, _error: ClosedError) -> JSONResponse:
        return JSONResponse(
            {"error": "The translator is stopping; try again."},
            status_code=503,
            headers={"Retry-After": "1"},
        )

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse(
            {"error": error.detail}, status_code=error.status_code, headers=error.headers
        )

    @app.exception_handler(Exception)
    async def unexpected(_: Request, _error: Exception) -> JSONResponse:
        # This one is answered outside of all middleware, which would have added the header.
        identity = request_id.get()
        return JSONResponse(
            {"error": f"Something went wrong; the log says more at request id {identity}."},
            status_code=500,
            headers={HEADER: identity},
        )


def what_is_wrong(error: ValidationError) -> str:
    """Message for a body that is no question: which field is wrong and how, nothing of a text."""
    first = error.errors(include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message
