"""OpenAPI schemas of DeepL's glossaries."""

from web.compat.schema import DEEPL_ERRORS, DEEPL_MISSING, TEXT
from web.http.openapi_schema import (
    Schema,
    gives,
    language,
    many,
    question,
    sends,
    string,
    thing,
)

COUNT = {"type": "integer", "minimum": 0}
YES = {"type": "boolean"}
ID = string("A UUID.", format="uuid")
NAME = string("Its name, up to 200 characters.", pattern=r"\S")
SENT_DICTIONARY = {
    "source_lang": language("The language of the terms.", "SOURCE"),
    "target_lang": language("The language of their translations.", "TARGET"),
    "entries": string(
        "A term and its translation in each line, of up to 500 characters each; up to 10,000.",
        minLength=1,
    ),
    "entries_format": {
        "enum": ["tsv", "csv", ""],
        "default": "tsv",
        "description": "tsv: a tab between both. csv: a comma, with quotes where needed; columns "
        "three and four may name the languages, and lines of other languages are passed over.",
    },
}
NEEDED = ["source_lang", "target_lang", "entries"]
EXAMPLE = {
    "source_lang": "DE",
    "target_lang": "EN",
    "entries": "Mietvertrag\tlease\nKaution\tdeposit",
    "entries_format": "tsv",
}
DICTIONARIES = many(question(NEEDED, **SENT_DICTIONARY), minItems=1)


def _sends(required: list[str], example: Schema, **properties: Schema) -> Schema:
    """A body as JSON or a form.

    In a form the fields of a list of objects are called `dictionaries[0].source_lang`.
    """
    return sends(
        json=question(required, **properties) | {"example": example},
        form=thing(required, **properties),
    )


GLOSSARY = thing(
    [
        *("glossary_id", "name", "ready", "source_lang", "target_lang"),
        *("creation_time", "entry_count"),
    ],
    glossary_id=ID,
    name=TEXT,
    ready=YES,
    source_lang=TEXT,
    target_lang=TEXT,
    creation_time=string("When it was made.", format="date-time"),
    entry_count=COUNT,
)
DESCRIBED = thing(
    ["source_lang", "target_lang", "entry_count"],
    source_lang=TEXT,
    target_lang=TEXT,
    entry_count=COUNT,
)
MULTILINGUAL = thing(
    ["glossary_id", "name", "dictionaries", "creation_time"],
    glossary_id=ID,
    name=TEXT,
    dictionaries=many(DESCRIBED, minItems=1),
    creation_time=string("When it was made.", format="date-time"),
)
PAIR = thing(["source_lang", "target_lang"], source_lang=TEXT, target_lang=TEXT)
WITH_ENTRIES = thing(
    ["source_lang", "target_lang", "entries", "entries_format"],
    source_lang=TEXT,
    target_lang=TEXT,
    entries=string("A term, a tab, and its translation in each line."),
    entries_format={"const": "tsv"},
)


def _list_of(name: str, each: Schema) -> dict[int | str, Schema]:
    return {200: gives("All of them.", json=thing([name], **{name: many(each)}))} | DEEPL_ERRORS


NEW = _sends(["name", *NEEDED], {"name": "Miete", **EXAMPLE}, name=NAME, **SENT_DICTIONARY)
CREATED = {201: gives("It is made.", json=GLOSSARY)} | DEEPL_ERRORS
LIST = _list_of("glossaries", GLOSSARY)
PAIRS = _list_of("supported_languages", PAIR)
ONE = {200: gives("The glossary.", json=GLOSSARY)} | DEEPL_MISSING
ENTRIES = {
    200: {"description": "The entries.", "content": {"text/tab-separated-values": {"schema": TEXT}}}
} | DEEPL_MISSING
GONE = {204: {"description": "It is deleted."}} | DEEPL_MISSING

NEW_MULTILINGUAL = _sends(
    ["name", "dictionaries"],
    {"name": "Miete", "dictionaries": [EXAMPLE]},
    name=NAME,
    dictionaries=DICTIONARIES,
)
MULTILINGUAL_CREATED = {201: gives("It is made.", json=MULTILINGUAL)} | DEEPL_ERRORS
MULTILINGUAL_LIST = _list_of("glossaries", MULTILINGUAL)
MULTILINGUAL_ONE = {200: gives("The glossary.", json=MULTILINGUAL)} | DEEPL_MISSING
_CHANGED = _sends(
    [],
    {"name": "Mietrecht", "dictionaries": [EXAMPLE]},
    name=NAME,
    dictionaries=many(question(NEEDED, **SENT_DICTIONARY), maxItems=1),
)
CHANGES = {"requestBody": _CHANGED["requestBody"] | {"required": False}}
MULTILINGUAL_CHANGED = {200: gives("The glossary as it is now.", json=MULTILINGUAL)} | DEEPL_MISSING
MULTILINGUAL_ENTRIES = {
    200: gives("The dictionary.", json=thing(["dictionaries"], dictionaries=many(WITH_ENTRIES)))
} | DEEPL_MISSING
DICTIONARY = _sends(NEEDED, EXAMPLE, **SENT_DICTIONARY)
REPLACED = {200: gives("The dictionary as it is now.", json=DESCRIBED)} | DEEPL_MISSING
PAIR_QUERY = {
    "parameters": [
        {"name": name, "in": "query", "required": True, "schema": SENT_DICTIONARY[name]}
        for name in ("source_lang", "target_lang")
    ]
}
