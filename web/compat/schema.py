"""OpenAPI schemas of LibreTranslate's and DeepL's questions and answers."""

from typing import Any

from pydantic import BaseModel, Field

from web.http.openapi_schema import (
    DEEPL_ERROR,
    ERROR,
    WARNING_CODES,
    WARNINGS,
    errors,
    gives,
    language,
    many,
    question,
    sends,
    string,
    thing,
)

# LibreTranslate

KEY = string("An API key, where the server wants one.")
SOURCE = language("Its language, or auto.", "source or auto")
TARGET = language("The language to translate to.", "target")
Q = string("The text.", minLength=1)
# LibreTranslate has none; clients send what they do not set as an empty text.
GLOSSARY = {
    "anyOf": [{"type": "integer"}, {"const": False}, string("The same.")],
    "description": "A glossary by its id or name, or none; the default one of the pair when "
    "missing.",
}
NUMBER = string("The same, as clients send it, too.", pattern="^(-?[0-9]+)?$")
OPTIONS = {
    "source": SOURCE,
    "target": TARGET,
    "format": {"enum": ["text", "html", ""], "default": "text"},
    "alternatives": {"anyOf": [{"type": "integer", "maximum": 8}, NUMBER], "default": 0},
    "api_key": KEY,
    "glossary": GLOSSARY,
}
QUESTION = question(
    ["q", "source", "target"],
    q={"anyOf": [Q, many(string("A text."), minItems=1)], "description": "A text or several."},
    **OPTIONS,
)
# Parameters that are not in the form may be in the query string.
FORM = thing(["q"], q=Q, **OPTIONS)


class Detected(BaseModel):
    """The language of a text as it was found out."""

    confidence: int = Field(ge=0, le=100)
    language: str = Field(description="The code of a language.")


class LibreTranslateError(BaseModel):
    """An error as LibreTranslate's clients read it."""

    error: str = Field(description="What happened, what was kept, what to do.")


class LibreTranslateAnswer(BaseModel):
    """LibreTranslate's answer; where several texts were sent, each field is a list."""

    translatedText: str | list[str]  # noqa: N815 - LibreTranslate's names
    detectedLanguage: Detected | list[Detected] | None = None  # noqa: N815
    alternatives: list[str] | list[list[str]] | None = None
    warnings: list[dict[str, Any]] | list[list[dict[str, Any]]] | None = Field(
        None,
        description="Doubtful sentences, each with its code, source, target and figures; it is "
        f"there only where there are any. {WARNING_CODES}",
    )


DOUBTS = {
    "warnings": WARNINGS
    | {
        "description": "Those of the first 200 doubtful places, being unsure alone makes none; "
        "then of the first 200 subtitles that are read too fast."
    },
    "doubtful_places": {"type": "integer", "description": "How many there are."},
}
GUESS = thing(
    ["confidence", "language"],
    confidence={"type": "integer", "minimum": 0, "maximum": 100},
    language=string("The code of a language."),
)
TEXT = string("A text.")
DETECT = question(["q"], q=Q, api_key=KEY)
FILE = {"type": "string", "format": "binary", "description": "The document."}
DOCUMENT_FORM = {
    "bilingual": {
        "enum": ["below", "beside", ""],
        "description": "Both languages: each translation below its paragraph, or beside it.",
    },
    "output_format": string("The ending of the kind that is wanted; its own when missing."),
}
DOCUMENT_OPTIONS = {
    **DOCUMENT_FORM,
    "columns": string("Columns of a table that are translated: numbers or names, with commas."),
    "sheet_names": {"enum": ["true", "false", ""], "description": "Translate names of sheets."},
    "previous": string("An older translation of which it is a newer version: a number or an id."),
}
DOCUMENT_QUERY = {
    "parameters": [
        {"name": name, "in": "query", "schema": each} for name, each in DOCUMENT_FORM.items()
    ]
}
DOCUMENT = thing(
    ["file", "source", "target"],
    file=FILE,
    source=SOURCE,
    target=TARGET,
    api_key=KEY,
    glossary=GLOSSARY,
    **DOCUMENT_OPTIONS,
)
LANGUAGE = thing(["code", "name", "targets"], code=TEXT, name=TEXT, targets=many(TEXT))
NAMED = thing(["code", "name"], code=TEXT, name=TEXT)
YES = {"type": "boolean"}
SETTINGS = thing(
    [
        *("charLimit", "frontendTimeout", "apiKeys", "keyRequired", "suggestions"),
        *("filesTranslation", "supportedFilesFormat", "language"),
    ],
    charLimit={"type": "integer", "description": "-1: no limit."},
    frontendTimeout={"type": "integer"},
    apiKeys=YES,
    keyRequired=YES,
    suggestions=YES,
    filesTranslation=YES,
    supportedFilesFormat=many(TEXT),
    language=thing(["source", "target"], source=NAMED, target=NAMED),
)
LIBRE_ERRORS = errors(ERROR, 400, 403, 413, 415, 429, 500, 503)
LIBRE_MISSING = LIBRE_ERRORS | errors(ERROR, 404)
ANSWER = {"$ref": f"#/components/schemas/{LibreTranslateAnswer.__name__}"}
# `POST /translate` as LibreTranslate has it; this project's own form of it is left out.
TRANSLATE = sends(json=QUESTION, form=FORM, multipart=FORM) | {
    "responses": {
        str(status): each
        for status, each in ({200: gives("The translation.", json=ANSWER)} | LIBRE_MISSING).items()
    }
}
DETECT_BODY = sends(json=DETECT | {"example": {"q": "Guten Morgen!"}}, form=DETECT)
DOCUMENT_BODY = sends(multipart=DOCUMENT)
GUESSES = many(GUESS, minItems=1, maxItems=3)
DETECTED = {200: gives("The likeliest first.", json=GUESSES)} | LIBRE_ERRORS
LANGUAGES = {200: gives("All languages.", json=many(LANGUAGE))} | errors(ERROR, 403, 429, 500, 503)
FRONTEND = {200: gives("Settings.", json=SETTINGS)} | errors(ERROR, 403, 429, 500, 503)
WHERE = thing(
    ["translatedFileUrl"], translatedFileUrl=string("Its address.", format="uri"), **DOUBTS
)
TRANSLATED_FILE = {200: gives("Where the translated one is.", json=WHERE)} | LIBRE_MISSING
FETCHED = {200: gives("The document.", binary=FILE)} | errors(ERROR, 400, 403, 404, 429, 500, 503)
SUGGESTED = errors(ERROR, 403, 429)

