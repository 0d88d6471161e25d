"""Glossary terms: their form, their limits, and the errors that name the line of a wrong one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from web.errors import NotFoundError, UserError
from web.messages import N_, Message

# Characters of a source, a target and a note.
MOST_TERM = 500
MOST_NOTE = 2_000
# Terms of a glossary.
MOST_TERMS = 10_000
# Characters of a glossary's name.
MOST_NAME = 200

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--|<[!?]")
# Entities, and places that a program fills in: {name}, {{name}}, ${name}, %s, %1$s, %(name)s.
_PLACEHOLDER = re.compile(
    r"&[#\w]{1,30};|[$#]?\{{1,3}[^{}]{0,100}\}{1,3}|%(?:\d{1,2}\$)?(?:\(\w{1,60}\))?[a-zA-Z]\b"
    r"|%\w{1,60}%"
)
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:[-_][a-z0-9]{1,8}){0,2}")
_SPACES = re.compile(" {2,}")
_MOST_LANGUAGE = 16


class GlossaryError(UserError):
    """Refused glossary: something in it cannot be kept; nothing of it was stored.

    `line` is that of a file, counted from 1; None where there is none.
    """

    code = "glossary_refused"
    line: int | None = None


class DuplicateTermError(GlossaryError):
    """Duplicate term: a glossary has a source once."""


class GlossaryPairError(GlossaryError):
    """Wrong pair: the glossary is for other languages than the text."""


class UnknownGlossaryError(NotFoundError):
    """Unknown glossary: there is none of this id or name that the caller may see."""


class UnknownTermError(NotFoundError):
    """Unknown term: the glossary does not have it, or not any more."""


@dataclass(frozen=True, slots=True)
class Term:
    """Term: a source and how it is to be translated.

    With `inflected` its inflected forms match as well, with `compounds` so does a part of a longer
    word; with `match_case` only what is written as it is.
    """

    source: str
    target: str
    match_case: bool = False
    inflected: bool = True
    compounds: bool = False
    note: str = ""

    @property
    def keeps(self) -> bool:
        """Whether it says that the source is not to be translated."""
        return self.target == self.source

    @property
    def key(self) -> tuple[str, bool]:
        """The source as it is compared: a glossary has each key once."""
        return (self.source if self.match_case else self.source.casefold(), self.match_case)


@dataclass(frozen=True, slots=True)
class GlossaryVersion:
    """Version of a glossary: a translation is made with one, and stays with it."""

    id: int
    version: int


def glossary_at(glossary_id: int | None, version: int | None) -> GlossaryVersion | None:
    """The version that two columns name; None where they are NULL."""
    if glossary_id is None or version is None:
        return None
    return GlossaryVersion(glossary_id, version)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Glossary: a row of `glossaries`; `source` and `target` are language codes, times are UTC.

    `terms` is how many it has. `is_default` is false for who does not own it.
    """

    id: int
    public_id: str
    name: str
    source: str
    target: str
    owner: str
    shared: bool
    is_default: bool
    version: int
    terms: int
    created_at: datetime
    changed_at: datetime

    @property
    def at(self) -> GlossaryVersion:
        """Its version now."""
        return GlossaryVersion(self.id, self.version)


