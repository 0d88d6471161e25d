"""Fakes behind the real interfaces, all of them: no module is patched.

tests/service/test_fakes.py asks the real translator the same, and compares.
"""

import asyncio
import json
import re
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Collection,
    Iterator,
    Mapping,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import httpx

SECONDS = 30
NDJSON = "application/x-ndjson"
MOST_ALTERNATIVES = 8
SCORE = 0.9
# Of a sentence with this word the fake is unsure.
UNSURE = "vielleicht"
UNSURE_SCORE = 0.25
# Of a sentence with this word it says that its figures are wrong.
LOSES_FIGURES = "verliert"

# A sentence, if there is one before the next white space that ends it, and that white space.
_SENTENCES = re.compile(r"(\S.*?(?:[.!?]+(?=\s)|(?=\s*(?:\n|\Z))))?(\s*)")
_LINES = re.compile(r"(\S.*?(?=\s*(?:\n|\Z)))?(\s*)")
# Stand-ins for inline tags; see translator/text/tags.py.
_TAG = re.compile(r"(</?x[0-9]+/?>)")
NO_TERMS: Mapping[str, str] = MappingProxyType({})
_INTO: Mapping[str, Callable[[str], str]] = {"en": str.upper, "de": str.lower}


def translated(text: str, target: str = "en", terms: Mapping[str, str] = NO_TERMS) -> str:
    """The fake's translation: into English in capitals, into German in small letters.

    Inline tags stay, and sources of `terms` become their targets.
    """
    change = _INTO.get(target, str.swapcase)
    sources = sorted(terms, key=len, reverse=True)
    kept = re.compile("|".join([_TAG.pattern, *(f"({re.escape(each)})" for each in sources)]))
    whole, end = "", 0
    for match in kept.finditer(text):
        whole += change(text[end : match.start()]) + terms.get(match[0], match[0])
        end = match.end()
    return whole + change(text[end:])


@dataclass(frozen=True, slots=True)
class Question:
    """A `POST /translate` that came; `streamed` when the answer was wanted as NDJSON.

    `known` are the segments that need no translation, by their source; `quality` changes nothing;
    `terms` are targets by their sources, put in where they stand as they are.
    """

    text: str
    source: str
    target: str
    alternatives: int
    sentences: bool
    background: bool
    known: Mapping[str, Mapping[str, Any]]
    streamed: bool
    request_id: str
    quality: str = "best"
    terms: Mapping[str, str] = field(default_factory=dict)


