"""HTTP client of the translator service."""

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from pydantic_core import from_json, to_json

from web.errors import TranslatorRefusedError, TranslatorUnavailableError
from web.messages import N_
from web.settings import Quality
from web.telemetry.logs import request_id
from web.telemetry.requests import HEADER
from web.text.sentences import CHOSEN, Sentence, spans_of
from web.translator_client.connections import Connections
from web.translator_client.exchange import (
    ERROR,
    SERVER_ERROR,
    ExchangeError,
    HttpAnswer,
    HttpRequest,
    NoAnswerError,
    Transport,
    whole_body,
)
from web.translator_client.load_balancing import LeastBusyReplicas

# Media type of newline-delimited JSON: one object per line.
NDJSON = "application/x-ndjson"
AWAY = N_(
    "The translator does not answer just now. Nothing is lost on your side: try again in a moment."
)
NOT_IT = N_("What answers in the translator's place is not it.")
# Most texts of one request.
MOST_TEXTS = 1_000
# Most connections, to all replicas of the translator together.
CONNECTIONS = 200
# Longest wait for the list of models; no user waits for a text to be accepted because of it.
MODELS_SECONDS = 2.0
# Longest wait for a replica's metrics.
METRICS_SECONDS = 2.0
# Age up to which the list of models is used again: it changes with a restart of the translator.
MODELS_KNOWN_SECONDS = 5.0

# draft: decoded greedily, for what is replaced soon.
AskedQuality = Quality | Literal["draft"]


@dataclass(frozen=True, slots=True)
class Model:
    """Installed model; `source` and `target` are language codes."""

    name: str
    source: str
    target: str
    demonstration: bool


class AskedTerm(Protocol):
    """Interface of a glossary's term, as the translator is told of it."""

    @property
    def source(self) -> str:
        """The term."""

    @property
    def target(self) -> str:
        """How it is to be translated."""

    @property
    def match_case(self) -> bool:
        """Whether only what is written as it is matches."""

    @property
    def inflected(self) -> bool:
        """Whether its inflected forms match."""

    @property
    def compounds(self) -> bool:
        """Whether a part of a longer word matches."""


@dataclass(frozen=True, slots=True)
class TranslatedPart:
    """Part of a translated passage: a segment's source and target, each with its separator."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Translated:
    """Translated passage. `segments` are as the translator's API describes them."""

    text: str
    model: str
    segments: list[dict[str, Any]]

    @property
    def score(self) -> float | None:
        """Mean score (0 to 1) of the segments that the model translated, weighted by length."""
        scores = [(each["score"], len(each["source"])) for each in self.segments]
        # What a person made of a sentence is no model's, and has no such score.
        scored = [each for each in scores if each[0] is not None and each[0] < CHOSEN]
        weight = sum(length for _, length in scored)
        return sum(score * length for score, length in scored) / weight if weight else None

    @property
    def spans(self) -> str:
        """Spans of its sentences; see `web.text.sentences`."""
        return spans_of(self.segments)

    def alternatives(self, most: int) -> list[str]:
        """Up to `most` other translations of the whole, the best first, when they were asked for.

        Each takes the next alternative of every segment that has one.
        """
        count = min(
            most, max((len(each.get("alternatives", ())) for each in self.segments), default=0)
        )
        return [
            "".join(_nth(each, number) + each["separator"] for each in self.segments)
            for number in range(count)
        ]


