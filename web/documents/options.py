"""Document options: how a document is read, in what form it is given back, what it is a version of.

All of them can be said when a document is sent, and those of its form again when it is fetched.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, cast, get_args

from web.errors import BadRequestError
from web.formats.base import BilingualLayout, DocumentError
from web.formats.options import ReadingOptions
from web.formats.registry import KINDS, ending_of, kind_of
from web.http.body import several
from web.messages import N_

# Most characters that options may have, written as JSON.
MOST_OPTIONS = 8000
_YES = {"true", "1", "yes", "on"}
_NO = {"false", "0", "no", "off", ""}


@dataclass(frozen=True, slots=True)
class OutputForm:
    """Output form of a translated document: both languages in one of its layouts, or another kind.

    `output_format` is the ending of that kind; "" is the document's own.
    """

    bilingual: BilingualLayout | None = None
    output_format: str = ""

    def __bool__(self) -> bool:
        return bool(self.bilingual or self.output_format)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """New version of an older translation: how many paragraphs it has, and how many are not there.

    `previous` is the older translation's id.
    """

    previous: int
    paragraphs: int
    changed: int


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """Document options; `previous` names the older translation as its sender did."""

    reading: ReadingOptions = field(default_factory=ReadingOptions)
    form: OutputForm = field(default_factory=OutputForm)
    previous: str = ""


NO_FORM = OutputForm()
NO_OPTIONS = DocumentOptions()


def options_of(values: Callable[[str], Sequence[Any]]) -> DocumentOptions:
    """Parse the options of a document that is sent, given the values of each field by its name.

    Columns are one value with commas, or several values, so that a name may have a comma.
    Raises BadRequestError, which says what a field can be.
    """
    said = [str(each) for each in values("columns")]
    columns = said if len(said) > 1 else ",".join(said).split(",")
    if sum(map(len, columns)) > MOST_OPTIONS // 2:
        raise BadRequestError(N_("The field 'columns' is too long. Nothing was stored."))
    return DocumentOptions(
        ReadingOptions(
            tuple(each.strip() for each in columns if each.strip()), _flag(values, "sheet_names")
        ),
        form_of(values),
        _one(values, "previous"),
    )


def form_of(values: Callable[[str], Sequence[Any]]) -> OutputForm:
    """Parse the form in which a document is wanted. Raises BadRequestError."""
    layout, ending = _one(values, "bilingual").lower(), _one(values, "output_format").lower()
    if layout and layout not in get_args(BilingualLayout):
        raise BadRequestError(
            N_("The field {name!r} can be: {known}."),
            name="bilingual",
            known=", ".join(get_args(BilingualLayout)),
        )
    ending = f".{ending.removeprefix('.')}" if ending else ""
    if layout and ending:
        raise BadRequestError(
            N_("A document with both languages is of its own kind: leave out 'output_format'.")
        )
    return OutputForm(cast("BilingualLayout", layout) if layout else None, ending)


def check_form(name: str, form: OutputForm) -> OutputForm:
    """The form of a document of this file name; its own kind needs no conversion.

    Raises DocumentError when its kind has no such form, which says what there is.
    """
    kind, ending = kind_of(name), ending_of(name) or ".txt"
    if form.bilingual and form.bilingual not in kind.layouts:
        can = " ".join(each for each, other in KINDS.items() if form.bilingual in other.layouts)
        raise DocumentError(
            N_("A {ending} file cannot have both languages {layout!r}. These can: {kinds}"),
            ending=ending,
            layout=form.bilingual,
            kinds=can,
        )
    if form.output_format in {"", ending}:
        return OutputForm(form.bilingual)
    if form.output_format not in kind.conversions:
        raise DocumentError(
            N_("A {ending} file cannot be given back as {wanted}, but as: {kinds}"),
            ending=ending,
            wanted=form.output_format,
            kinds=" ".join((ending, *kind.conversions)),
        )
    return form


def options_json(options: DocumentOptions, version: NewVersion | None) -> str:
    """Encode what is kept of the options as JSON."""
    kept: dict[str, Any] = {
        "columns": options.reading.columns,
        "sheet_names": options.reading.sheet_names,
        "bilingual": options.form.bilingual,
        "output_format": options.form.output_format,
        "version": asdict(version) if version else None,
    }
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)


def options_of_json(text: str) -> tuple[DocumentOptions, NewVersion | None]:
    """Decode what `options_json` gives."""
    kept = json.loads(text)
    version = kept.get("version")
    return (
        DocumentOptions(
            ReadingOptions(tuple(kept.get("columns", ())), kept.get("sheet_names", False)),
            OutputForm(kept.get("bilingual"), kept.get("output_format", "")),
        ),
        NewVersion(**version) if version else None,
    )


def _one(values: Callable[[str], Sequence[Any]], name: str) -> str:
    given = [each for each in values(name) if each != ""]  # as clients send what is not set
    if len(given) > 1:
        raise several(name)
    return str(given[0]).strip() if given else ""


def _flag(values: Callable[[str], Sequence[Any]], name: str) -> bool:
    said = _one(values, name).lower()
    if said not in _YES | _NO:
        raise BadRequestError(
            N_("The field {name!r} can be: {known}."), name=name, known="true, false"
        )
    return said in _YES
