"""File types that are translated: by the ending of a name, with the function that opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from web.formats.base import BilingualLayout, Document, DocumentError
from web.formats.options import OptionName, ReadingOptions
from web.formats.signatures import OLE, signature
from web.messages import N_

# Bytes of a document. A plain text has no limit: it is streamed, as a text and no document.
MAX_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class FileFormat:
    """File type; a plain text is translated as it is, so `open` is None.

    The documents of a `noted` one are each a `NotedDocument`, those of one with `layouts` a
    `BilingualDocument` and those of one with `conversions`, by endings, a `ConvertibleDocument`.
    `open` takes each of the `options`, by its name, besides the content.
    """

    name: str
    media_type: str
    open: Callable[..., Document] | None
    noted: bool = False
    layouts: tuple[BilingualLayout, ...] = ()
    conversions: tuple[str, ...] = ()
    options: tuple[OptionName, ...] = ()


_BELOW: Final[tuple[BilingualLayout, ...]] = ("below",)
_BOTH: Final[tuple[BilingualLayout, ...]] = ("below", "beside")
_OPEN: Final = "application/vnd.oasis.opendocument."
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."


def _opener(where: str, **given: str | bool) -> Callable[..., Document]:
    """A function of a module of this package, which is loaded when its first document comes.

    With their libraries all of them take 27 MB, a third of what else web has in memory.
    """
    module, _, name = where.rpartition(".")

    def open_it(data: bytes, **options: Any) -> Document:
        function: Callable[..., Document] = getattr(import_module(f"web.formats.{module}"), name)
        return function(data, **given, **options)

    return open_it


def _with_macros(kind: str) -> str:
    return f"application/vnd.ms-{kind}.macroEnabled.12"


KINDS: Final = {
    ".txt": FileFormat("Plain text", "text/plain", None, layouts=_BELOW),
    ".text": FileFormat("Plain text", "text/plain", None, layouts=_BELOW),
    ".md": FileFormat(
        "Markdown", "text/markdown", _opener("markdown.document.Markdown"), layouts=_BELOW
    ),
    ".markdown": FileFormat(
        "Markdown", "text/markdown", _opener("markdown.document.Markdown"), layouts=_BELOW
    ),
    ".mdx": FileFormat(
        "Markdown", "text/markdown", _opener("markdown.document.Markdown"), layouts=_BELOW
    ),
    ".html": FileFormat("Web page", "text/html", _opener("html.document.HtmlFile"), layouts=_BOTH),
    ".htm": FileFormat("Web page", "text/html", _opener("html.document.HtmlFile"), layouts=_BOTH),
    ".xhtml": FileFormat(
        "Web page", "application/xhtml+xml", _opener("html.document.HtmlFile"), layouts=_BOTH
    ),
    ".srt": FileFormat(
        "Subtitles",
        "application/x-subrip",
        _opener("subtitles.document.Subtitles", notation="srt"),
        noted=True,
        layouts=_BELOW,
    ),
    ".vtt": FileFormat(
        "Subtitles of the web",
        "text/vtt",
        _opener("subtitles.document.Subtitles", notation="vtt"),
        noted=True,
        layouts=_BELOW,
    ),
    ".ass": FileFormat(
        "Styled subtitles",
        "text/x-ssa",
        _opener("subtitles.document.Subtitles", notation="ass"),
        noted=True,
        layouts=_BELOW,
    ),
    ".ssa": FileFormat(
        "Styled subtitles",
        "text/x-ssa",
        _opener("subtitles.document.Subtitles", notation="ass"),
        noted=True,
        layouts=_BELOW,
    ),
    ".csv": FileFormat(
        "Table", "text/csv", _opener("delimited.DelimitedTable"), options=("columns",)
    ),
    ".tsv": FileFormat(
        "Table",
        "text/tab-separated-values",
        _opener("delimited.DelimitedTable", delimiter="\t"),
        options=("columns",),
    ),
    ".docx": FileFormat(
        "Word document",
        f"{_OFFICE}wordprocessingml.document",
        _opener("word.document.open_docx"),
        layouts=_BOTH,
    ),
    ".docm": FileFormat(
        "Word document",
        "application/vnd.ms-word.document.macroEnabled.12",
        _opener("word.document.open_docx"),
        layouts=_BOTH,
    ),
    ".dotx": FileFormat(
        "Word template",
        f"{_OFFICE}wordprocessingml.template",
        _opener("word.document.open_docx"),
        layouts=_BOTH,
    ),
    ".dotm": FileFormat(
        "Word template",
        "application/vnd.ms-word.template.macroEnabled.12",
        _opener("word.document.open_docx"),
        layouts=_BOTH,
    ),
    ".pptx": FileFormat(
        "Presentation",
        f"{_OFFICE}presentationml.presentation",
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".ppsx": FileFormat(
        "Slide show",
        f"{_OFFICE}presentationml.slideshow",
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".potx": FileFormat(
        "Presentation template",
        f"{_OFFICE}presentationml.template",
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".pptm": FileFormat(
        "Presentation",
        _with_macros("powerpoint.presentation"),
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".ppsm": FileFormat(
        "Slide show",
        _with_macros("powerpoint.slideshow"),
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".potm": FileFormat(
        "Presentation template",
        _with_macros("powerpoint.template"),
        _opener("office.presentation.open_pptx"),
        layouts=_BELOW,
    ),
    ".xlsx": FileFormat(
        "Workbook",
        f"{_OFFICE}spreadsheetml.sheet",
        _opener("office.workbook.open_xlsx"),
        options=("sheet_names",),
    ),
    ".xltx": FileFormat(
        "Workbook template",
        f"{_OFFICE}spreadsheetml.template",
        _opener("office.workbook.open_xlsx"),
        options=("sheet_names",),
    ),
    ".xlsm": FileFormat(
        "Workbook",
        _with_macros("excel.sheet"),
        _opener("office.workbook.open_xlsx"),
        options=("sheet_names",),
    ),
    ".xltm": FileFormat(
        "Workbook template",
        _with_macros("excel.template"),
        _opener("office.workbook.open_xlsx"),
        options=("sheet_names",),
    ),
    ".odt": FileFormat(
        "OpenDocument text", f"{_OPEN}text", _opener("open_document.text.open_odt"), layouts=_BOTH
    ),
    ".ott": FileFormat(
        "OpenDocument template",
        f"{_OPEN}text-template",
        _opener("open_document.text.open_odt"),
        layouts=_BOTH,
    ),
    ".fodt": FileFormat(
        "OpenDocument text",
        f"{_OPEN}text-flat-xml",
        _opener("open_document.text.open_fodt"),
        layouts=_BOTH,
    ),
    ".odp": FileFormat(
        "OpenDocument presentation",
        f"{_OPEN}presentation",
        _opener("open_document.presentation.open_odp"),
    ),
    ".otp": FileFormat(
        "OpenDocument presentation template",
        f"{_OPEN}presentation-template",
        _opener("open_document.presentation.open_odp"),
    ),
    ".fodp": FileFormat(
        "OpenDocument presentation",
        f"{_OPEN}presentation-flat-xml",
        _opener("open_document.presentation.open_fodp"),
    ),
    ".ods": FileFormat(
        "OpenDocument spreadsheet",
        f"{_OPEN}spreadsheet",
        _opener("open_document.spreadsheet.open_ods"),
        options=("sheet_names",),
    ),
    ".ots": FileFormat(
        "OpenDocument spreadsheet template",
        f"{_OPEN}spreadsheet-template",
        _opener("open_document.spreadsheet.open_ods"),
        options=("sheet_names",),
    ),
    ".fods": FileFormat(
        "OpenDocument spreadsheet",
        f"{_OPEN}spreadsheet-flat-xml",
        _opener("open_document.spreadsheet.open_fods"),
        options=("sheet_names",),
    ),
    ".epub": FileFormat(
        "Book", "application/epub+zip", _opener("html.epub.open_epub"), layouts=_BOTH
    ),
    ".xlf": FileFormat("XLIFF", "application/xliff+xml", _opener("localisation.xliff.open_xliff")),
    ".xliff": FileFormat(
        "XLIFF", "application/xliff+xml", _opener("localisation.xliff.open_xliff")
    ),
    # Their encoding is their own, so none is said beside it.
    ".po": FileFormat(
        "Gettext catalog", "application/x-gettext", _opener("localisation.gettext_catalog.Catalog")
    ),
    ".pot": FileFormat(
        "Gettext template", "application/x-gettext", _opener("localisation.gettext_catalog.Catalog")
    ),
    ".json": FileFormat(
        "Texts of a program", "application/json", _opener("localisation.json_strings.open_json")
    ),
    ".arb": FileFormat(
        "Texts of Flutter",
        "application/json",
        _opener("localisation.json_strings.open_json", arb=True),
    ),
    ".yaml": FileFormat(
        "Texts of a program", "application/yaml", _opener("localisation.yaml_strings.open_yaml")
    ),
    ".yml": FileFormat(
        "Texts of a program", "application/yaml", _opener("localisation.yaml_strings.open_yaml")
    ),
    ".properties": FileFormat(
        "Texts of Java",
        "application/x-java-properties",
        _opener("localisation.properties.open_properties"),
    ),
    ".strings": FileFormat(
        "Texts of Apple's programs",
        "application/x-apple-strings",
        _opener("localisation.apple_strings.open_strings"),
    ),
    ".xml": FileFormat(
        "Texts of Android", "application/xml", _opener("localisation.xml_strings.open_android")
    ),
    ".resx": FileFormat(
        "Texts of .NET", "application/xml", _opener("localisation.xml_strings.open_resx")
    ),
    ".pdf": FileFormat(
        "PDF",
        "application/pdf",
        _opener("pdf.document.PdfDocument"),
        noted=True,
        layouts=("below", "beside"),
        conversions=(".docx", ".html", ".md"),
    ),
}


# Kinds that are not translated, with those that their programs can save instead.
INSTEAD: Final = {
    **dict.fromkeys((".doc", ".dot", ".rtf", ".wpd", ".wps", ".pages", ".sxw"), ".docx"),
    **dict.fromkeys((".xls", ".numbers"), ".xlsx"),
    **dict.fromkeys((".ppt", ".key"), ".pptx"),
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".fb2"), ".epub"),
    **dict.fromkeys((".tex", ".ipynb", ".rst", ".adoc", ".org"), ".md"),
}


def ending_of(name: str) -> str:
    """Ending of a file's name in lower case, with its dot; "" when it has none."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