class TranslatorClient:
    """Client of the translator service."""

    def __init__(self, replicas: LeastBusyReplicas, seconds: float, prefix: str = "") -> None:
        """No part of an answer may take longer than `seconds`; paths begin with `prefix`."""
        self._replicas = replicas
        self._seconds = seconds
        self._prefix = prefix
        self._models: list[Model] = []
        self._models_until = 0.0
        self.answers = Counter[tuple[str, str]]()  # by path and status; also away, broken

    async def translate(  # noqa: PLR0913 - what can be said of a translation, by name
        self,
        text: str,
        source: str,
        target: str,
        hear: Callable[[TranslatedPart], None] | None = None,
        *,
        alternatives: int = 0,
        sentences: bool = True,
        background: bool = False,
        known: Sequence[Sentence] = (),
        quality: AskedQuality = "best",
        terms: Sequence[AskedTerm] = (),
    ) -> Translated:
        """Translate one passage in a `quality`.

        With `alternatives`, each segment comes with up to so many; with `sentences` false a line
        is one segment; with `background` what others wait for goes first; segments that are the
        source of a `known` sentence get its target; `terms` are those of a glossary that may
        occur in the text, and are translated as it says. `hear` is given the parts of it, in
        order, as they are done. Raises TranslatorUnavailableError when there is no answer, or
        none in time (parts may have been heard), and TranslatorRefusedError when the
        translator says that the request is wrong.
        """
        question: dict[str, Any] = {
            "text": text,
            "source": source,
            "target": target,
            "alternatives": alternatives,
            "sentences": sentences,
            "background": background,
            "quality": quality,
        }
        if known:
            question["known"] = [_known(each) for each in known]
        if terms:
            question["terms"] = _terms(terms)
        if hear is None:
            found = await self.ask("POST", "/translate", question)
            return Translated(found["text"], found["model"], found["segments"])
        segments: list[dict[str, Any]] = []
        async with self._answering("POST", "/translate", question, NDJSON) as answer:
            async for fields in _lines(answer):
                if "model" in fields:
                    whole = "".join(each["target"] + each["separator"] for each in segments)
                    return Translated(whole, fields["model"], segments)
                segments.append(fields)
                separator = fields["separator"]
                hear(TranslatedPart(fields["source"] + separator, fields["target"] + separator))
        raise TranslatorUnavailableError(AWAY)  # it broke off

    async def translate_all(  # noqa: PLR0913 - as of one
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        *,
        alternatives: int = 0,
        sentences: bool = True,
        known: Sequence[Sentence] = (),
        quality: Quality = "best",
        terms: Sequence[AskedTerm] = (),
    ) -> list[Translated]:
        """Translate several texts, at most MOST_TEXTS, in one request, as `translate` does one.

        Raises TranslatorUnavailableError, TranslatorRefusedError.
        """
        if len(texts) < 2:  # noqa: PLR2004 - one needs no list
            return [
                await self.translate(
                    text,
                    source,
                    target,
                    alternatives=alternatives,
                    sentences=sentences,
                    known=known,
                    quality=quality,
                    terms=terms,
                )
                for text in texts
            ]
        question: dict[str, Any] = {
            "texts": texts,
            "source": source,
            "target": target,
            "alternatives": alternatives,
            "sentences": sentences,
            "quality": quality,
        }
        if terms:
            question["terms"] = _terms(terms)
        if known:
            question["known"] = [_known(each) for each in known]
        found = await self.ask("POST", "/translate", question)
        return [
            Translated(each["text"], found["model"], each["segments"]) for each in found["texts"]
        ]

    async def segments(
        self, texts: Sequence[str], source: str, target: str, *, sentences: bool = True
    ) -> list[list[str]]:
        """Segmentation: the sources of each text's segments, as `translate` has them.

        Raises TranslatorUnavailableError, TranslatorRefusedError.
        """
        question = {"texts": texts, "source": source, "target": target, "sentences": sentences}
        found = await self.ask("POST", "/segments", question)
        return [[each["source"] for each in text] for text in found["texts"]]

    async def models(self) -> list[Model]:
        """Installed models, from memory for MODELS_KNOWN_SECONDS and while the translator is away.

        Raises TranslatorUnavailableError when it was never reached.
        """
        now = asyncio.get_running_loop().time()
        if now < self._models_until:
            return self._models
        try:
            async with asyncio.timeout(MODELS_SECONDS):
                self._models = [Model(**each) for each in await self.ask("GET", "/models")]
            self._models_until = now + MODELS_KNOWN_SECONDS
        except (TranslatorUnavailableError, TimeoutError):
            if not self._models:
                raise TranslatorUnavailableError(AWAY) from None
        return self._models

    async def healthy(self) -> bool:
        """Health check: whether a translation would work now."""
        try:
            await self.ask("GET", "/health")
            await self.models()  # long texts are taken in later on while the translator is away
        except (TranslatorUnavailableError, TranslatorRefusedError):
            return False
        return True

    async def figures(self, names: tuple[str, ...]) -> dict[str, dict[str, float] | None]:
        """Metrics, those of `names`, of every replica by its address; None where none answers."""
        try:
            answers = await self._replicas.everywhere(
                HttpRequest("GET", f"{self._prefix}/metrics"), METRICS_SECONDS
            )
        except NoAnswerError:
            return {}
        return {
            where: None if answer is None else _figures(answer, names)
            for where, answer in answers.items()
        }

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask one thing: the JSON of the answer.

        Raises TranslatorUnavailableError, TranslatorRefusedError.
        """
        async with self._answering(method, path, body) as answer:
            try:
                return from_json(await whole_body(answer))
            except ValueError as error:
                raise TranslatorUnavailableError(NOT_IT) from error

    @asynccontextmanager
    async def _answering(
        self, method: str, path: str, body: dict[str, Any] | None, accept: str = "*/*"
    ) -> AsyncIterator[HttpAnswer]:
        """An answer that is no error, while it streams in."""
        headers = {"Accept": accept}
        if identity := request_id.get():
            headers[HEADER] = identity
        content = b""
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = to_json(body)
        request = HttpRequest(method, self._prefix + path, content, headers)
        outcome = "broken"
        try:
            answer = await self._replicas.send(request, self._seconds)
            try:
                if answer.status >= ERROR:
                    outcome = str(answer.status)
                    raise _error(answer, await whole_body(answer))
                yield answer
                outcome = str(answer.status)
            finally:
                await answer.aclose()
        except ExchangeError as error:
            outcome = "away"
            raise TranslatorUnavailableError(AWAY) from error
        finally:
            self.answers[path, outcome] += 1


def _known(sentence: Sentence) -> dict[str, Any]:
    """A sentence that is translated already, as the translator is told of it."""
    return {
        "source": sentence.source,
        "target": sentence.target,
        "score": sentence.score,
        "warnings": [
            {"code": each.code, "figures": list(each.figures)} for each in sentence.warnings
        ],
    }


def _terms(terms: Sequence[AskedTerm]) -> list[dict[str, Any]]:
    return [
        {
            "source": each.source,
            "target": each.target,
            "match_case": each.match_case,
            "inflected": each.inflected,
            "compounds": each.compounds,
        }
        for each in terms
    ]


def _nth(segment: dict[str, Any], number: int) -> str:
    """A segment's alternative with a number, or its translation when it has not so many."""
    others: list[str] = segment.get("alternatives", [])
    return others[number] if number < len(others) else str(segment["target"])


