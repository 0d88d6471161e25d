"""Glossary files: terms as CSV and TSV, read and written; nothing is taken by half.

A header line is `source,target,match_case,inflected,compounds,note`, of which the first two are
needed, in any order; without one the columns have this order. TBX is read in `web.glossary.tbx`.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from web.glossary.tbx import read_tbx, written_tbx
from web.glossary.terms import (
    MOST_TERMS,
    TOO_MANY,
    GlossaryError,
    Term,
    checked_terms,
    refusal_at,
)
from web.messages import N_

_COLUMNS: Final = ("source", "target", "match_case", "inflected", "compounds", "note")
_OTHER_NAMES: Final = {
    "case_sensitive": "match_case",
    "comment": "note",
    "term": "source",
    "translation": "target",
}
# Columns of DeepL's files that say nothing of a term.
_IGNORED: Final = {"source_lang", "target_lang", "source_language", "target_language"}
_TRUE: Final = {"true", "1", "yes", "on", "x", "ja", "wahr"}
_FALSE: Final = {"false", "0", "no", "off", "nein", "falsch"}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_LINE_BREAK: Final = re.compile(r"\r\n?|\n")
_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DELIMITERS: Final = (",", ";", "\t")
# Columns of a line: the term and its translation, and all that there are.
_FEWEST, _MOST = 2, len(_COLUMNS)

__all__ = [
    "FILE_KINDS",
    "GlossaryFileKind",
    "read_csv",
    "read_tbx",
    "read_tsv",
    "written_csv",
    "written_tbx",
    "written_tsv",
]

# A line's number, from 1, and its fields.
_Row = tuple[int, list[str]]


def read_csv(content: bytes) -> list[Term]:
    """Terms of a CSV file with commas, semicolons or tabs, in UTF-8 or UTF-16.

    Raises GlossaryError, which names the line.
    """
    text = _decoded(content)
    best: tuple[int, list[_Row], GlossaryError | None] = (-1, [], None)
    for delimiter in _DELIMITERS:
        rows, error = _until_error(_csv_rows(text, delimiter))
        if rows and _header(rows[0][1]):
            best = (0, rows, error)
            break
        fitting = sum(_FEWEST <= len(fields) <= _MOST for _, fields in rows)
        if fitting > best[0]:
            best = (fitting, rows, error)
    if best[2] is not None:
        raise best[2]
    return _terms(best[1])


def read_tsv(content: bytes) -> list[Term]:
    """Terms of a TSV file, in UTF-8 or UTF-16; quotation marks are characters as any.

    Raises GlossaryError, which names the line.
    """
    lines = enumerate(_decoded(content).split("\n"), 1)
    return _terms([(number, line.split("\t")) for number, line in lines if line.strip()])


def written_csv(terms: Iterable[Term], _source: str = "", _target: str = "") -> bytes:
    """A CSV file of terms, in UTF-8 with a header; it does not say the languages."""
    return _written(terms, ",", _quoted)


def written_tsv(terms: Iterable[Term], _source: str = "", _target: str = "") -> bytes:
    """A TSV file of terms, in UTF-8 with a header; it does not say the languages."""
    return _written(terms, "\t", str)


@dataclass(frozen=True, slots=True)
class GlossaryFileKind:
    """Kind of a glossary's file: its media type, and how it is read and written.

    `read` is given the content, both are given the codes of the languages.
    """

    media_type: str
    read: Callable[[bytes, str, str], list[Term]]
    write: Callable[[Iterable[Term], str, str], bytes]


# By the ending of their names.
FILE_KINDS: Final = {
    "csv": GlossaryFileKind(
        "text/csv; charset=utf-8", lambda file, *_: read_csv(file), written_csv
    ),
    "tbx": GlossaryFileKind("application/x-tbx+xml", read_tbx, written_tbx),
    "tsv": GlossaryFileKind(
        "text/tab-separated-values; charset=utf-8", lambda file, *_: read_tsv(file), written_tsv
    ),
}


def _written(terms: Iterable[Term], delimiter: str, field: Callable[[str], str]) -> bytes:
    lines = [delimiter.join(_COLUMNS)]
    for each in terms:
        flags = (each.match_case, each.inflected, each.compounds)
        fields = (each.source, each.target, *(str(flag).lower() for flag in flags), each.note)
        lines.append(delimiter.join(map(field, fields)))
    return "".join(line + "\n" for line in lines).encode()


def _quoted(field: str) -> str:
    if any(each in field for each in '",;\t'):
        return '"' + field.replace('"', '""') + '"'
    return field


def _decoded(content: bytes) -> str:
    """The text, with LF for line breaks. Raises GlossaryError."""
    encoding = "utf-8"
    for bom, name in _BOMS.items():
        if content.startswith(bom):
            content, encoding = content[len(bom) :], name
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "replace").count("\n") + 1
        raise refusal_at(
            line,
            N_("The file is not valid {encoding}: save it as UTF-8. Nothing was stored."),
            encoding=encoding.upper(),
        ) from None
    return _LINE_BREAK.sub("\n", text)


def _until_error(rows: Iterator[_Row]) -> tuple[list[_Row], GlossaryError | None]:
    found: list[_Row] = []
    try:
        for row in rows:
            found.append(row)
            if len(found) > MOST_TERMS + 1:  # with a header
                return found, refusal_at(row[0], TOO_MANY, most=MOST_TERMS)
    except GlossaryError as error:
        return found, error
    return found, None


def _csv_rows(text: str, delimiter: str) -> Iterator[_Row]:
    """The rows of a CSV file (RFC 4180) that are not empty. Raises GlossaryError."""
    at, line = 0, 1
    plain = re.compile(f"[^{re.escape(delimiter)}\n]*")
    while at < len(text):
        fields: list[str] = []
        begins = line
        while True:
            start = at
            while text[at : at + 1] == " ":
                at += 1
            if text[at : at + 1] == '"':
                field, at = _quoted_field(text, at, line)
                line += field.count("\n")
                if text[at : at + 1] not in {delimiter, "\n", ""}:
                    raise refusal_at(
                        line,
                        N_(
                            "There is text after a closing quotation mark; one within a text is "
                            'written twice (""). Nothing was stored.'
                        ),
                    )
            else:
                match = plain.match(text, start)
                field, at = (match[0], match.end()) if match else ("", start)
            fields.append(field)
            if text[at : at + 1] != delimiter:
                break
            at += 1
        at += 1  # the line break
        line += 1
        if any(each.strip() for each in fields):
            yield begins, fields


def _quoted_field(text: str, at: int, line: int) -> tuple[str, int]:
    """A field whose quotation mark stands `at` a place, and the place after it and its spaces."""
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            raise refusal_at(
                line,
                N_(
                    "A quotation mark is opened here and never closed; one within a text is "
                    'written twice (""). Nothing was stored.'
                ),
            )
        if text[end + 1 : end + 2] != '"':
            break
        end += 2
    field = text[at + 1 : end].replace('""', '"')
    end += 1
    while text[end : end + 1] == " ":
        end += 1
    return field, end


def _header(fields: Sequence[str]) -> list[str] | None:
    """The columns' names, if that is what the fields are."""
    names = [each.strip().casefold().replace(" ", "_") for each in fields]
    names = [_OTHER_NAMES.get(each, each) for each in names]
    return names if {"source", "target"} <= set(names) else None


