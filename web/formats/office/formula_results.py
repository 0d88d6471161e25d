"""Results of formulas: texts that a spreadsheet's formulas took from cells, as it keeps them.

Programs show what is kept until they calculate anew, and few do so when they open a file. So the
text of a cell that another one shows (`=A1`) is its translation there, too.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from web.formats.cells import same_cell
from web.formats.office.drawing import PREFIXES, with_values
from web.formats.office.strings import unescaped, with_escapes
from web.formats.xml_parts import Node, escaped, rewritten

_STRING_TYPE: Final = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_CALCULATION: Final = "fullCalcOnLoad"
# Elements of a workbook that come before the one that says how it is calculated.
_BEFORE: Final = frozenset(
    f"x:{name}"
    for name in ("sheets", "functionGroups", "externalReferences", "definedNames", "calcPr")
)


def translated_results(
    data: bytes, said: Mapping[str, str], is_kept: Callable[[str], bool]
) -> bytes:
    """A worksheet of an .xlsx, in UTF-8, with results as `said` has the lines of their texts."""
    if not _STRING_TYPE.search(data):
        return data

    def put(cell: Node, data: bytes) -> bytes | None:
        value = next((each for each in cell.nodes if each.name == "x:v"), None)
        if value is None or not any(each.name == "x:f" for each in cell.nodes):
            return None
        text = unescaped(value.text)
        new = text if is_kept(same_cell(text)) else result_text(text, said)
        if new == text:
            return None
        written = escaped(with_escapes(new))
        return data[cell.start : value.inner] + written + data[value.close : cell.end]

    def is_result(node: Node) -> bool:
        return node.name == "x:c" and node.attributes.get("t") == "str"

    return rewritten(data, PREFIXES, is_result, put)


def calculated_anew(data: bytes) -> bytes:
    """A workbook's main part, in UTF-8, that is to be calculated when it is opened."""
    found: list[Node] = []
    rewritten(data, PREFIXES, lambda node: node.name in _BEFORE, lambda node, _: found.append(node))
    if not found:
        return data
    last = next((each for each in found if each.name == "x:calcPr"), found[-1])
    if last.name != "x:calcPr":
        made = b'<%bcalcPr %b="1"/>' % (last.prefix(data), _CALCULATION.encode())
        return data[: last.end] + made + data[last.end :]
    tag = data[last.start : last.inner]
    if _CALCULATION in last.attributes:
        tag = with_values(tag, {_CALCULATION: "1"})
    else:
        end = len(tag) - (2 if tag.endswith(b"/>") else 1)
        tag = tag[:end].rstrip() + b' %b="1"' % _CALCULATION.encode() + tag[end:]
    return data[: last.start] + tag + data[last.inner :]


def result_text(text: str, said: Mapping[str, str]) -> str:
    """A cell's text as `said` has the lines that it is made of; as it was if one is none."""
    lines = text.split("\n")
    words = [each.strip() for each in lines]
    if any(each and each not in said for each in words):
        return text
    pairs = zip(lines, words, strict=True)
    return "\n".join(line.replace(each, said[each]) if each else line for line, each in pairs)
