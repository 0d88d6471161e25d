"""OpenAPI schemas of the project's own API; its answers are pydantic models."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from web.http.openapi_schema import WARNING_CODES, WHY, Schema, language, question, string, thing

TEXT = string("The text. What stands between its sentences stays as it is.")
QUALITY: Schema = {
    "enum": ["best", "fast"],
    "description": "best: as well as the model can. fast: with a smaller beam, faster and up to "
    "0.7 BLEU worse. The server's setting where it is missing.",
}
GLOSSARY: Schema = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"const": False}],
    "description": "The id or the name of a glossary of this pair; none or false for none. The "
    "pair's default one where it is missing, if there is one.",
}
OWN = question(
    ["text"],
    text=TEXT,
    source=language("Its language; de when it is missing.", "source"),
    target=language("The language to translate to; en when it is missing.", "target"),
    quality=QUALITY,
    glossary=GLOSSARY,
    memory={
        "type": "boolean",
        "description": "Whether the translation memory is used; true when it is missing.",
    },
)
OLD = thing(["text_de"], text_de=string("A German text."))
PLAIN = string("The text, of any length; the answer streams while it arrives.")
# Plain strings: a question for another interface at this address may have anything there.
QUERY = [
    {"name": name, "in": "query", "schema": string(f"{what}, where the body names none.")}
    for name, what in (
        ("source", "A language"),
        ("target", "A language"),
        ("quality", "best or fast"),
        ("glossary", "A glossary's id or name, or none"),
        ("memory", "false for none"),
    )
]
# Kinds of errors, for programs; the classes in web/errors.py and below have them as `code`, and
# Starlette's own refusals the name of their status.
ErrorCode = Literal[
    "bad_request",
    "budget_spent",
    "conflict",
    "document_not_ready",
    "document_refused",
    "forbidden",
    "glossary_refused",
    "internal_error",
    "method_not_allowed",
    "no_model",
    "not_found",
    "rate_limited",
    "store_unavailable",
    "tmx_refused",
    "too_large",
    "translator_refused",
    "translator_unavailable",
    "unauthenticated",
    "unsupported_media_type",
    "wrong_language",
]


class ErrorAnswer(BaseModel):
    """An error: a sentence for people, a code for programs."""

    error: str = Field(description="What happened, what was kept, what to do.")
    code: ErrorCode = Field(description="Its kind; it stays when the words change.")


class WarningAnswer(BaseModel):
    """A warning: what is doubtful about a sentence."""

    code: str = Field(description=WARNING_CODES)
    source: str = Field(description="The sentence; for language the first one of the text.")
    target: str = Field(description="Its translation.")
    figures: list[str] | None = Field(
        None, description="The figures that its translation lacks, and those that only that has."
    )
    language: str | None = Field(None, description="The language that the text is in instead.")


class RememberedAnswer(BaseModel):
    """A sentence that was not translated by the model, but taken from the translation memory."""

    source: str
    target: str


class DetectedLanguage(BaseModel):
    """The language that a text is clearly in."""

    language: str = Field(description="Its code.")
    confidence: float = Field(description="From 0 to 1.", ge=0, le=1)


class TranslationAnswer(BaseModel):
    """A translation as it is now. A short one has no `status` and no counts: it is done."""

    text: str = Field(description="The translation; the source where there is none yet.")
    model: str = Field(description="The model's name.")
    id: int | None = Field(description="Null where it could not be stored.")
    stored: bool
    kept: bool | None = Field(None, description="Not stored yet, but it will be.")
    warnings: list[WarningAnswer] = Field(
        description="Doubtful sentences in their order; a text without any has every figure."
    )
    memory: list[RememberedAnswer] | None = Field(
        None, description="Sentences that the translation memory had; missing where it had none."
    )
    detected_language: DetectedLanguage | None = Field(
        None,
        description="The language that the text is in; missing where it is short, mixed or no "
        "prose, so that its language is not clear.",
    )
    status: Literal["receiving", "running", "done", "cancelled", "interrupted"] | None = None
    passages: int | None = None
    passages_done: int | None = None
    message: str | None = Field(None, description="What to do next.")


class SentenceAnswer(BaseModel):
    """A sentence and its translation."""

    number: int = Field(description="In its passage, from 0.")
    source: str
    target: str
    separator: str = Field(description="The white space after both.")
    corrected: bool = Field(description="A person or a program has chosen its translation.")


class PassageAnswer(BaseModel):
    """A passage; its sentences are there when it is translated."""

    seq: int = Field(description="In the translation, from 0.")
    status: Literal["open", "done", "failed"]
    sentences: list[SentenceAnswer]


class CorrectedAnswer(BaseModel):
    """A correction that is stored."""

    sentence: SentenceAnswer
    correction: int | None = Field(description="To undo it by; null where nothing was to change.")
    equal: int = Field(
        description="Other sentences of the translation with the same source and another target."
    )
    equal_correction: int | None = Field(description="To undo the change of all equal ones by.")
    equal_changed: int = Field(description="How many equal ones were changed, too.")


class CorrectionAnswer(BaseModel):
    """A correction, of one sentence or of several equal ones."""

    id: int
    seq: int = Field(description="The passage of its first sentence.")
    number: int = Field(description="The number of its first sentence.")
    source: str
    before: str
    after: str
    by: str = Field(description="The name of the key; empty without keys.")
    at: str = Field(description="When, UTC in ISO 8601.")
    sentences: int = Field(description="How many sentences were changed.")


class CorrectionsAnswer(BaseModel):
    """Corrections, the newest first."""

    corrections: list[CorrectionAnswer]


class UndoneAnswer(BaseModel):
    """A correction that was undone."""

    undone: int = Field(description="Sentences that are as they were before.")
    left: int = Field(description="Sentences that were changed again since then, and stay.")


class OldAnswer(BaseModel):
    """The answer to `text_de`, as the older program gave it."""

    text_en: str = Field(description="In English.")


class HealthAnswer(BaseModel):
    """Whether the service works; what is away is named."""

    status: Literal["ok", "degraded", "failing"]
    translator: Literal["ok", "away"] | None = None
    database: Literal["ok", "away"] | None = None
    failing: list[str] | None = Field(
        None, description="Background loops that keep failing, by name; the log says where."
    )
    unstored: int | None = Field(None, description="Translations that wait for the database.")


Responses = dict[int | str, dict[str, Any]]


def errors_of(*statuses: int, model: Any = ErrorAnswer, content: Schema | None = None) -> Responses:
    """Responses for errors: a model for JSON, and maybe other `content` besides."""
    return {
        each: {"description": WHY[each], "model": model}
        | ({"content": dict(content)} if content else {})
        for each in statuses
    }


SAID = {"schema": string("What happened, what was kept, what to do.")}
ONE = errors_of(400, 401, 403, 404, 429, 500, 503)
CHANGE = errors_of(400, 401, 403, 404, 409, 413, 429, 500, 503)
TRANSLATION = {
    200: {"description": "A translation as it is now.", "model": TranslationAnswer},
    **ONE,
}
HEALTH: Responses = {
    200: {
        "description": "It works; what is away or keeps failing is named.",
        "model": HealthAnswer,
    },
    503: {"description": "It can do nothing.", "model": HealthAnswer},
}


def translated_text(theirs: type[BaseModel], their_error: type[BaseModel]) -> Responses:
    """Responses of `POST /translate`, where another interface answers besides the own API."""
    return {
        200: {
            "description": "The translation, in the form of the question.",
            "model": TranslationAnswer | OldAnswer | theirs,
            "content": {"text/plain": {"schema": TEXT}},
        },
        202: {
            "description": "Stored, and still being translated: ask for it again.",
            "model": TranslationAnswer,
        },
        303: {"description": "The page's own form: to the translation's address."},
        **errors_of(
            *(400, 401, 403, 404, 409, 413, 415, 429, 500, 503),
            model=ErrorAnswer | their_error,
            content={"text/plain": SAID, "text/html": SAID},
        ),
    }


def file(media_type: str) -> Responses:
    """A file as the answer."""
    return {200: {"description": "The file.", "content": {media_type: {"schema": TEXT}}}}
