"""The questions and answers of this project's own API, for /openapi.json."""

from web.http.openapi_schema import (
    ERROR,
    Schema,
    errors,
    gives,
    language,
    question,
    string,
    thing,
)

TEXT = string("The text. What stands between its sentences stays as it is.")
OWN = question(
    ["text"],
    text=TEXT,
    source=language("Its language; de when it is missing.", "source"),
    target=language("The language to translate to; en when it is missing.", "target"),
)
OLD = thing(["text_de"], text_de=string("A German text."))
PLAIN = string("The text, of any length; the answer streams while it arrives.")
PAIR = [
    {
        "name": name,
        "in": "query",
        "schema": string("A language, where the body names none."),
    }
    for name in ("source", "target")
]
ID = {"type": ["integer", "null"], "description": "Null where it could not be stored."}
WHOLE = thing(
    ["text", "model", "id", "stored"],
    text=string("The translation; the source where there is none yet."),
    model=string("The model's name."),
    id=ID,
    stored={"type": "boolean"},
    kept={"type": "boolean", "description": "Not stored yet, but it will be."},
    status={"enum": ["receiving", "running", "done", "cancelled", "interrupted"]},
    passages={"type": "integer"},
    passages_done={"type": "integer"},
    message=string("What to do next."),
)
SAID = string("What happened, what was kept, what to do.")
WRONG = errors(ERROR, 400, 401, 403, 413, 415, 429, 500, 503, plain=SAID, html=SAID)
ONE = errors(ERROR, 400, 401, 403, 404, 429, 500, 503)
TRANSLATION = {200: gives("A translation as it is now.", json=WHOLE)} | ONE


def file(media_type: str) -> dict[int | str, Schema]:
    """A file to keep."""
    return {200: {"description": "The file.", "content": {media_type: {"schema": TEXT}}}}


STATE = {"enum": ["ok", "away"]}
STATES = thing(
    ["status"],
    status={"enum": ["ok", "degraded", "failing"]},
    translator=STATE,
    database=STATE,
    failing={
        "type": "array",
        "items": {"type": "string"},
        "description": "Background loops that keep failing, by name; the log says where.",
    },
    unstored={"type": "integer", "description": "Translations that wait for the database."},
)
HEALTH: dict[int | str, Schema] = {
    200: gives("It works; what is away or keeps failing is named.", json=STATES),
    503: gives("It can do nothing.", json=STATES),
}
