"""Forms of OpenAI's chat completions: the answer, the same as a stream of events, and errors."""

import json
import time
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from web.compat.keepalive import JSON_ANSWER, Rendering
from web.errors import (
    BudgetSpentError,
    NotFoundError,
    RateError,
    UnauthenticatedError,
    UserError,
)
from web.translation.batch import Answer

# Errors in OpenAI's kinds and codes, the particular ones first.
INVALID = "invalid_request_error"
KINDS_OF_ERRORS: list[tuple[type[UserError], str, str]] = [
    (BudgetSpentError, "insufficient_quota", "insufficient_quota"),
    (RateError, "requests", "rate_limit_exceeded"),
    (UnauthenticatedError, INVALID, "invalid_api_key"),
]


class UnknownModelError(NotFoundError):
    """Unknown model: its name is no pair of languages that is installed."""

    def __init__(self, models: Collection[str]) -> None:
        super().__init__(f"There is no such model. Installed: {', '.join(models) or 'none'}.")


def chat_error(error: UserError) -> JSONResponse:
    """An error as OpenAI's clients read it."""
    return JSONResponse(_error_fields(error), error.status)


@dataclass(frozen=True, slots=True)
class Completion:
    """Completion: the user's text and its translation. Its usage is counted in characters."""

    text: str
    answer: Answer

    @property
    def usage(self) -> dict[str, int]:
        """Characters, where OpenAI has tokens: the budgets of keys are counted in them."""
        sent, given = len(self.text), len(self.answer.text)
        return {
            "prompt_tokens": sent,
            "completion_tokens": given,
            "total_tokens": sent + given,
        }

    @property
    def warnings(self) -> dict[str, Any]:
        """A field that OpenAI has not, so only where there is something to say."""
        return {"warnings": self.answer.warnings} if self.answer.warnings else {}


@dataclass(frozen=True, slots=True)
class Head:
    """The fields that an answer and all of its events have in common."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, completion: Completion) -> dict[str, Any]:
        """The answer in one piece."""
        message = {"role": "assistant", "content": completion.answer.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        fields = self._fields("chat.completion", [choice])
        return fields | {"usage": completion.usage} | completion.warnings

    def piece(self, delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
        """An event that adds `delta`."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return self._fields("chat.completion.chunk", [choice])

    def counted(self, completion: Completion) -> dict[str, Any]:
        """The event that has no choices, and the usage."""
        return self._fields("chat.completion.chunk", []) | {"usage": completion.usage}

    def _fields(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }


def answer_in_one(head: Head) -> Rendering:
    """The answer in one piece."""
    return Rendering(
        lambda completion: JSON_ANSWER.whole(head.whole(completion)),
        JSON_ANSWER.pulse,
        JSON_ANSWER.media_type,
    )


def answer_in_events(head: Head, *, counted: bool) -> Rendering:
    """The answer as server-sent events: the text in one of them, and its usage if it is wanted."""
    # Clients read a comment of the event stream as a broken event, so this is one without text.
    begun = head.piece({"role": "assistant", "content": ""})

    def events(completion: Completion) -> Iterator[bytes]:
        yield _event(begun)
        yield _event(head.piece({"content": completion.answer.text}))
        yield _event(head.piece({}, "stop") | completion.warnings)
        if counted:
            yield _event(head.counted(completion))
        yield b"data: [DONE]\n\n"

    return Rendering(
        lambda completion: b"".join(events(completion)),
        _event(begun),
        "text/event-stream",
        failed=lambda error: _event(_error_fields(error)),
        headers={"Cache-Control": "no-cache"},
    )


def _event(value: dict[str, Any]) -> bytes:
    """An event, all ASCII: Pot and Zotero cut a stream at `data:` and decode it in any pieces."""
    return b"data: " + json.dumps(value).replace("data:", "data\\u003a").encode() + b"\n\n"


def _error_fields(error: UserError) -> dict[str, Any]:
    kind, code = (
        "server_error" if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR else INVALID,
        error.code,
    )
    for each, its_kind, its_code in KINDS_OF_ERRORS:
        if isinstance(error, each):
            kind, code = its_kind, its_code
            break
    unknown = isinstance(error, UnknownModelError)
    return {
        "error": {
            "message": error.message,
            "type": kind,
            "param": "model" if unknown else None,
            "code": "model_not_found" if unknown else code,
        }
    }
