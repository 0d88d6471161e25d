"""Files of every kind with the same paragraphs, as small as their programs take them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from tests.support import documents, office_documents, open_documents, pdf_files

# Marks of the language that each kind has, as they are in German; the others have none.
MARKS: Final[Mapping[str, str]] = {
    ".html": 'lang="de"',
    ".md": "lang: de\n",
    ".vtt": "Language: de\n",
    ".docx": '<w:lang w:val="de-DE"/>',
    ".pptx": 'lang="de-DE"',
    ".odt": 'fo:language="de"',
    ".odp": 'fo:language="de"',
    ".ods": 'fo:language="de"',
    ".fodt": 'fo:language="de"',
    ".fodp": 'fo:language="de"',
    ".fods": 'fo:language="de"',
    ".epub": "<dc:language>de</dc:language>",
    ".xlf": 'target-language="de"',
    ".po": "Language: de\\n",
    ".json": '"locale": "de"',
    ".arb": '"@@locale": "de"',
    ".yaml": "\nde:\n",
}
_TIME: Final = "00:00:{:02},000 --> 00:00:{:02},000"


def _xml(text: str) -> str:
    return escape(text)


def _joined(before: str, each: Callable[[int, str], str], texts: Sequence[str], after: str) -> str:
    return before + "".join(each(number, text) for number, text in enumerate(texts)) + after


def _markdown(texts: Sequence[str]) -> str:
    return "---\nlang: de\n---\n\n" + "\n\n".join(texts) + "\n"


def _html(texts: Sequence[str]) -> str:
    head = '<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"></head><body>\n'
    return _joined(head, lambda _, text: f"<p>{_xml(text)}</p>\n", texts, "</body></html>\n")


def _srt(texts: Sequence[str]) -> str:
    times = [_TIME.format(number * 2, number * 2 + 1) for number in range(len(texts))]
    parts = zip(times, texts, strict=True)
    return "\n".join(f"{number}\n{time}\n{text}\n" for number, (time, text) in enumerate(parts, 1))


def _vtt(texts: Sequence[str]) -> str:
    times = [_TIME.format(number * 2, number * 2 + 1) for number in range(len(texts))]
    cues = (
        f"{time.replace(',', '.')}\n{_xml(text)}\n" for time, text in zip(times, texts, strict=True)
    )
    return "WEBVTT\nLanguage: de\n\n" + "\n".join(cues)


def _ass(texts: Sequence[str]) -> str:
    def cue(number: int, text: str) -> str:
        return f"Dialogue: 0,0:00:{number:02}.00,0:00:{number:02}.90,A,,0,0,0,,{text}\n"

    form = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    return _joined(f"[Script Info]\nTitle: A\n\n[Events]\n{form}", cue, texts, "")


def _csv(texts: Sequence[str], delimiter: str = ";") -> str:
    def row(number: int, text: str) -> str:
        said = text.replace('"', '""')
        return f'{number},5{delimiter}"{said}"\n'

    return _joined(f"Preis{delimiter}Ware\n", row, texts, "")


def _xliff(texts: Sequence[str]) -> str:
    def unit(number: int, text: str) -> str:
        return f'<trans-unit id="{number}"><source>{_xml(text)}</source></trans-unit>\n'

    head = (
        '<?xml version="1.0"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        '<file original="a" datatype="plaintext" source-language="de" target-language="de"><body>\n'
    )
    return _joined(head, unit, texts, "</body></file></xliff>\n")


def _po(texts: Sequence[str]) -> str:
    head = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return _joined(
        head,
        lambda number, text: f'\nmsgctxt "{number}"\nmsgid {_quoted(text)}\nmsgstr ""\n',
        texts,
        "",
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json(texts: Sequence[str], locale: str = "locale") -> str:
    named = {f"text{number}": text for number, text in enumerate(texts)}
    return json.dumps({locale: "de", **named}, ensure_ascii=False, indent=2) + "\n"


def _yaml(texts: Sequence[str]) -> str:
    return _joined(
        "# Texte\nde:\n", lambda number, text: f"  text{number}: {_quoted(text)}\n", texts, ""
    )


def _android(texts: Sequence[str]) -> str:
    def text_of(number: int, text: str) -> str:
        said = _xml(text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"'))
        return f'  <string name="text{number}">{said}</string>\n'

    return _joined('<?xml version="1.0"?>\n<resources>\n', text_of, texts, "</resources>\n")


def _resx(texts: Sequence[str]) -> str:
    def text_of(number: int, text: str) -> str:
        return (
            f'  <data name="Text{number}" xml:space="preserve"><value>{_xml(text)}</value></data>\n'
        )

    return _joined('<?xml version="1.0"?>\n<root>\n', text_of, texts, "</root>\n")


def _docx(texts: Sequence[str]) -> bytes:
    lang = '<w:rPr><w:lang w:val="de-DE"/></w:rPr>'
    body = _joined(
        "",
        lambda _, text: f'<w:p><w:r>{lang}<w:t xml:space="preserve">{_xml(text)}</w:t></w:r></w:p>',
        texts,
        "",
    )
    data = documents.word_of(body)
    # The template of python-docx is in English.
    for name in ("word/styles.xml", "word/stylesWithEffects.xml"):
        data = documents.replaced(data, name, 'w:lang w:val="en-US"', 'w:lang w:val="de-DE"')
    return data


def _pptx(texts: Sequence[str]) -> bytes:
    paragraphs = (f"<a:p>{office_documents.run(_xml(text))}</a:p>" for text in texts)
    return office_documents.presentation(office_documents.shape("".join(paragraphs)))


def _xlsx(texts: Sequence[str]) -> bytes:
    strings = "".join(f"<si><t>{_xml(text)}</t></si>" for text in texts)
    return office_documents.workbook(strings, cells=office_documents.cells_of(len(texts)))


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<text:p>{_xml(text)}</text:p>" for text in texts)


def _slides(texts: Sequence[str]) -> str:
    frames = "".join(open_documents.frame(_xml(text)) for text in texts)
    return (
        '<office:presentation><draw:page draw:name="Seite 1" draw:master-page-name="Standard">'
        f"{frames}</draw:page></office:presentation>"
    )


def _table(texts: Sequence[str]) -> str:
    cells = "".join(open_documents.cell(_xml(text)) for text in texts)
    return (
        '<office:spreadsheet><table:table table:name="Blatt eins"><table:table-row>'
        f"{cells}</table:table-row></table:table></office:spreadsheet>"
    )


def _epub(texts: Sequence[str]) -> bytes:
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Titel</title></head><body>'
    return documents.book(
        _joined(head, lambda _, text: f"<p>{_xml(text)}</p>\n", texts, "</body></html>")
    )


def _pdf(texts: Sequence[str]) -> bytes:
    pages = (
        "\n".join(pdf_files.shown(50, 780 - 60 * at, text) for at, text in enumerate(part))
        for part in (texts[index : index + 10] for index in range(0, len(texts), 10))
    )
    return pdf_files.pdf_of(*pages)


# Makes a file of a kind with these paragraphs.
MAKERS: Final[Mapping[str, Callable[[Sequence[str]], bytes | str]]] = {
    ".md": _markdown,
    ".html": _html,
    ".srt": _srt,
    ".vtt": _vtt,
    ".ass": _ass,
    ".csv": _csv,
    ".tsv": lambda texts: _csv(texts, "\t"),
    ".docx": _docx,
    ".pptx": _pptx,
    ".xlsx": _xlsx,
    ".odt": lambda texts: open_documents.odf(
        "text", f"<office:text>{_paragraphs(texts)}</office:text>"
    ),
    ".odp": lambda texts: open_documents.odf("presentation", _slides(texts)),
    ".ods": lambda texts: open_documents.odf("spreadsheet", _table(texts)),
    ".fodt": lambda texts: open_documents.flat(
        "text", f"<office:text>{_paragraphs(texts)}</office:text>"
    ),
    ".fodp": lambda texts: open_documents.flat("presentation", _slides(texts)),
    ".fods": lambda texts: open_documents.flat("spreadsheet", _table(texts)),
    ".epub": _epub,
    ".xlf": _xliff,
    ".po": _po,
    ".json": _json,
    ".arb": lambda texts: _json(texts, "@@locale"),
    ".yaml": _yaml,
    ".properties": lambda texts: _joined(
        "# Texte\n",
        lambda number, text: f"text{number} = {text.replace(chr(92), chr(92) * 2)}\n",
        texts,
        "",
    ),
    ".strings": lambda texts: _joined(
        "", lambda number, text: f'"text{number}" = {_quoted(text)};\n', texts, ""
    ),
    ".xml": _android,
    ".resx": _resx,
    ".pdf": _pdf,
}
# Kinds that differ from another one in their name and in what they say of themselves alone.
LIKE: Final[Mapping[str, str]] = {
    **dict.fromkeys((".markdown", ".mdx"), ".md"),
    **dict.fromkeys((".htm", ".xhtml"), ".html"),
    ".ssa": ".ass",
    **dict.fromkeys((".docm", ".dotx", ".dotm"), ".docx"),
    **dict.fromkeys((".ppsx", ".potx", ".pptm", ".ppsm", ".potm"), ".pptx"),
    **dict.fromkeys((".xltx", ".xlsm", ".xltm"), ".xlsx"),
    ".ott": ".odt",
    ".otp": ".odp",
    ".ots": ".ods",
    ".xliff": ".xlf",
    ".pot": ".po",
    ".yml": ".yaml",
}


def file_of(ending: str, texts: Sequence[str]) -> bytes:
    """A file of this kind with these paragraphs."""
    made = MAKERS[LIKE.get(ending, ending)](texts)
    return made.encode() if isinstance(made, str) else made


def content_of(data: bytes) -> dict[str, bytes]:
    """The entries of a package; a file that is none has one, itself."""
    return documents.unpacked(data) if data.startswith(b"PK") else {"": data}