def _error(answer: HttpAnswer, body: bytes) -> TranslatorUnavailableError | TranslatorRefusedError:
    if answer.status >= SERVER_ERROR:
        away = TranslatorUnavailableError(
            N_("The translator is busy or starting. Try again in a moment.")
        )
        retry_after = answer.headers.get("retry-after", "")
        away.retry_after = int(retry_after) if retry_after.isdigit() else away.retry_after
        return away
    try:
        return TranslatorRefusedError(str(json.loads(body)["error"]))
    except (ValueError, TypeError, KeyError):
        return TranslatorUnavailableError(NOT_IT)


def _figures(text: bytes, names: tuple[str, ...]) -> dict[str, float] | None:
    lines = (line.split(" ") for line in text.decode("utf-8", "replace").splitlines())
    try:
        found = {line[0]: float(line[1]) for line in lines if line[0] in names}
    except (IndexError, ValueError):
        return None
    return found if len(found) == len(names) else None


async def _lines(answer: HttpAnswer) -> AsyncIterator[dict[str, Any]]:
    """The objects of NDJSON."""
    rest = b""
    async for part in answer.parts():
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError as error:
                raise TranslatorUnavailableError(NOT_IT) from error


@asynccontextmanager
async def open_translator(
    url: str,
    seconds: float,
    connections: int = CONNECTIONS,
    transport: Transport | None = None,
) -> AsyncIterator[TranslatorClient]:
    """Context manager: a client for the translator at `url`; a passage has up to `seconds`.

    Every passage has its own connection while it is on its way; more than `connections` wait.
    `transport` carries the requests; by default they go over the network. Raises ValueError when
    `url` is no address of HTTP.
    """
    where = urlsplit(url)
    if where.scheme not in {"http", "https"} or not where.hostname:
        raise ValueError("the translator's address begins with http:// or https:// and a host")
    host, secure = where.hostname, where.scheme == "https"
    port = where.port or (443 if secure else 80)
    if transport is None:
        tls = ssl.create_default_context() if secure else None
        transport = Connections(host, port, tls, connections)
    replicas = LeastBusyReplicas(transport, host, port)
    try:
        yield TranslatorClient(replicas, seconds, where.path.rstrip("/"))
    finally:
        await replicas.aclose()
