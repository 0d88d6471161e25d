"""File signatures: the kind of a file by its first bytes, which a name may be wrong about."""

import re
from typing import Final

from web.messages import N_, Message

_Kind = tuple[bytes, str, tuple[str, ...]]

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
# Kinds by their first bytes, each with the endings that its files may have.
_FIRST_BYTES: Final[tuple[_Kind, ...]] = (
    (b"%PDF-", N_("a PDF"), (".pdf",)),
    (OLE, N_("a document of an older Office program, or an encrypted one"), ()),
    (b"{\\rtf", N_("a Rich Text document"), (".rtf",)),
    (b"\x89PNG\r\n\x1a\n", N_("an image"), ()),
    (b"\xff\xd8\xff", N_("an image"), ()),
    (b"GIF8", N_("an image"), ()),
    (b"\x1f\x8b", N_("a compressed file"), ()),
    (b"7z\xbc\xaf\x27\x1c", N_("a compressed file"), ()),
    (b"\x7fELF", N_("a program"), ()),
    (b"SQLite format 3\0", N_("a database"), ()),
)
# Kinds of zip by a folder that its files have, and by the type that its first file names.
_FOLDERS: Final = (
    ("word/", N_("a Word document"), (".docx", ".docm", ".dotx", ".dotm")),
    (
        "ppt/",
        N_("a PowerPoint presentation"),
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    ),
    ("xl/", N_("an Excel workbook"), (".xlsx", ".xlsm", ".xltx", ".xltm")),
)
_MIMETYPES: Final[tuple[_Kind, ...]] = (
    (b"application/epub+zip", N_("a book (EPUB)"), (".epub",)),
    (b"application/vnd.oasis.opendocument.text", N_("an OpenDocument text"), (".odt", ".ott")),
    (
        b"application/vnd.oasis.opendocument.presentation",
        N_("an OpenDocument presentation"),
        (".odp", ".otp"),
    ),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        N_("an OpenDocument spreadsheet"),
        (".ods", ".ots"),
    ),
)
_ZIPPED: Final = tuple(ending for _, _, endings in (*_FOLDERS, *_MIMETYPES) for ending in endings)
# `mimetype`, stored, as the first file of a zip.
_MIMETYPE: Final = re.compile(rb"PK\x03\x04.{26}mimetype", re.DOTALL)
# Most bytes of a zip's list of files that are looked at: names in it tell the kind.
_LOOKED_AT: Final = 100_000
# Bytes at its beginning, which hold its first file's name and type.
_BEGINNING: Final = 4096


def signature(data: bytes) -> tuple[Message, tuple[str, ...]] | None:
    """The kind that the first bytes of a file show, and endings of such files' names.

    None for a text, and for what is not known.
    """
    for first, kind, endings in _FIRST_BYTES:
        if data.startswith(first):
            return Message(kind), endings
    if not data.startswith(_ZIP):
        return None
    beginning = data[:_BEGINNING]
    if _MIMETYPE.match(beginning):
        for mimetype, kind, endings in _MIMETYPES:
            if beginning[38:].startswith(mimetype):
                return Message(kind), endings
    listed = data[-_LOOKED_AT:]
    for folder, kind, endings in _FOLDERS:
        # The directory at the end of a zip has an entry for each file: 46 bytes, then its name.
        if re.search(rb"PK\x01\x02.{42}" + folder.encode(), listed, re.DOTALL):
            return Message(kind), endings
    # It may be any of them, made by a program that has its own order: who reads it will tell.
    return Message(N_("a zip file")), _ZIPPED
