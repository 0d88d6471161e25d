"""DeepL's API: dictionaries, which are the terms of a glossary for one pair of languages."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from web.compat.deepl import MISSING, glossary_id_of, language_of
from web.compat.parameters import Parameters
from web.errors import UserError
from web.glossary.terms import MOST_TERMS, Glossary, GlossaryError, Term, checked_terms
from web.text.languages import Known

# DeepL's words, as its documentation and its own test server have them.
INVALID_ARGUMENT = "Missing or invalid argument: {}"
INVALID_ENTRIES = "Invalid glossary entries provided"
INVALID_FORMAT = "Unsupported entry format specified"
INVALID_ID = "Invalid or missing glossary id"
UNSUPPORTED_PAIR = "Unsupported glossary source and target language pair"
# Columns of an entry: both terms, and in CSV the codes of their languages, too.
_TERMS, _TERMS_AND_LANGUAGES = 2, 4


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Dictionary as it is sent: checked terms for a pair of languages (codes)."""

    source: str
    target: str
    terms: Sequence[Term]

    @property
    def pair(self) -> tuple[str, str]:
        """The pair of languages."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class _Entry:
    """Entry: the line that it is on, from 1, where it begins in the whole, and its columns."""

    line: int
    position: int
    columns: list[str]


def dictionary_of(sent: Parameters, known: Known) -> Dictionary:
    """Parse a dictionary, of the languages that are `known` here.

    Raises UserError in DeepL's words: no model is installed for its pair, its format is none,
    or an entry cannot be kept, which `detail` names.
    """
    source, target = sent_pair(sent)
    if target not in list(known.get(source, ()))[1:]:
        error = UserError(UNSUPPORTED_PAIR)
        error.detail = f"No model for {source}→{target} is installed. Nothing was stored."
        raise error
    kind = sent.given("entries_format")
    kind = "tsv" if kind is None else kind
    if kind not in ("tsv", "csv"):
        raise UserError(INVALID_FORMAT)
    text = sent.one("entries")
    if not isinstance(text, str) or not text:
        raise UserError(INVALID_ARGUMENT.format("entries"))
    text = text.removeprefix("\ufeff")
    try:
        entries = _entries_of_csv(text, source, target) if kind == "csv" else _entries_of_tsv(text)
        return Dictionary(source, target, _terms_of(list(islice(entries, MOST_TERMS + 1))))
    except GlossaryError as error:
        raise _invalid(error.message) from None


def sent_name(sent: Parameters) -> str:
    """The name that a glossary is to have. Raises UserError where there is none."""
    name = sent.given("name")
    if not isinstance(name, str) or not name.strip():
        raise UserError(INVALID_ARGUMENT.format("name"))
    return name


def sent_pair(sent: Parameters) -> tuple[str, str]:
    """The pair of languages (codes) that is sent with a dictionary. Raises UserError."""
    source, target = (_language(sent, name) for name in ("source_lang", "target_lang"))
    return source, target


def sent_id(value: object) -> str:
    """The id of a glossary as it is stored. Raises UserError where it can be none."""
    found = glossary_id_of(value)
    if found is None:
        raise UserError(INVALID_ID)
    return found


def entries_of(terms: Iterable[Term]) -> str:
    """Terms as tab-separated values, one in a line, without quotes: so DeepL's clients read it.

    They take no source twice: of two terms, one of which matches only as it is written, it is that.
    """
    found: dict[str, Term] = {}
    for each in terms:
        if each.match_case or each.source not in found:
            found[each.source] = each
    return "\n".join(f"{each.source}\t{each.target}" for each in found.values())


def told_apart(terms: Sequence[Term]) -> list[Term]:
    """Let terms that differ in their capitals alone match only as they are written.

    To DeepL they are terms of their own, while here a term matches with any capitals.
    """
    times = Counter(each.source.strip().casefold() for each in terms)
    return [
        replace(each, match_case=True) if times[each.source.strip().casefold()] > 1 else each
        for each in terms
    ]


def merged(old: Iterable[Term], new: Iterable[Term], *, keep: bool) -> list[Term]:
    """Terms of a dictionary after new ones came, with the settings and notes that a source had.

    DeepL's clients know nothing of these. Without `keep` only the new ones are there.
    """
    known = {each.source: each for each in old}
    found = dict(known) if keep else {}
    for each in new:
        before = known.get(each.source)
        found[each.source] = replace(before, target=each.target) if before else each
    return told_apart([*found.values()])


def dictionary_form(glossary: Glossary) -> dict[str, Any]:
    """A dictionary as DeepL describes it."""
    return {
        "source_lang": glossary.source,
        "target_lang": glossary.target,
        "entry_count": glossary.terms,
    }


def creation_time(at: datetime) -> str:
    """A time in UTC as DeepL's clients read it, with a fraction of a second."""
    return f"{at.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _language(sent: Parameters, name: str) -> str:
    value = sent.given(name)
    if value is None:
        raise UserError(MISSING.format(name))
    return language_of(value, name)


def _entries_of_tsv(text: str) -> Iterator[_Entry]:
    position = 0
    # One line after the other: those of a large text take many times its size.
    for line, content in enumerate(io.StringIO(text, newline="\n"), 1):
        if content.strip():
            yield _Entry(line, position, content.removesuffix("\n").split("\t"))
        position += len(content)


def _entries_of_csv(text: str, source: str, target: str) -> Iterator[_Entry]:
    """Entries of this pair: a line may name its languages, and those of others mean nothing.

    Raises UserError where a quote is left open or stands where none can.
    """
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, strict=True)
    while True:
        line, position = reader.line_num + 1, lines.tell()
        try:
            columns = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # The reader's words for a quote that is open at the end of the whole.
            is_open = str(error) == "unexpected end of data"
            problem = "A quotation mark is opened here and never closed" if is_open else error
            raise _invalid(f"Line {line}: {problem}. Nothing was stored.") from None
        if len(columns) == _TERMS_AND_LANGUAGES:
            pair = [each.strip().lower().partition("-")[0] for each in columns[_TERMS:]]
            if pair != [source, target]:
                continue
            columns = columns[:_TERMS]
        if any(each.strip() for each in columns):
            yield _Entry(line, position, columns)


def _terms_of(entries: Sequence[_Entry]) -> list[Term]:
    """Terms of entries, told apart.

    Raises GlossaryError, and UserError for an entry without two columns or with a known source.
    """
    if not entries:
        raise _invalid("There is no entry. Nothing was stored.")
    places: dict[str, int] = {}
    for index, entry in enumerate(entries):
        where = f"Key with the index {index} (starting at position {entry.position})"
        if len(entry.columns) != _TERMS:
            problem = "misses" if len(entry.columns) < _TERMS else "has more than one"
            raise _invalid(f"Line {entry.line}: {where} {problem} separator. Nothing was stored.")
        first = places.setdefault(entry.columns[0].strip(), index)
        if first != index:
            other = f"index {first} (starting at position {entries[first].position})"
            raise _invalid(f"{where} duplicates key with the {other}")
    terms = told_apart([Term(each.columns[0], each.columns[1]) for each in entries])
    return checked_terms(zip((each.line for each in entries), terms, strict=True))


def _invalid(detail: str) -> UserError:
    error = UserError(INVALID_ENTRIES)
    error.detail = detail
    return error
