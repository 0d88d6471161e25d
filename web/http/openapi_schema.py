"""OpenAPI schemas, made by hand where a handler reads its body itself.

tests/service/test_openapi.py runs every example here, and puts questions made from these schemas to
the running service.
"""

from typing import Any

Schema = dict[str, Any]

# Marks a string as the code of a language, by the name of a list in web/api/openapi.py.
LANGUAGES = "x-languages"


def string(description: str, **more: Any) -> Schema:
    """A string with a description."""
    return {"type": "string", "description": description, **more}


def language(description: str, names: str) -> Schema:
    """The code of a language; web/api/openapi.py puts those that are installed in its place."""
    return string(description, **{LANGUAGES: names})


def thing(required: list[str], **properties: Schema) -> Schema:
    """An object."""
    return {"type": "object", "required": required, "properties": properties}


def question(required: list[str], **properties: Schema) -> Schema:
    """An object that is sent: what is not required may be null as well."""
    null = {"type": "null"}
    return thing(
        required,
        **{
            name: each if name in required else {"anyOf": [each, null]}
            for name, each in properties.items()
        },
    )


def many(item: Schema, **more: Any) -> Schema:
    """A list."""
    return {"type": "array", "items": item, **more}


# Codes of warnings.
WARNING_CODES = (
    "figures: some differ; glossary: terms, which `figures` names, have no place in it; "
    "incomplete: the model did not end, or something is missing; language: the text is in another "
    "one than was named; letters: no font has those of a line of a PDF, which stays; overflow: a "
    "paragraph does not fit on its page; placeholder: one is missing or changed; "
    "reading_speed: a subtitle is read faster than 20 characters a second; repeated: it says the "
    "same again and again; unsure: the model's score is low; untranslated: the source came back. "
    "There may be more."
)
# Warnings in answers of LibreTranslate's and DeepL's form, which have no such field.
WARNINGS = many(
    thing(
        ["code", "source", "target"],
        code=string(WARNING_CODES),
        source=string("The sentence."),
        target=string("Its translation."),
        figures=many(
            {"type": "string"}, description="The figures that differ, or the one that is too high."
        ),
        place=string("Where it is in the file: a subtitle's beginning."),
    ),
    description="Doubtful sentences; it is there only where there are any.",
)


def sends(**types: Schema) -> Schema:
    """A request's body: a schema by the short name of its type; `example` goes beside it."""
    content = {}
    for name, schema in types.items():
        media = {"schema": schema}
        if "example" in schema:
            media["example"] = schema["example"]
            media["schema"] = {key: each for key, each in schema.items() if key != "example"}
        content[TYPES[name]] = media
    return {"requestBody": {"required": True, "content": content}}


TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "plain": "text/plain",
    "binary": "*/*",  # in its own kind
    "html": "text/html",
    "events": "text/event-stream",
}


def gives(description: str, **types: Schema) -> Schema:
    """A response: a schema by the short name of its type."""
    content = {TYPES[name]: {"schema": schema} for name, schema in types.items()}
    return {"description": description, "content": content}


def errors(schema: Schema, *statuses: int, **types: Schema) -> dict[int | str, Schema]:
    """Responses for errors, all in one form."""
    return {each: gives(WHY[each], json=schema, **types) for each in statuses}


WHY = {
    400: "The question is wrong; the message says what.",
    401: "A key is needed, and none was sent or none that is known.",
    403: "Not allowed: no key or a wrong one, or a page of another site asks.",
    404: "There is no such thing.",
    405: "This address does not know the method.",
    409: "The page's own form: the text is clearly in another language; `seems` says to go on.",
    413: "A body that is not streamed is over its limit.",
    415: "The body's type or charset is not understood.",
    429: "Too many requests for this key; Retry-After says when to ask again.",
    456: "The key's characters for this month are used up.",
    500: "Something went wrong on the server's side.",
    503: "The translator or the database is away or busy; Retry-After says when to ask again.",
}
RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
ERROR = thing(["error"], error=string("What happened, what was kept, what to do."))
DEEPL_ERROR = thing(
    ["message"], message=string("What is wrong."), detail=string("What more can be said.")
)