@dataclass(frozen=True, slots=True)
class StoredTerm:
    """Stored term, with who gave it its present form, and when (UTC)."""

    id: int
    term: Term
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Change of a term, with who made it, and when (UTC)."""

    id: int
    kind: Literal["added", "changed", "removed"]
    before: Term | None
    after: Term | None
    by: str
    at: datetime


def refusal_at(
    line: int | None,
    problem: str,
    kind: type[GlossaryError] = GlossaryError,
    **values: str | int | Message,
) -> GlossaryError:
    """The error for a problem, a sentence marked with `N_`, that names its line if it has one."""
    if line is None:
        return kind(problem, **values)
    error = kind(N_("Line {line!s}: {problem}"), line=line, problem=Message(problem, values))
    error.line = line
    return error


def checked_term(term: Term, line: int | None = None) -> Term:
    """Validate a term: gives it without white space around its parts.

    Raises GlossaryError, with the line that it is on, if any: one of its texts is empty, too long,
    holds a control character or a tag, or nothing but figures, signs and placeholders.
    """
    source, target = (
        _checked_text(text, what, line)
        for text, what in ((term.source, N_("The term")), (term.target, N_("The translation")))
    )
    note = " ".join(term.note.split())
    if len(note) > MOST_NOTE:
        raise refusal_at(
            line,
            N_("The note has {length} characters; it can have {most}. Nothing was stored."),
            length=len(note),
            most=MOST_NOTE,
        )
    _check_characters(note, N_("The note"), line)
    return replace(term, source=source, target=target, note=note)


def _checked_text(text: str, what: str, line: int | None) -> str:
    text = _SPACES.sub(" ", text.strip())
    if not text:
        raise refusal_at(line, N_("{what} is empty. Nothing was stored."), what=Message(what))
    if len(text) > MOST_TERM:
        raise refusal_at(
            line,
            N_(
                "{what} has {length} characters; it can have {most}. A whole sentence is nothing "
                "for a glossary. Nothing was stored."
            ),
            what=Message(what),
            length=len(text),
            most=MOST_TERM,
        )
    _check_characters(text, what, line)
    if _TAG.search(text):
        raise refusal_at(
            line,
            N_("{what} holds a tag; tags stay as they are by themselves. Nothing was stored."),
            what=Message(what),
        )
    if not any(each.isalpha() for each in _PLACEHOLDER.sub("", text)):
        raise refusal_at(
            line,
            N_(
                "{what} is nothing but figures, signs or placeholders, which stay as they are by "
                "themselves; it needs a letter. Nothing was stored."
            ),
            what=Message(what),
        )
    return text


def _check_characters(text: str, what: str, line: int | None) -> None:
    for each in text:
        if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} or each in "\ufffe\uffff":
            raise refusal_at(
                line,
                N_(
                    "{what} holds the character U+{code}, a control character or line break. "
                    "Nothing was stored."
                ),
                what=Message(what),
                code=f"{ord(each):04X}",
            )


def checked_terms(terms: Iterable[tuple[int, Term]]) -> list[Term]:
    """Validate terms with the numbers of their lines; one that comes again is there once.

    Raises GlossaryError as `checked_term` does, and where there are over MOST_TERMS;
    DuplicateTermError where a source has two translations, which names both lines.
    """
    found: dict[tuple[str, bool], tuple[int, Term]] = {}
    for line, term in terms:
        checked = checked_term(term, line)
        before, same = found.setdefault(checked.key, (line, checked))
        if same.target != checked.target:
            raise refusal_at(
                line,
                N_(
                    "“{source}” is translated as “{target}” here and as “{other}” in line "
                    "{before!s}. Keep one of the two. Nothing was stored."
                ),
                DuplicateTermError,
                source=checked.source,
                target=checked.target,
                other=same.target,
                before=before,
            )
        if len(found) > MOST_TERMS:
            raise refusal_at(line, TOO_MANY, most=MOST_TERMS)
    return [term for _, term in found.values()]


TOO_MANY = N_(
    "A glossary can have {most} terms; make a second one for the others. Nothing was stored."
)


def checked_name(name: str) -> str:
    """Validate a glossary's name. Raises GlossaryError: it is empty or too long."""
    name = " ".join(name.split())
    if not name:
        raise GlossaryError(N_("The glossary needs a name. Nothing was stored."))
    if len(name) > MOST_NAME:
        raise GlossaryError(
            N_("The name has {length} characters; it can have {most}. Nothing was stored."),
            length=len(name),
            most=MOST_NAME,
        )
    _check_characters(name, N_("The name"), None)
    return name


def checked_pair(source: str, target: str) -> tuple[str, str]:
    """Validate a language pair: its codes in lower case. Raises GlossaryError."""
    pair = source.strip().lower(), target.strip().lower()
    if not all(len(each) <= _MOST_LANGUAGE and _LANGUAGE.fullmatch(each) for each in pair):
        raise GlossaryError(N_("A language is a code such as “de” or “en”. Nothing was stored."))
    if pair[0] == pair[1]:
        raise GlossaryError(
            N_("A glossary is for two languages, and these are the same. Nothing was stored.")
        )
    return pair
