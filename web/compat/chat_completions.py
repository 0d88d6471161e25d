"""OpenAI's chat completions: the last message of the user is translated, whole and as it is.

A model is a pair of languages: `de-en`, or `auto-en`, which detects the source. There is no
instruction that it understands, so none is looked for in the text either: the client's template of
a prompt must be the text alone.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.compat import further_schema, questions
from web.compat.chat_answers import (
    Completion,
    Head,
    UnknownModelError,
    answer_in_events,
    answer_in_one,
)
from web.compat.keepalive import Rendering, with_keepalive
from web.compat.parameters import Parameters
from web.dependencies import AccessControlDep, BatchTranslatorDep, CallerDep, SettingsDep
from web.errors import UserError
from web.translation.batch import BatchRequest, BatchTranslator

router = APIRouter(prefix="/v1", tags=["OpenAI"])

# Owner of all models in the list.
OWNER = "unlimited-translation"
# Longest name of a model, in characters: two codes of languages.
MOST_NAME = 2 * questions.MOST_CODE + 1
# What the answer would have to be another one for; temperature and the like mean nothing.
ONE_TRANSLATION = "There is one translation of a text: send no 'n', or 1."
NO_TOOLS = "This translates, and calls no tools: send none."
NO_FORM = "A translation has the form of its text: send no 'response_format', or type text."
TEXT_ALONE = "Only text is translated, and the last message of the user holds something else."


@router.post(
    "/chat/completions",
    openapi_extra=further_schema.CHAT_BODY,
    responses=further_schema.CHAT_COMPLETED,
)
async def chat_completion(
    request: Request,
    access: AccessControlDep,
    batch_translator: BatchTranslatorDep,
    settings: SettingsDep,
    caller: CallerDep,
) -> Response:
    """Translate the last message of the user; the model's name says the languages.

    With `stream` the answer is server-sent events. Raises UserError's kinds.
    """
    sent = await questions.read_question(request, settings.max_json_bytes, access)
    text = last_user_text(sent)
    model, source, target = _model(sent.one("model"), await batch_translator.targets())
    wanted = BatchRequest("openai", source, target, caller=caller)
    return await with_keepalive(
        _completed(text, wanted, batch_translator), _rendering(sent, Head(model))
    )


@router.get("/models", responses=further_schema.CHAT_MODELS)
async def chat_models(batch_translator: BatchTranslatorDep) -> dict[str, Any]:
    """The models: the pairs of languages that are installed."""
    names = pairs_of(await batch_translator.targets())
    listed = [{"id": each, "object": "model", "created": 0, "owned_by": OWNER} for each in names]
    return {"object": "list", "data": listed}


def pairs_of(targets: Mapping[str, list[str]]) -> dict[str, tuple[str | None, str]]:
    """The source (None: it is detected) and the target of each model, by its name.

    `targets` is as BatchTranslator gives it.
    """
    pairs = [(source, each) for source, found in targets.items() for each in found[1:]]
    named = {f"{source}-{target}": (source, target) for source, target in pairs}
    return named | {f"auto-{target}": (None, target) for _, target in pairs}


def last_user_text(sent: Parameters) -> str:
    """The text of the last message of the user; of a list of parts each is a line or several.

    Raises UserError where there is none, and for what can be no translation of it.
    """
    if sent.one("tools") or sent.one("functions"):
        raise UserError(NO_TOOLS)
    if sent.one("n") not in (None, 1) or sent.one("n") is True:
        raise UserError(ONE_TRANSLATION)
    if sent.one("response_format") not in (None, {"type": "text"}):
        raise UserError(NO_FORM)
    if not isinstance(sent.one("stream"), bool | None):
        raise UserError(questions.UNSUPPORTED.format("stream"))
    messages = sent.one("messages")
    if not isinstance(messages, list):
        raise UserError(questions.MISSING.format("messages"))
    objects = [each for each in messages if isinstance(each, dict)]
    of_the_user = [each.get("content") for each in objects if each.get("role") == "user"]
    if not of_the_user:
        raise UserError("There is no message of the user, and nothing to translate.")
    content = of_the_user[-1]
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    return "\n".join(map(_part, parts))


def _part(part: Any) -> str:
    text = part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None
    if not isinstance(text, str):
        raise UserError(TEXT_ALONE)
    return text


def _model(name: Any, targets: Mapping[str, list[str]]) -> tuple[str, str | None, str]:
    """The model's own name, its source and its target. Raises UserError, UnknownModelError."""
    pairs = pairs_of(targets)
    if not name:
        raise UserError(f"Send a pair of languages as 'model'. Installed: {', '.join(pairs)}.")
    if isinstance(name, str) and name.isascii() and len(name) <= MOST_NAME:
        parts = name.split("-")
        for number in range(1, len(parts)):
            halves = "-".join(parts[:number]), "-".join(parts[number:])
            if max(map(len, halves)) <= questions.MOST_CODE:
                known = "-".join(questions.code_of(each, "model", targets) for each in halves)
                if known in pairs:
                    return known, *pairs[known]
    raise UnknownModelError(pairs)


def _rendering(sent: Parameters, head: Head) -> Rendering:
    if sent.one("stream") is not True:
        return answer_in_one(head)
    options = sent.one("stream_options")
    counted = isinstance(options, dict) and options.get("include_usage") is True
    return answer_in_events(head, counted=counted)


async def _completed(
    text: str, wanted: BatchRequest, batch_translator: BatchTranslator
) -> Completion:
    (answer,) = await batch_translator.translate([text], wanted)
    return Completion(text, answer)
