"""Data of charts: the workbook inside of a document from which a chart's texts were taken.

A chart shows texts that it keeps itself, and takes them from its workbook again when someone edits
its data. So the texts that it shows are in the workbook what they are in the chart.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final

from web.formats.base import DocumentError
from web.formats.office.drawing import PREFIXES
from web.formats.office.ooxml import OfficePackage
from web.formats.office.workbook import read_workbook
from web.formats.package import MAX_UNPACKED, Finish, Package, declared_size
from web.formats.xml_parts import elements

# Bytes of all these workbooks when unpacked; that of a chart has some 20,000.
_MOST: Final = MAX_UNPACKED
_ZIP: Final = b"PK"
_WORKBOOKS: Final = (".xlsx", ".xlsm")
_TEXTS: Final = ("c:v", "cx:pt", "cx:v")


class ChartData:
    """Workbooks of the charts in a package; `finishes` change them as their charts were changed.

    One that cannot be read, or is too large beside the others, stays as it was: the document is
    read without it. Raises DocumentError when a chart's list of parts is damaged.
    """

    def __init__(self, office: OfficePackage, charts: Collection[str], most: int = _MOST) -> None:
        """`most` is how many bytes all workbooks may have when unpacked."""
        self._package = office.package
        self._charts: dict[str, list[str]] = {}
        for chart in charts:
            for name in office.relations(chart).values():
                if name.lower().endswith(_WORKBOOKS) and name in office.package:
                    self._charts.setdefault(name, []).append(chart)
        self.finishes: dict[str, Finish] = {
            name: partial(self._finish, name) for name in self._readable(most)
        }

    def _readable(self, left: int) -> Iterator[str]:
        for name in self._charts:
            try:
                data = self._package.read(name)
                size = declared_size(data)
            except DocumentError:
                continue
            if size <= left and data.startswith(_ZIP):
                left -= size
                yield name

    def _finish(self, name: str, data: bytes, _: str, said: Mapping[str, str]) -> bytes:
        shown = set(self._shown(name))
        new = {line: target for line, target in said.items() if line in shown and line != target}
        if not new:
            return data
        try:
            workbook = read_workbook(Package(data))
            return workbook.rebuilt([new.get(line, line) for line in workbook.lines])
        except DocumentError:
            return data

    def _shown(self, name: str) -> Iterator[str]:
        """Lines of the texts that the charts of a workbook show."""
        for chart in self._charts[name]:
            xml = self._package.read(chart)
            for kind in _TEXTS:
                for each in elements(xml, PREFIXES, kind):
                    yield from map(str.strip, each.text.splitlines())
