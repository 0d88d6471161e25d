"""OpenAPI schemas of DeepLX's, Immersive Translate's and OpenAI's questions and answers."""

from web.http.openapi_schema import (
    WARNINGS,
    Schema,
    errors,
    gives,
    language,
    many,
    question,
    sends,
    string,
    thing,
)

TEXT = string("A text.")
# The API key, for clients that can send no header.
TOKEN = {
    "parameters": [
        {"name": "token", "in": "query", "schema": string("An API key, where there is no header.")}
    ]
}
SOURCE = {
    "anyOf": [
        language("Its language; auto or nothing: found out.", "SOURCE or auto"),
        {"const": ""},
    ]
}
TARGET = language("The language to translate to.", "TARGET")


def _integer(description: str) -> Schema:
    return {"type": "integer", "description": description}


# DeepLX

DEEPLX_BODY = TOKEN | sends(
    json=question(
        ["text", "target_lang"],
        text=string("The text.", minLength=1),
        source_lang=SOURCE,
        target_lang=TARGET,
        tag_handling={"enum": ["html", "xml", ""]},
    )
    | {"example": {"text": "Guten Morgen!", "source_lang": "auto", "target_lang": "EN"}}
)
DEEPLX_ANSWER = thing(
    ["code", "id", "data", "alternatives", "source_lang", "target_lang", "method"],
    code={"const": 200},
    id=_integer("A random number."),
    data=string("The translation."),
    alternatives=many(TEXT, maxItems=3, description="Others; none of a text of several passages."),
    source_lang=string("The language of the text, in upper case."),
    target_lang=string("As it was sent."),
    method={"const": "Free"},
    warnings=WARNINGS,
)
DEEPLX_ERROR = thing(
    ["code", "message"], code=_integer("The status."), message=string("What is wrong.")
)
DEEPLX_TRANSLATED = {200: gives("The translation.", json=DEEPLX_ANSWER)} | errors(
    DEEPLX_ERROR, 400, 401, 403, 404, 413, 429, 500, 503
)

# Immersive Translate

IMMERSIVE_BODY = TOKEN | sends(
    json=question(
        ["text_list", "target_lang"],
        text_list=many(TEXT, minItems=1, description="The texts."),
        source_lang=SOURCE,
        target_lang=TARGET,
    )
    | {"example": {"source_lang": "auto", "target_lang": "en", "text_list": ["Guten Morgen!"]}}
)
IMMERSIVE_ANSWER = thing(
    ["translations"],
    translations=many(
        thing(
            ["detected_source_lang", "text"],
            detected_source_lang=string("The code of a language."),
            text=string("The translation."),
            warnings=WARNINGS,
        )
    ),
)
IMMERSIVE_ERROR = thing(
    ["error", "code"], error=string("What is wrong."), code=string("Its kind, for programs.")
)
IMMERSIVE_TRANSLATED = {200: gives("One for each text.", json=IMMERSIVE_ANSWER)} | errors(
    IMMERSIVE_ERROR, 400, 401, 403, 413, 429, 500, 503
)

# OpenAI

PART = thing(["type", "text"], type={"const": "text"}, text=TEXT)
MESSAGE = thing(["role", "content"], role={"const": "user"}, content={"anyOf": [TEXT, many(PART)]})
MESSAGES = many(
    {"description": "A message."},
    contains=MESSAGE,
    description="The last one of the user is translated, the others mean nothing.",
)
CHAT_BODY = sends(
    json=question(
        ["model", "messages"],
        model=language("A pair of languages; auto finds out the source.", "model"),
        messages=MESSAGES,
        stream={"type": "boolean", "default": False, "description": "Answer with events."},
        stream_options={"description": "With `include_usage` the last event counts."},
        n={"const": 1},
        temperature={"description": "Means nothing here, as others do."},
    )
    | {
        "example": {
            "model": "de-en",
            "messages": [{"role": "user", "content": "Guten Morgen!"}],
        }
    }
)
USAGE = thing(
    ["prompt_tokens", "completion_tokens", "total_tokens"],
    prompt_tokens=_integer("Characters of the text, not tokens: keys have budgets of them."),
    completion_tokens=_integer("Characters of the translation."),
    total_tokens=_integer("Both."),
)
CHOICE = thing(
    ["index", "message", "finish_reason"],
    index={"const": 0},
    message=thing(["role", "content"], role={"const": "assistant"}, content=TEXT),
    finish_reason={"const": "stop"},
)
COMPLETION = thing(
    ["id", "object", "created", "model", "choices", "usage"],
    id=string("A random name."),
    object={"const": "chat.completion"},
    created=_integer("Seconds since 1970."),
    model=string("The pair of languages."),
    choices=many(CHOICE, minItems=1, maxItems=1),
    usage=USAGE,
    warnings=WARNINGS,
)
EVENTS = thing(["data"], data=string("A chat.completion.chunk, or at the end [DONE]."))
CHAT_ERROR = thing(
    ["error"],
    error=thing(
        ["message", "type", "param", "code"],
        message=string("What is wrong."),
        type=string("Its kind in OpenAI's words."),
        param={"anyOf": [string("The parameter."), {"type": "null"}]},
        code=string("Its kind, for programs."),
    ),
)
CHAT_ERRORS = errors(CHAT_ERROR, 400, 401, 403, 404, 413, 429, 500, 503)
CHAT_COMPLETED = {
    200: gives("The translation, or events with `stream`.", json=COMPLETION, events=EVENTS)
} | CHAT_ERRORS
MODEL = thing(
    ["id", "object", "created", "owned_by"],
    id=string("A pair of languages."),
    object={"const": "model"},
    created=_integer("0: it is not known."),
    owned_by=TEXT,
)
MODELS = thing(["object", "data"], object={"const": "list"}, data=many(MODEL))
CHAT_MODELS = {200: gives("All models.", json=MODELS)} | errors(CHAT_ERROR, 401, 403, 429, 500, 503)