class FakeTranslator(httpx.AsyncBaseTransport):
    """The translator's HTTP interface without a model, to be put in a client's way.

    Faults are chosen by its attributes, until they are set back:

    - `away`: nothing answers.
    - `busy`: it is, and says to come back after so many seconds.
    - `impostor`: something else answers in its place.
    - `refused`: texts with this word are refused.
    - `broken`: answers for texts with this word break off after their first segment.
    """

    def __init__(self) -> None:
        self.models = [_model("fake-de-en", "de", "en")]
        self.questions: list[Question] = []
        self.bodies: list[dict[str, Any]] = []  # of the requests that they came in
        self.segmented = 0  # questions for segments alone
        self.given_up = 0  # answers that nobody waited for any more
        self.tokens = 0
        self.queued = 0
        self.away = False
        self.busy: int | None = None
        self.impostor = False
        self.refused = ""
        self.broken = ""
        # How many pairs came to be aligned, from how many on they are refused, and what words
        # become, in small letters.
        self.aligned = 0
        self.busy_from: int | None = None
        self.renderings: dict[str, Collection[str]] = {}
        self._passing = 0
        self._free = asyncio.Event()
        self._free.set()
        self._changed = asyncio.Condition()

    def install(self, name: str, source: str, target: str, *, demonstration: bool = False) -> None:
        """Have one more model, or another one for the same languages."""
        self.models = [
            each for each in self.models if (each["source"], each["target"]) != (source, target)
        ]
        self.models.append(_model(name, source, target, demonstration=demonstration))

    @contextmanager
    def holding(self, after: int = 0) -> Iterator[None]:
        """Keep what is asked in the block waiting, each after its first so many segments."""
        self._passing = after
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    async def until(self, enough: Callable[[], bool]) -> None:
        """Wait until the questions that have come, or were given up, are enough."""
        async with asyncio.timeout(SECONDS), self._changed:
            await self._changed.wait_for(enough)

    async def asked(self, number: int) -> None:
        """Wait until so many texts have come."""
        await self.until(lambda: len(self.questions) >= number)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer. Raises ConnectError, ReadTimeout, RemoteProtocolError as a network does."""
        await request.aread()
        if self.away:
            raise httpx.ConnectError("nobody is there")
        if self.impostor:
            return httpx.Response(200, text="<h1>It works!</h1>")
        if request.method == "POST" and request.url.path == "/alignments":
            return self._align(json.loads(request.content))
        return await self._answer_to(request)

    async def _answer_to(self, request: httpx.Request) -> httpx.Response:
        match request.method, request.url.path:
            case "GET", "/models":
                return httpx.Response(200, json=self.models)
            case "GET", "/health":
                return httpx.Response(200, json={"status": "ok"})
            case "GET", "/metrics":
                return httpx.Response(200, text=self._metrics())
            case "POST", "/segments":
                return self._segments(json.loads(request.content))
            case "POST", "/translate":
                return await self._translate(request)
        return httpx.Response(404, json={"error": "Not Found"})

    async def _translate(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.bodies.append(body)
        several = "texts" in body
        questions = [
            Question(
                text=text,
                source=(body.get("source") or "de").lower(),
                target=(body.get("target") or "en").lower(),
                alternatives=body.get("alternatives", 0),
                sentences=body.get("sentences", True),
                background=body.get("background", False),
                known={each["source"]: each for each in body.get("known", ())},
                streamed=NDJSON in request.headers.get("accept", ""),
                request_id=request.headers.get("x-request-id", ""),
                quality=body.get("quality", "best"),
                terms={each["source"]: each["target"] for each in body.get("terms", ())},
            )
            for text in (body["texts"] if several else [body["text"]])
        ]
        async with self._changed:
            self.questions += questions
            self._changed.notify_all()
        if self.busy is not None:
            return _error(503, "The translator is busy; try again later.", self.busy)
        try:
            models = list(map(self._model_for, questions))
        except ValueError as error:
            return _error(400, str(error))
        if questions[0].streamed:
            segments = self._answer(questions[0], request)
            return httpx.Response(
                200, headers={"Content-Type": NDJSON}, stream=_Lines(segments, models[0])
            )
        answers = []
        for question in questions:
            found = [each async for each in self._answer(question, request)]
            whole = "".join(each["target"] + each["separator"] for each in found)
            answers.append({"text": whole, "segments": found})
        if several:
            return httpx.Response(200, json={"texts": answers, "model": models[0]})
        return httpx.Response(200, json=answers[0] | {"model": models[0]})

    def _align(self, body: dict[str, Any]) -> httpx.Response:
        if self.busy is not None or self.aligned == self.busy_from:
            return _error(503, "The translator is busy; try again later.", self.busy)
        self.aligned += len(body["pairs"])
        return httpx.Response(200, json={"places": [self._places(each) for each in body["pairs"]]})

    def _places(self, pair: dict[str, Any]) -> list[list[int] | None]:
        """Where the target has a word, in capitals or as one of its renderings."""
        return [
            self._place(pair["source"][start:end], pair["target"]) for start, end in pair["words"]
        ]

    def _place(self, word: str, target: str) -> list[int] | None:
        for each in (word, *self.renderings.get(word.lower(), ())):
            if found := re.search(rf"\b{re.escape(each)}\b", target, re.IGNORECASE):
                return list(found.span())
        return None

    def _segments(self, body: dict[str, Any]) -> httpx.Response:
        self.segmented += 1
        pattern = _SENTENCES if body.get("sentences", True) else _LINES
        return httpx.Response(
            200,
            json={
                "texts": [
                    [
                        {"source": source, "separator": separator}
                        for source, separator in pattern.findall(text)
                        if source + separator
                    ]
                    for text in body["texts"]
                ]
            },
        )

    def _model_for(self, question: Question) -> str:
        """The model's name. Raises ValueError for what is refused."""
        if question.alternatives > MOST_ALTERNATIVES:
            raise ValueError("alternatives: Input should be less than or equal to 8")
        if question.quality not in {"best", "fast", "draft"}:
            raise ValueError("quality: Input should be 'best', 'fast' or 'draft'")
        if self.refused and self.refused in question.text:
            raise ValueError("text: it was refused")
        pair = question.source, question.target
        for each in self.models:
            if (each["source"], each["target"]) == pair:
                return str(each["name"])
        offered = ", ".join(f"{each['source']}→{each['target']}" for each in self.models)
        raise ValueError(f"No model for {'→'.join(pair)} is installed. Installed: {offered}.")

    async def _answer(
        self, question: Question, request: httpx.Request
    ) -> AsyncGenerator[dict[str, Any], None]:
        wait = request.extensions.get("timeout", {}).get("read")
        whole = False
        try:
            for number, segment in enumerate(segments_of(question)):
                if number == 1 and self.broken and self.broken in question.text:
                    whole = True
                    raise httpx.RemoteProtocolError("it broke off")
                if number >= self._passing:
                    try:
                        async with asyncio.timeout(wait):
                            await self._free.wait()
                    except TimeoutError:
                        raise httpx.ReadTimeout("it takes too long") from None
                self.tokens += len(segment["source"].split())
                yield segment
            whole = True
        finally:
            if not whole:
                self.given_up += 1
                async with self._changed:
                    self._changed.notify_all()

    def _metrics(self) -> str:
        return (
            f"translator_source_tokens_total {float(self.tokens)}\n"
            f"translator_queued_segments {float(self.queued)}\n"
        )


