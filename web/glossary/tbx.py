"""Glossaries as TBX, read and written: both its forms, `tbx` (ISO 30042:2019) and `martif`.

Expat, of the standard library, reads it. Nothing is fetched, and a file that declares entities is
refused. How a term matches has no place in TBX; it is said in a processing instruction, which
other programs pass over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from web.glossary.terms import GlossaryError, Term, checked_terms, refusal_at
from web.messages import N_

_ENTRIES: Final = {"conceptentry", "termentry"}
_LANGUAGES: Final = {"langsec", "langset"}
_TERM_SECTIONS: Final = {"termsec", "tig", "ntig"}
_STATUSES: Final = {"administrativestatus", "normativeauthorization"}
_INSTRUCTION: Final = "glossary-term"
_FLAG: Final = re.compile(r'(match_case|inflected|compounds)="(true|false)"')
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Core" style="dca" xml:lang={language} xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Unlimited Translation</p></sourceDesc></fileDesc></tbxHeader>
<text><body>"""
_SPACE: Final = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class _Wording:
    """A term of one language, with the line that it stands on."""

    line: int
    text: str = ""
    status: str = ""


@dataclass(slots=True)
class _Entry:
    """A concept: its terms by their languages, and what is said of it."""

    words: dict[str, list[_Wording]] = field(default_factory=dict)
    note: str = ""
    flags: dict[str, bool] = field(default_factory=dict)


class _Reader:
    """Reads a file's entries as expat comes upon them."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._entity
        self._entry: _Entry | None = None
        self._language = ""
        self._wording: _Wording | None = None
        # The text that is being read, and what it is: a term, its status, or a note.
        self._reading = ""
        self._text: list[str] = []

    def read(self, content: bytes) -> None:
        """Read a whole file. Raises GlossaryError."""
        try:
            self._parser.Parse(content, True)  # noqa: FBT003 - all of it
        except expat.ExpatError as error:
            raise refusal_at(
                error.lineno,
                N_("The file is no well-formed XML from here on. Nothing was stored."),
            ) from None
        except (LookupError, ValueError):
            raise GlossaryError(
                N_("The file's encoding is unknown: save it as UTF-8. Nothing was stored.")
            ) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2].lower()
        if kind in _ENTRIES:
            self._entry, self._language = _Entry(), ""
        elif kind in _LANGUAGES:
            self._language = attributes.get("xml:lang") or attributes.get("lang") or ""
        elif kind in _TERM_SECTIONS:
            self._wording = None
        elif kind == "term" and self._entry is not None and self._language:
            self._wording = _Wording(self._parser.CurrentLineNumber)
            self._entry.words.setdefault(_primary(self._language), []).append(self._wording)
            self._begin("term")
        elif kind == "note" and self._entry is not None and not self._language:
            self._begin("note")
        elif kind in _STATUSES or attributes.get("type", "").lower() in _STATUSES:
            self._begin("status")

    def _begin(self, what: str) -> None:
        self._reading, self._text = what, []

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2].lower()
        text = _SPACE.sub(" ", "".join(self._text)).strip()
        if kind in _ENTRIES and self._entry is not None:
            self.entries.append(self._entry)
            self._entry = None
        elif kind in _LANGUAGES:
            self._language = ""
        elif kind == "term" and self._reading == "term" and self._wording is not None:
            self._wording.text, self._reading = text, ""
        elif kind == "note" and self._reading == "note" and self._entry is not None:
            self._entry.note, self._reading = f"{self._entry.note} {text}".strip(), ""
        elif self._reading == "status" and kind not in {"hi", "foreign"}:
            if self._wording is not None:
                self._wording.status = text.lower()
            self._reading = ""

    def _data(self, text: str) -> None:
        if self._reading:
            self._text.append(text)

    def _instruction(self, target: str, data: str) -> None:
        if target == _INSTRUCTION and self._entry is not None:
            self._entry.flags |= {name: said == "true" for name, said in _FLAG.findall(data)}

    def _entity(self, *_: object) -> None:
        raise refusal_at(
            self._parser.CurrentLineNumber,
            N_("The file has entities of its own, which are not read. Nothing was stored."),
        )


def read_tbx(content: bytes, source: str, target: str) -> list[Term]:
    """Terms of a TBX file from one language to another, whatever countries it names.

    An entry without one of the two is passed over. Of several translations the preferred one is
    taken, or the first that is not deprecated. Raises GlossaryError, which names the line.
    """
    reader = _Reader()
    reader.read(content)
    found: list[tuple[int, Term]] = []
    for entry in reader.entries:
        targets = [
            each for each in entry.words.get(_primary(target), ()) if not _is_deprecated(each)
        ]
        preferred = [each for each in targets if each.status.startswith("preferred")]
        for word in entry.words.get(_primary(source), ()) if targets else ():
            term = Term(word.text, (preferred or targets)[0].text, note=entry.note, **entry.flags)
            found.append((word.line, term))
    if not found:
        raise GlossaryError(
            N_(
                "The file has no entry with both {source} and {target}: is it TBX, in these "
                "languages? Nothing was stored."
            ),
            source=source,
            target=target,
        )
    return checked_terms(found)


def _is_deprecated(word: _Wording) -> bool:
    return word.status.startswith(("deprecated", "superseded"))


def written_tbx(terms: Iterable[Term], source: str, target: str) -> bytes:
    """A TBX file of terms, in UTF-8, of the form of ISO 30042:2019."""
    lines = [_HEAD.format(language=quoteattr(source))]
    for number, term in enumerate(terms, 1):
        note = f"<note>{escape(term.note)}</note>" if term.note else ""
        lines.append(f'<conceptEntry id="c{number}">{_flags(term)}{note}')
        lines += [
            f"<langSec xml:lang={quoteattr(language)}><termSec><term>{escape(text)}</term>"
            "</termSec></langSec>"
            for language, text in ((source, term.source), (target, term.target))
        ]
        lines.append("</conceptEntry>")
    lines.append("</body></text></tbx>")
    return "".join(line + "\n" for line in lines).encode()


def _flags(term: Term) -> str:
    """How a term matches, unless it is as usual."""
    said = (term.match_case, term.inflected, term.compounds)
    if said == (False, True, False):
        return ""
    names = ("match_case", "inflected", "compounds")
    pairs = zip(names, said, strict=True)
    flags = " ".join(f'{name}="{str(flag).lower()}"' for name, flag in pairs)
    return f"<?{_INSTRUCTION} {flags}?>"


def _primary(language: str) -> str:
    """A language without its country: de of de-DE."""
    return re.split("[-_]", language.strip().lower())[0]
