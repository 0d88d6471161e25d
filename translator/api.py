"""HTTP API of the translator: parse a request, call one method of the service, render."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field, model_validator
from starlette.exceptions import HTTPException

from translator.inference.scheduler import ClosedError, QueueFullError, Ticket
from translator.results import Code, Known, Result, SegmentWarning
from translator.service import Service, UnknownPairError
from translator.telemetry.logs import request_id
from translator.telemetry.requests import HEADER

# Media type of newline-delimited JSON: one object per line.
NDJSON = "application/x-ndjson"
# Most alternatives per segment that a request may ask for.
MOST_ALTERNATIVES = 8
# Most known segments of one text.
MOST_KNOWN = 10_000

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


class Question(BaseModel):
    """Request body of `POST /translate`: `text`, or `text_de` as older clients have it."""

    text: str = ""
    text_de: str | None = None
    source: str | None = Field(None, max_length=16)
    target: str | None = Field(None, max_length=16)
    alternatives: int = Field(0, ge=0, le=MOST_ALTERNATIVES)
    # Whether lines are split into sentences.
    sentences: bool = True
    # Whether nobody waits for it: what is waited for goes first.
    background: bool = False
    # Segments of the text that are not to be translated again.
    known: list[KnownSegment] = Field([], max_length=MOST_KNOWN)

    @model_validator(mode="after")
    def _one_text(self) -> "Question":
        if (self.text_de is None) == ("text" not in self.model_fields_set):
            raise ValueError('exactly one of "text" and "text_de" is required')
        try:
            (self.text_de or self.text).encode()
            for each in self.known:
                each.target.encode()
        except UnicodeEncodeError:
            # This error would be quoted with the text.
            raise ValueError("the text holds lone surrogates, which are no characters") from None
        return self


@router.post("/translate")
async def translate(question: Question, request: Request, service: ServiceDep) -> Response:
    """Translate a text: one JSON object, or NDJSON with a line per segment.

    The last NDJSON line holds `model`; a stream without it was cut. Raises UnknownPairError
    (answered with 400), QueueFullError and ClosedError (503).
    """
    text = question.text if question.text_de is None else question.text_de
    pipeline = service.pipeline(question.source, question.target)
    ticket = pipeline.admit(background=question.background)
    results = pipeline.stream(
        ticket,
        text,
        alternatives=question.alternatives,
        whole_lines=not question.sentences,
        known={each.source: _known(each) for each in question.known},
    )
    if NDJSON in request.headers.get("accept", ""):
        return StreamingResponse(
            _lines(pipeline.model, ticket, results),
            media_type=NDJSON,
        )
    answer = await _unless_disconnected(request, _all(ticket, results))
    if answer is None:
        return Response(status_code=499)  # nobody reads it
    whole = "".join(each.target + each.separator for each in answer)
    if question.text_de is not None:
        return JSONResponse({"text_en": whole})
    return JSONResponse(
        {"text": whole, "segments": [_fields(each) for each in answer], "model": pipeline.model}
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


async def _all(ticket: Ticket, results: AsyncGenerator[Result, None]) -> list[Result]:
    with ticket:
        return [each async for each in results]


async def _lines(
    model: str, ticket: Ticket, results: AsyncGenerator[Result, None]
) -> AsyncIterator[bytes]:
    with ticket:
        async with aclosing(results):
            async for each in results:
                yield _line(_fields(each))
    yield _line({"model": model})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"


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


def _known(segment: KnownSegment) -> Known:
    warnings = (SegmentWarning(each.code, each.figures) for each in segment.warnings)
    return Known(segment.target, segment.score, tuple(warnings))


def _warning(warning: SegmentWarning) -> dict[str, Any]:
    return {"code": warning.code} | ({"figures": warning.figures} if warning.figures else {})


async def _unless_disconnected(
    request: Request, work: Coroutine[Any, Any, list[Result]]
) -> list[Result] | None:
    """The result of `work`, or None once the client has gone, with `work` cancelled."""
    task = asyncio.create_task(work)
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

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"error": _what_is_wrong(error)}, status_code=400)

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


def _what_is_wrong(error: RequestValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    message = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message