def kind_of(name: str) -> FileFormat:
    """File type of a file by its name; one without an ending is a plain text.

    Raises DocumentError when it has none, which says in what form to save it instead, or lists all.
    """
    ending = ending_of(name) or ".txt"
    kind = KINDS.get(ending)
    if kind is None and INSTEAD.get(ending) in KINDS:
        raise DocumentError(
            N_("Files of this kind are not translated. Nothing was kept; save it as {instead}."),
            instead=INSTEAD[ending],
        )
    if kind is None:
        raise DocumentError(
            N_("Files of this kind are not translated. Nothing was kept. These are: {kinds}"),
            kinds=" ".join(KINDS),
        )
    return kind


def check_content(name: str, data: bytes) -> None:
    """Raise DocumentError for a file that is empty, or of another kind than its name says."""
    if not data:
        raise DocumentError(N_("The file is empty. Nothing was kept."))
    found, ending = signature(data), ending_of(name)
    # An encrypted .docx looks like an older Office document: who unpacks it tells the two apart.
    if found is None or ending in found[1] or data.startswith(OLE):
        return
    raise DocumentError(
        N_(
            "The file's name ends in {ending}, but it is {kind}. Nothing was kept; give it its own "
            "name, or save it as {ending} and send that."
        ),
        ending=ending,
        kind=found[0],
    )