# DeepL

WORDS = {"type": "string", "pattern": "^(0|1|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|)$"}
FLAG = {"anyOf": [{"type": "boolean"}, {"enum": [0, 1]}, WORDS]}
NAMES = {"anyOf": [TEXT, many(TEXT)], "description": "Names of tags."}
UUID = "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
ASKED = {
    "source_lang": {
        "anyOf": [language("Its language; found out when missing.", "SOURCE"), {"enum": [""]}]
    },
    "target_lang": language("The language to translate to.", "TARGET"),
    "formality": {
        "enum": ["default", "prefer_less", "prefer_more", ""],
        "description": "Means nothing here; `more` and `less` are refused.",
    },
    "glossary_id": string(
        "The glossary to translate with, by its UUID; `source_lang` must be named then.",
        pattern=f"^({UUID})?$",
    ),
    "glossary_ids": {
        "anyOf": [TEXT, many(TEXT)],
        "description": "The same as a list; several are refused.",
    },
}
SPLIT = {"anyOf": [{"enum": ["0", "1", "nonewlines", ""]}, {"enum": [0, 1]}]}
MORE = {
    "context": string("Means nothing here."),
    "split_sentences": SPLIT | {"description": "Where a text is cut into sentences."},
    "preserve_formatting": FLAG,
    "show_billed_characters": FLAG,
    "model_type": {
        "enum": ["latency_optimized", "prefer_quality_optimized", "quality_optimized", ""],
        "description": "latency_optimized: a smaller beam, faster and up to 0.7 BLEU worse. "
        "The others: as well as the model can. Said again in the answer.",
    },
    "tag_handling": {"enum": ["html", "xml", ""]},
    "tag_handling_version": {"enum": ["v1", "v2", ""]},
    "outline_detection": FLAG,
    "ignore_tags": NAMES,
    "splitting_tags": NAMES,
    "non_splitting_tags": NAMES,
}
TEXTS = many(TEXT, minItems=1, description="The texts.")
TEXT_OR_TEXTS = {"anyOf": [TEXT, TEXTS]}
DEEPL_QUESTION = question(["text", "target_lang"], text=TEXT_OR_TEXTS, **ASKED, **MORE)
DEEPL_FORM = thing(["text", "target_lang"], text=TEXT_OR_TEXTS, **ASKED, **MORE)
DEEPL_BODY = sends(
    json=DEEPL_QUESTION | {"example": {"text": ["Guten Morgen!"], "target_lang": "EN-US"}},
    form=DEEPL_FORM,
)
DEEPL_GET = {
    "parameters": [
        {"name": "text", "in": "query", "required": True, "schema": TEXT},
        {"name": "target_lang", "in": "query", "required": True, "schema": ASKED["target_lang"]},
        {"name": "source_lang", "in": "query", "schema": ASKED["source_lang"]},
    ]
}
DEEPL_ANSWER = thing(
    ["translations"],
    translations=many(
        thing(
            ["detected_source_language", "text"],
            detected_source_language=TEXT,
            text=TEXT,
            billed_characters={"type": "integer"},
            model_type_used=TEXT,
            tag_handling_version=TEXT,
            warnings=WARNINGS,
        )
    ),
)
DEEPL_ERRORS = errors(DEEPL_ERROR, 400, 403, 413, 415, 429, 456, 500, 503)
DEEPL_MISSING = DEEPL_ERRORS | errors(DEEPL_ERROR, 404)
DEEPL_TRANSLATED = {200: gives("One for each text.", json=DEEPL_ANSWER)} | DEEPL_MISSING
DEEPL_LANGUAGE = thing(
    ["language", "name"], language=TEXT, name=TEXT, supports_formality={"type": "boolean"}
)
TYPE = {"enum": ["source", "target", ""], "default": "source"}
DEEPL_LANGUAGES = {200: gives("Languages.", json=many(DEEPL_LANGUAGE))} | DEEPL_ERRORS
COUNT = {"type": "integer", "minimum": 0}
USAGE = thing(["character_count", "character_limit"], character_count=COUNT, character_limit=COUNT)
DEEPL_USAGE = {200: gives("This month.", json=USAGE)} | DEEPL_ERRORS
KEY_FIELD = {"auth_key": KEY}
DEEPL_USAGE_POST = {
    "requestBody": sends(json=question([], **KEY_FIELD), form=thing([], **KEY_FIELD))["requestBody"]
    | {"required": False}
}
RESOURCE = {
    "enum": [
        *("translate_text", "translate_document", "glossary", "style_rules"),
        *("translation_memory", "voice", "write"),
    ]
}
DEEPL_RESOURCE = {
    "parameters": [{"name": "resource", "in": "query", "required": True, "schema": RESOURCE}]
}
DEEPL_LANGUAGE_OF = thing(
    ["lang", "name", "usable_as_source", "usable_as_target", "features", "status"],
    lang=TEXT,
    name=TEXT,
    usable_as_source=YES,
    usable_as_target=YES,
    features={"type": "object", "additionalProperties": thing(["status"], status=TEXT)},
    status=TEXT,
)
DEEPL_LANGUAGES_OF = {200: gives("Languages.", json=many(DEEPL_LANGUAGE_OF))} | DEEPL_ERRORS
FEATURE = thing(["name"], name=TEXT, needs_source_support=YES, needs_target_support=YES)
DEEPL_RESOURCES = {
    200: gives(
        "Resources.", json=many(thing(["name", "features"], name=TEXT, features=many(FEATURE)))
    )
} | DEEPL_ERRORS
DEEPL_NONE = {
    200: gives("An empty list, as there are none.", json={"type": "object"})
} | DEEPL_ERRORS
DEEPL_LANGUAGES_GET = {"parameters": [{"name": "type", "in": "query", "schema": TYPE}]}
DEEPL_LANGUAGES_POST = {
    "requestBody": sends(json=question([], type=TYPE), form=thing([], type=TYPE))["requestBody"]
    | {"required": False}
}
DEEPL_DOCUMENT_BODY = sends(
    multipart=thing(
        ["file", "target_lang"],
        file=FILE,
        filename=string("Its name."),
        **ASKED,
        **DOCUMENT_OPTIONS,
    )
)
HANDLE = thing(
    ["document_id", "document_key"], document_id=TEXT, document_key=TEXT, warnings=WARNINGS
)
DEEPL_UPLOADED = {200: gives("What it is asked for by.", json=HANDLE)} | DEEPL_MISSING
DOCUMENT_KEY = thing(["document_key"], document_key=string("From the upload.", minLength=1))
DEEPL_KEY_BODY = sends(json=DOCUMENT_KEY, form=DOCUMENT_KEY)
STATUS = thing(
    ["document_id", "status"],
    document_id=TEXT,
    status={"enum": ["queued", "translating", "done", "error"]},
    seconds_remaining={"type": "integer"},
    billed_characters={"type": "integer"},
    error_message=TEXT,
    **DOUBTS,
)
DEEPL_STATUS = {200: gives("How far it is.", json=STATUS)} | DEEPL_MISSING
DEEPL_RESULT = {200: gives("The document.", binary=FILE)} | DEEPL_MISSING