def _terms(rows: Sequence[_Row]) -> list[Term]:
    """The terms of a file's rows. Raises GlossaryError."""
    header = _header(rows[0][1]) if rows else None
    if header:
        line = rows[0][0]
        for name in header:
            if name not in _COLUMNS and name not in _IGNORED:
                raise refusal_at(
                    line,
                    N_(
                        "The column {name!r} is unknown; there can be: {known}. Nothing was stored."
                    ),
                    name=name[:60],
                    known=", ".join(_COLUMNS),
                )
            if header.count(name) > 1:
                raise refusal_at(
                    line,
                    N_("The column {name!r} is there twice. Nothing was stored."),
                    name=name[:60],
                )
        rows = rows[1:]
    found = checked_terms((line, _term(line, fields, header)) for line, fields in rows)
    if not found:
        raise GlossaryError(N_("The file holds no terms. Nothing was stored."))
    return found


def _term(line: int, fields: Sequence[str], header: Sequence[str] | None) -> Term:
    most = len(header) if header else _MOST
    if not _FEWEST <= len(fields) <= most:
        raise refusal_at(
            line,
            N_(
                "There are {number} columns here; there can be {fewest} to {most}: a term, its "
                "translation, and what is said of it. Nothing was stored."
            ),
            number=len(fields),
            fewest=_FEWEST,
            most=most,
        )
    if header is None:
        header = _COLUMNS
        if _is_deepl(fields):
            fields = fields[:2]
    said = dict(zip(header, fields, strict=False))
    return Term(
        said.get("source", ""),
        said.get("target", ""),
        _flag(line, "match_case", said, usual=False),
        _flag(line, "inflected", said, usual=True),
        _flag(line, "compounds", said, usual=False),
        said.get("note", ""),
    )


def _is_deepl(fields: Sequence[str]) -> bool:
    """Whether the third and fourth column are languages, as in DeepL's files."""
    if len(fields) != _FEWEST + 2:
        return False
    languages = [each.strip() for each in fields[_FEWEST:]]
    flags = all(each.casefold() in _TRUE | _FALSE for each in languages)
    return not flags and all(map(_LANGUAGE.fullmatch, languages))


def _flag(line: int, name: str, said: dict[str, str], *, usual: bool) -> bool:
    value = said.get(name, "").strip().casefold()
    if not value:
        return usual
    if value not in _TRUE | _FALSE:
        raise refusal_at(
            line,
            N_("The column {name!r} can be true or false, not {value!r}. Nothing was stored."),
            name=name,
            value=value[:60],
        )
    return value in _TRUE