def check_options(name: str, options: ReadingOptions) -> None:
    """Raise DocumentError for an option that files of this name's kind do not have."""
    has = kind_of(name).options
    for each in options.given:
        if each not in has:
            raise DocumentError(
                N_(
                    "Files of this kind do not have the option {option!r}. Nothing was kept; send "
                    "the file without it. These have it: {kinds}"
                ),
                option=each,
                kinds=" ".join(ending for ending, kind in KINDS.items() if each in kind.options),
            )


def open_document(
    name: str,
    data: bytes,
    options: ReadingOptions = ReadingOptions(),  # noqa: B008 - it is frozen
) -> Document:
    """Read the document of this file name; it takes time, so call it in a thread.

    Raises DocumentError when it is of no known kind, over MAX_BYTES, protected, damaged or harmful,
    or when its kind does not have one of the `options`. A .txt is no document: its text is
    translated as it is. `check_content` tells of what is another kind than its name says.
    """
    kind = kind_of(name)
    check_options(name, options)
    if kind.open is None:
        raise DocumentError(N_("A plain text is translated as a text, not as a document."))
    if len(data) > MAX_BYTES:
        raise DocumentError(
            N_(
                "The document is larger than {most} MB and was not read. Nothing was kept; divide "
                "it."
            ),
            most=MAX_BYTES // 1_000_000,
        )
    given: dict[str, Any] = {each: getattr(options, each) for each in options.given}
    return kind.open(data, **given)
