"""File types that are translated: by the ending of a name, with the function that opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from web.formats.apple_strings import open_strings
from web.formats.base import BilingualLayout, Document, DocumentError
from web.formats.delimited import DelimitedTable
from web.formats.docx import open_docx
from web.formats.epub import open_epub
from web.formats.gettext_catalog import Catalog
from web.formats.html import HtmlFile
from web.formats.json_strings import open_json
from web.formats.markdown import Markdown
from web.formats.odp import open_fodp, open_odp
from web.formats.ods import open_fods, open_ods
from web.formats.odt import open_fodt, open_odt
from web.formats.ooxml import OFFICE
from web.formats.options import OptionName, ReadingOptions
from web.formats.pdf.document import CONVERSIONS, PdfDocument
from web.formats.pdf.document import MEDIA_TYPE as PDF
from web.formats.pptx import open_pptx
from web.formats.properties import open_properties
from web.formats.signatures import OLE, signature
from web.formats.subtitles import Subtitles
from web.formats.xliff import open_xliff
from web.formats.xlsx import open_xlsx
from web.formats.xml_strings import open_android, open_resx
from web.formats.yaml_strings import open_yaml
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


_OPEN: Final = "application/vnd.oasis.opendocument."


def _with_macros(kind: str) -> str:
    return f"application/vnd.ms-{kind}.macroEnabled.12"


KINDS: Final = {
    ".txt": FileFormat("Plain text", "text/plain", None),
    ".text": FileFormat("Plain text", "text/plain", None),
    ".md": FileFormat("Markdown", "text/markdown", Markdown),
    ".markdown": FileFormat("Markdown", "text/markdown", Markdown),
    ".mdx": FileFormat("Markdown", "text/markdown", Markdown),
    ".html": FileFormat("Web page", "text/html", HtmlFile),
    ".htm": FileFormat("Web page", "text/html", HtmlFile),
    ".xhtml": FileFormat("Web page", "application/xhtml+xml", HtmlFile),
    ".srt": FileFormat(
        "Subtitles", "application/x-subrip", partial(Subtitles, notation="srt"), noted=True
    ),
    ".vtt": FileFormat(
        "Subtitles of the web", "text/vtt", partial(Subtitles, notation="vtt"), noted=True
    ),
    ".ass": FileFormat(
        "Styled subtitles", "text/x-ssa", partial(Subtitles, notation="ass"), noted=True
    ),
    ".ssa": FileFormat(
        "Styled subtitles", "text/x-ssa", partial(Subtitles, notation="ass"), noted=True
    ),
    ".csv": FileFormat("Table", "text/csv", DelimitedTable, options=("columns",)),
    ".tsv": FileFormat(
        "Table",
        "text/tab-separated-values",
        partial(DelimitedTable, delimiter="\t"),
        options=("columns",),
    ),
    ".docx": FileFormat(
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        open_docx,
    ),
    ".docm": FileFormat(
        "Word document", "application/vnd.ms-word.document.macroEnabled.12", open_docx
    ),
    ".dotx": FileFormat(
        "Word template",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        open_docx,
    ),
    ".dotm": FileFormat(
        "Word template", "application/vnd.ms-word.template.macroEnabled.12", open_docx
    ),
    ".pptx": FileFormat("Presentation", f"{OFFICE}presentationml.presentation", open_pptx),
    ".ppsx": FileFormat("Slide show", f"{OFFICE}presentationml.slideshow", open_pptx),
    ".potx": FileFormat("Presentation template", f"{OFFICE}presentationml.template", open_pptx),
    ".pptm": FileFormat("Presentation", _with_macros("powerpoint.presentation"), open_pptx),
    ".ppsm": FileFormat("Slide show", _with_macros("powerpoint.slideshow"), open_pptx),
    ".potm": FileFormat("Presentation template", _with_macros("powerpoint.template"), open_pptx),
    ".xlsx": FileFormat(
        "Workbook", f"{OFFICE}spreadsheetml.sheet", open_xlsx, options=("sheet_names",)
    ),
    ".xltx": FileFormat(
        "Workbook template", f"{OFFICE}spreadsheetml.template", open_xlsx, options=("sheet_names",)
    ),
    ".xlsm": FileFormat(
        "Workbook", _with_macros("excel.sheet"), open_xlsx, options=("sheet_names",)
    ),
    ".xltm": FileFormat(
        "Workbook template", _with_macros("excel.template"), open_xlsx, options=("sheet_names",)
    ),
    ".odt": FileFormat("OpenDocument text", "application/vnd.oasis.opendocument.text", open_odt),
    ".ott": FileFormat(
        "OpenDocument template", "application/vnd.oasis.opendocument.text-template", open_odt
    ),
    ".fodt": FileFormat(
        "OpenDocument text", "application/vnd.oasis.opendocument.text-flat-xml", open_fodt
    ),
    ".odp": FileFormat("OpenDocument presentation", f"{_OPEN}presentation", open_odp),
    ".otp": FileFormat(
        "OpenDocument presentation template", f"{_OPEN}presentation-template", open_odp
    ),
    ".fodp": FileFormat("OpenDocument presentation", f"{_OPEN}presentation-flat-xml", open_fodp),
    ".ods": FileFormat(
        "OpenDocument spreadsheet", f"{_OPEN}spreadsheet", open_ods, options=("sheet_names",)
    ),
    ".ots": FileFormat(
        "OpenDocument spreadsheet template",
        f"{_OPEN}spreadsheet-template",
        open_ods,
        options=("sheet_names",),
    ),
    ".fods": FileFormat(
        "OpenDocument spreadsheet",
        f"{_OPEN}spreadsheet-flat-xml",
        open_fods,
        options=("sheet_names",),
    ),
    ".epub": FileFormat("Book", "application/epub+zip", open_epub),
    ".xlf": FileFormat("XLIFF", "application/xliff+xml", open_xliff),
    ".xliff": FileFormat("XLIFF", "application/xliff+xml", open_xliff),
    # Their encoding is their own, so none is said beside it.
    ".po": FileFormat("Gettext catalog", "application/x-gettext", Catalog),
    ".pot": FileFormat("Gettext template", "application/x-gettext", Catalog),
    ".json": FileFormat("Texts of a program", "application/json", open_json),
    ".arb": FileFormat("Texts of Flutter", "application/json", partial(open_json, arb=True)),
    ".yaml": FileFormat("Texts of a program", "application/yaml", open_yaml),
    ".yml": FileFormat("Texts of a program", "application/yaml", open_yaml),
    ".properties": FileFormat("Texts of Java", "application/x-java-properties", open_properties),
    ".strings": FileFormat(
        "Texts of Apple's programs", "application/x-apple-strings", open_strings
    ),
    ".xml": FileFormat("Texts of Android", "application/xml", open_android),
    ".resx": FileFormat("Texts of .NET", "application/xml", open_resx),
    ".pdf": FileFormat(
        "PDF",
        PDF,
        PdfDocument,
        noted=True,
        layouts=("below", "beside"),
        conversions=tuple(CONVERSIONS),
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
