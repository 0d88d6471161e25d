"""Packages: the zip of XML that .docx, .odt and .epub are, read with limits and never to disk.

Nothing that a zip says of itself is believed: every entry is unpacked once, counting, before its
document is taken. Only the XML that is translated is written anew; all else is copied, in its
order and with its compression.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

from web.formats.base import DocumentError
from web.formats.inline import bare
from web.formats.places import Lines, Place
from web.formats.xml_parts import Node, packed, rewritten, unpacked
from web.messages import N_

# Most entries of a zip.
MAX_ENTRIES: Final = 10_000
MAX_UNPACKED: Final = 200_000_000  # bytes, all entries together
MAX_XML: Final = 30_000_000  # bytes of one entry that is read, not only copied
# Ratio of unpacked to packed bytes, in entries of more than _RATIO_FROM unpacked: text rarely packs
# better than 20 to 1, and a small entry does no harm whatever it says.
MAX_RATIO: Final = 200
_RATIO_FROM: Final = 1_000_000  # bytes
_CHUNK: Final = 1 << 16  # bytes

# First bytes of a zip's directory entry, and of an OLE file (.doc, or an encrypted .docx).
_ENTRY: Final = b"PK\x01\x02"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTSIDE: Final = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
_ENCRYPTED: Final = 0x1  # bit of a zip entry's flags
# The others of its flags say that sizes follow the content, or are for what is not read here.
_KEPT_FLAGS: Final = 0x806
# Bytes of the head of an entry, and where in it the lengths of what follows are.
_HEADER: Final = 30
_LENGTHS: Final = 26
_METHODS: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))

PROTECTED: Final = N_(
    "The document is protected with a password or by its seller and cannot be read. Nothing was "
    "kept; remove the protection and send it again."
)
TOO_LARGE_XML: Final = N_(
    "A part of the document is larger than {most} MB and was not read. Nothing was kept; divide "
    "the document."
)
_CORRUPT: Final = N_(
    "The document is damaged or is not what its name says. Nothing was kept; open it in the "
    "program that made it, save it again and try that."
)


def corrupt() -> DocumentError:
    """The error for a document that cannot be understood; to be raised."""
    return DocumentError(_CORRUPT)


def declared_size(data: bytes) -> int:
    """Bytes of a zip's entries when unpacked, as it says itself; none is unpacked further.

    Raises DocumentError when it is no zip, or over MAX_ENTRIES.
    """
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise _too_many()
    with _reading(), zipfile.ZipFile(io.BytesIO(data)) as source:
        return sum(entry.file_size for entry in source.infolist())


class Reader(Protocol):
    """Reader of one kind of XML in a package: its blocks, their lines, and their new XML."""

    prefixes: Mapping[str, str]

    def is_block(self, node: Node) -> bool:
        """Whether lines are to be looked for in this element."""

    def places(self, block: Node, data: bytes) -> list[Place]:
        """The lines in a block, in their order."""

    def rendered(self, block: Node, data: bytes) -> bytes:
        """The block as XML, in UTF-8, after its places have changed."""


class Package:
    """Package: a zip that has been found harmless.

    Raises DocumentError when it is no zip, is damaged or protected, or is over a limit.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise DocumentError(PROTECTED)
            raise DocumentError(
                N_(
                    "This is a document of an older program (.doc) under another name. Nothing "
                    "was kept; save it as .docx or .odt and send that."
                )
            )
        # Before zipfile makes an object of each.
        if data.count(_ENTRY) > MAX_ENTRIES:
            raise _too_many()
        self._data = data
        with _reading():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = self._zip.infolist()
            self._check()

    def _check(self) -> None:
        names = {entry.filename for entry in self._entries}
        if len(self._entries) > MAX_ENTRIES:
            raise _too_many()
        if len(names) < len(self._entries):
            raise corrupt()
        # Each has its own bytes: entries that share some would make a copy many times as large.
        if sum(entry.compress_size for entry in self._entries) > len(self._data):
            raise corrupt()
        total = 0
        for entry in self._entries:
            _check_head(entry)
            size = 0
            with self._zip.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    total += len(chunk)
                    if total > MAX_UNPACKED:
                        raise DocumentError(
                            N_(
                                "The document is larger than {most} MB when unpacked and was not "
                                "read. Nothing was kept; divide the document."
                            ),
                            most=MAX_UNPACKED // 1_000_000,
                        )
                    if size > max(_RATIO_FROM, entry.compress_size * MAX_RATIO):
                        raise DocumentError(
                            N_(
                                "The document is packed so tightly that it could be made to do "
                                "harm and was not read. Nothing was kept; divide the document."
                            )
                        )
            if size != entry.file_size:
                raise corrupt()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        """The entries' names, in their order."""
        return [entry.filename for entry in self._entries]

    def read(self, name: str) -> bytes:
        """Read an entry. Raises DocumentError when it is missing, damaged or over MAX_XML bytes."""
        with _reading():
            if self._zip.getinfo(name).file_size > MAX_XML:
                raise DocumentError(TOO_LARGE_XML, most=MAX_XML // 1_000_000)
            return self._zip.read(name)

    def copied(self, replaced: Callable[[str], bytes | None]) -> bytes:
        """Copy the package, with the content that `replaced` gives for a name; None: as it was."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for entry in self._entries:
                content = replaced(entry.filename)
                if content is not None:
                    target.writestr(_same(entry), content)
                else:
                    self._copy(entry, target, made)
            target.comment = self._zip.comment
        return made.getvalue()

    def _copy(self, entry: zipfile.ZipInfo, target: zipfile.ZipFile, made: io.BytesIO) -> None:
        """Copy an entry as it is packed: to unpack and pack 50 MB of pictures takes a second.

        zipfile has no function for it, but keeps its list of entries open.
        """
        new = _same(entry)
        new.CRC, new.file_size = entry.CRC, entry.file_size
        new.compress_size = entry.compress_size
        new.flag_bits = entry.flag_bits & _KEPT_FLAGS
        new.header_offset = made.tell()
        made.write(new.FileHeader(zip64=False))
        lengths = struct.unpack_from("<HH", self._data, entry.header_offset + _LENGTHS)
        start = entry.header_offset + _HEADER + sum(lengths)
        made.write(memoryview(self._data)[start : start + entry.compress_size])
        target.filelist.append(new)
        target.NameToInfo[new.filename] = new
        target.start_dir = made.tell()


class Entries(Protocol):
    """Entries of a document, its XML by names: `Package` describes its methods."""

    def read(self, name: str) -> bytes:
        """Read an entry. Raises DocumentError."""

    def copied(self, replaced: Callable[[str], bytes | None]) -> bytes:
        """Copy the whole, with the content that `replaced` gives for a name; None: as it was."""


# Changes an entry, XML in UTF-8 or another file, after its lines: by the language of the document,
# "" if it is not to be marked, and by what each of its lines has become.
Finish = Callable[[bytes, str, Mapping[str, str]], bytes]


class PackageDocument:
    """Document in a package; `readers` has a reader for each XML entry, in reading order.

    Lines of `followers`, which are among them, say again what another line says, and so become
    the same. `finishes` change entries afterwards, also others. Raises DocumentError when one of
    these entries cannot be read.
    """

    def __init__(
        self,
        package: Entries,
        readers: Mapping[str, Reader],
        followers: Collection[str] = (),
        finishes: Mapping[str, Finish] | None = None,
    ) -> None:
        self._package = package
        self._readers = readers
        self._followers = followers
        self._finishes = finishes or {}
        self._lines = Lines()
        self._shares: dict[str, slice] = {}
        for name, reader in readers.items():
            before = self._lines.count

            def collect(node: Node, data: bytes, reader: Reader = reader) -> None:
                self._lines.add(reader.places(node, data))

            data, _ = unpacked(package.read(name))
            rewritten(data, reader.prefixes, reader.is_block, collect)
            self._shares[name] = slice(before, self._lines.count)
        self._lines.finish()
        self.lines: Sequence[str] = self._lines.lines

    def rebuilt(self, targets: Sequence[str], language: str = "") -> bytes:
        """Rebuild the file: see `web.formats.base.Document`. Raises DocumentError as there."""
        targets = self._lines.settled(targets, language)
        said: dict[str, str] = {}
        if self._followers or self._finishes:
            for line, target in zip(self.lines, targets, strict=True):
                said.setdefault(bare(line), bare(target))

        def replaced(name: str) -> bytes | None:
            new = self._translated(name, targets, said)
            finish = self._finishes.get(name)
            if finish is None:
                return new
            old = self._package.read(name) if new is None else new
            data, encoding = unpacked(old)
            finished = packed(finish(data, language, said), encoding)
            return new if finished == old else finished

        return self._package.copied(replaced)

    def _translated(
        self, name: str, targets: Sequence[str], said: Mapping[str, str]
    ) -> bytes | None:
        """An entry with its lines translated; None where they are what they were."""
        if name not in self._readers:
            return None
        reader, share = self._readers[name], self._shares[name]
        lines, mine = self.lines[share], targets[share]
        if name in self._followers:
            mine = [said.get(line, target) for line, target in zip(lines, mine, strict=True)]
        if list(mine) == lines:
            return None
        fill = self._lines.filler(mine)

        def put(node: Node, data: bytes) -> bytes | None:
            return reader.rendered(node, data) if fill(reader.places(node, data)) else None

        data, encoding = unpacked(self._package.read(name))
        return packed(rewritten(data, reader.prefixes, reader.is_block, put), encoding)


def _check_head(entry: zipfile.ZipInfo) -> None:
    """Check what a zip says of an entry. Raises DocumentError."""
    if _OUTSIDE.search(entry.orig_filename) or _OUTSIDE.search(entry.filename):
        raise DocumentError(
            N_("The document names a file outside of itself and was not read. Nothing was kept.")
        )
    if entry.flag_bits & _ENCRYPTED:
        raise DocumentError(PROTECTED)
    if entry.compress_type not in _METHODS:
        raise corrupt()


def _same(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A new entry that is like another in all but its content."""
    new = zipfile.ZipInfo(entry.filename, entry.date_time)
    new.compress_type = entry.compress_type
    new.comment = entry.comment
    new.create_system = entry.create_system
    new.internal_attr = entry.internal_attr
    new.external_attr = entry.external_attr
    return new


def _too_many() -> DocumentError:
    return DocumentError(
        N_(
            "The document has more than {most} parts and was not read. Nothing was kept; divide "
            "the document."
        ),
        most=MAX_ENTRIES,
    )


@contextmanager
def _reading() -> Iterator[None]:
    """Context manager: every error of zipfile for a damaged file becomes a DocumentError."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        EOFError,
        OSError,
        LookupError,
        ValueError,
        RuntimeError,
        OverflowError,
    ):
        raise corrupt() from None