class _Lines(httpx.AsyncByteStream):
    """Segments as lines of JSON, then one with the model."""

    def __init__(self, segments: AsyncGenerator[dict[str, Any], None], model: str) -> None:
        self._segments = segments
        self._model = model

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for each in self._segments:
            yield _line(each)
        yield _line({"model": self._model})

    async def aclose(self) -> None:
        await self._segments.aclose()


def segments_of(question: Question) -> Iterator[dict[str, Any]]:
    """The segments of a text with their translations; joined with the separators they are it."""
    pattern = _SENTENCES if question.sentences else _LINES
    for source, separator in pattern.findall(question.text):
        if not source + separator:
            continue
        if earlier := question.known.get(source):
            yield {**earlier, "separator": separator, "status": "known"}
            continue
        language = any(each.isalpha() for each in source)
        target = translated(source, question.target, question.terms) if language else source
        segment = {
            "source": source,
            "target": target,
            "separator": separator,
            "score": (UNSURE_SCORE if UNSURE in source else SCORE) if language else None,
            "status": "translated" if language else "copied",
            "warnings": list(_warnings(source)),
        }
        if language and question.alternatives:
            segment["alternatives"] = [
                f"{target} ({number})" for number in range(1, question.alternatives + 1)
            ]
        yield segment


def _warnings(source: str) -> Iterator[dict[str, Any]]:
    if LOSES_FIGURES in source:
        yield {"code": "figures", "figures": re.findall(r"\d+", source)}
    if UNSURE in source:
        yield {"code": "unsure"}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _model(
    name: str, source: str, target: str, *, demonstration: bool = False
) -> dict[str, str | bool]:
    return {"name": name, "source": source, "target": target, "demonstration": demonstration}


def _error(status: int, message: str, retry_after: int | None = None) -> httpx.Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return httpx.Response(status, json={"error": message}, headers=headers)
