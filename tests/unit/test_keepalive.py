"""Answers that take long are kept alive: as JSON, and as a stream of events."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.responses import StreamingResponse

from web.compat.chat_answers import Completion, Head, answer_in_events
from web.compat.keepalive import JSON_ANSWER, Rendering, with_keepalive
from web.errors import TranslatorUnavailableError
from web.text.detection import Guess
from web.translation.batch import Answer

# Seconds: a pulse comes at once.
EVERY = 0.001
TRANSLATED = Completion("Ja", Answer("Yes", Guess("de", 1.0)))


async def parts_of(work: Any, rendering: Rendering) -> list[bytes]:
    """The parts of an answer whose work is done, or fails, after two pulses."""
    two = asyncio.Event()

    async def slow() -> Any:
        await two.wait()
        if isinstance(work, Exception):
            raise work
        return work

    answer = await with_keepalive(slow(), replace(rendering, every=EVERY))
    assert isinstance(answer, StreamingResponse)
    parts = list[bytes]()
    async for part in answer.body_iterator:
        assert isinstance(part, bytes)
        parts.append(part)
        if len(parts) == 2:
            two.set()
    return parts


async def test_white_space_stands_before_json() -> None:
    parts = await parts_of({"data": "Yes"}, JSON_ANSWER)
    assert parts[:2] == [b" ", b" "]
    assert json.loads(b"".join(parts)) == {"data": "Yes"}


async def test_an_error_of_json_that_has_begun_breaks_it_off() -> None:
    with pytest.raises(TranslatorUnavailableError):
        await parts_of(TranslatorUnavailableError("It is away."), JSON_ANSWER)


async def test_events_without_text_stand_before_those_with_some() -> None:
    parts = await parts_of(TRANSLATED, answer_in_events(Head("de-en"), counted=False))
    *found, done, _ = b"".join(parts).decode().split("\n\n")
    deltas = [json.loads(each.removeprefix("data: "))["choices"][0]["delta"] for each in found]
    assert deltas[:2] == [{"role": "assistant", "content": ""}] * 2
    assert "".join(each.get("content", "") for each in deltas) == "Yes"
    assert done == "data: [DONE]"


async def test_an_error_of_events_that_have_begun_is_one_of_them() -> None:
    error = TranslatorUnavailableError("It is away.")
    *_, last = await parts_of(error, answer_in_events(Head("de-en"), counted=False))
    said = json.loads(last.removeprefix(b"data: "))["error"]
    assert (said["message"], said["type"]) == ("It is away.", "server_error")
