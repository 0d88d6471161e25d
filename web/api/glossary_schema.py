"""OpenAPI schemas of glossaries; the answers are pydantic models."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from web.api.schema import SAID, Responses, errors_of
from web.glossary.files import FILE_KINDS
from web.glossary.terms import MOST_NAME, MOST_NOTE, MOST_TERM
from web.http.openapi_schema import Schema, many, question, string

TERM = question(
    ["source", "target"],
    source=string("The term.", minLength=1, maxLength=MOST_TERM),
    target=string(
        "Its translation; the term itself where it is not to be translated.",
        minLength=1,
        maxLength=MOST_TERM,
    ),
    match_case={"type": "boolean", "description": "Only what is written as it is matches."},
    inflected={"type": "boolean", "description": "Its inflected forms match; true when missing."},
    compounds={"type": "boolean", "description": "A part of a longer word matches."},
    note=string("For people.", maxLength=MOST_NOTE),
)
TERMS = many(TERM, description="The terms, up to 10,000, each source once.")
_NAME = string("Its name.", minLength=1, maxLength=MOST_NAME)
_SHARED: Schema = {"type": "boolean", "description": "Holders of other keys may use it."}
_DEFAULT: Schema = {
    "type": "boolean",
    "description": "Used where a request of its owner in this pair names no glossary.",
}
EXAMPLE_TERM = {"source": "Vertrag", "target": "agreement"}
NEW = question(
    ["name", "source", "target"],
    name=_NAME,
    source=string("The terms' language, for instance de."),
    target=string("The translations' language, for instance en."),
    terms=TERMS,
    shared=_SHARED,
    default=_DEFAULT,
) | {"example": {"name": "Contracts", "source": "de", "target": "en", "terms": [EXAMPLE_TERM]}}
CHANGES = question([], name=_NAME, shared=_SHARED, default=_DEFAULT) | {"example": {"name": "Law"}}
TERMS_SENT = question(["terms"], terms=TERMS) | {"example": {"terms": [EXAMPLE_TERM]}}
FILE_SENT = string("The file, in UTF-8 or UTF-16.") | {"example": "Vertrag,agreement\n"}


class GlossaryAnswer(BaseModel):
    """A glossary."""

    id: int
    public_id: str = Field(description="As DeepL's interface has it: glossary_id.")
    name: str
    source: str = Field(description="The terms' language.")
    target: str = Field(description="The translations' language.")
    own: bool = Field(description="Whether the caller may change it; others' are shared ones.")
    shared: bool
    default: bool = Field(description="Whether it is the caller's default of its pair.")
    version: int = Field(description="One more with each change of its terms.")
    terms: int = Field(description="How many it has.")
    created_at: datetime = Field(description="UTC.")
    changed_at: datetime = Field(description="UTC.")


class GlossariesAnswer(BaseModel):
    """The caller's glossaries and those that are shared, by their names."""

    glossaries: list[GlossaryAnswer]


class TermAnswer(BaseModel):
    """A term of a glossary."""

    source: str
    target: str
    match_case: bool
    inflected: bool
    compounds: bool
    note: str


class StoredTermAnswer(TermAnswer):
    """A term of a glossary, with who gave it its present form."""

    id: int
    changed_by: str = Field(description="The key's name; empty for others than the owner.")
    changed_at: datetime = Field(description="UTC.")


class TermsAnswer(BaseModel):
    """Terms of a glossary, by their sources."""

    terms: list[StoredTermAnswer]


class ChangeAnswer(BaseModel):
    """A change of a term."""

    id: int
    kind: Literal["added", "changed", "removed"]
    before: TermAnswer | None
    after: TermAnswer | None
    by: str = Field(description="The key's name.")
    at: datetime = Field(description="UTC.")


class ChangesAnswer(BaseModel):
    """Changes of a glossary's terms, the newest first."""

    changes: list[ChangeAnswer]


ERRORS = errors_of(400, 401, 403, 404, 429, 500, 503)
SENT_ERRORS = ERRORS | errors_of(413)
FILE_ERRORS = errors_of(
    400, 401, 403, 404, 413, 429, 500, 503, content={"text/plain": SAID, "text/html": SAID}
)
FILES: Responses = {
    200: {
        "description": "The file.",
        "content": {
            each.media_type.partition(";")[0]: {"schema": {"type": "string"}}
            for each in FILE_KINDS.values()
        },
    }
}
