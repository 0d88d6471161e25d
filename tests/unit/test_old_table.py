"""The old table's dump is read whole, whatever the texts hold."""

# ruff: noqa: S608 - dumps are made here, and no SQL is run
import io
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.importer import old_table
from web.importer.old_table import OldRow, OldTableError, rows_of_dump
from web.text.passages import LIMIT, aligned

CREATE = (
    "CREATE TABLE `translations` (\n  `id` int NOT NULL,\n  `text_de` text,\n"
    "  `text_en` text,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n"
)


def quoted(text: str) -> str:
    """As mysqldump writes a string."""
    for sign, escape in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\0", "\\0")):
        text = text.replace(sign, escape)
    return f"'{text}'"


def dump(rows: list[OldRow]) -> str:
    values = ",".join(f"({row.id},{quoted(row.text_de)},{quoted(row.text_en)})" for row in rows)
    return (
        "-- a dump; it isn't long\n/*!40101 SET NAMES utf8mb4 */;\n"
        "INSERT INTO `other` VALUES (1,'translations; (1');\n"
        f"{CREATE}INSERT INTO `translations` VALUES {values};\n"
    )


TEXTS = st.text(st.characters(codec="utf-8")) | st.text("'\\\n;(),-`#/* n")
ROWS = st.lists(st.builds(OldRow, st.integers(0, 10**9), TEXTS, TEXTS), min_size=1, max_size=5)


@given(rows=ROWS, chunk=st.integers(1, 80))
def test_every_row_is_read_wherever_the_pieces_end(rows: list[OldRow], chunk: int) -> None:
    with mock.patch.object(old_table, "CHUNK", chunk):
        assert list(rows_of_dump(io.StringIO(dump(rows), newline=""))) == rows


def test_other_ways_to_write_the_same() -> None:
    text = (
        "INSERT INTO `old`.`translations` (text_en, id, text_de) VALUES ('x''y', 7, _utf8mb4'ü'), "
        "(NULL, 8, 0xC3BC);"
    )
    assert list(rows_of_dump(io.StringIO(text))) == [OldRow(7, "ü", "x'y"), OldRow(8, "ü", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1;", "no table"),
        ("CREATE TABLE translations (`id` int, `request_key` char(32));", "no column text_de"),
        (dump([OldRow(1, "a", "b")])[:-6], "cut off"),
        (dump([OldRow(1, "a", "b")])[:-3], "cut off"),
        ("INSERT INTO translations VALUES (1,'a');", "is not"),
    ],
)
def test_what_is_not_the_old_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(OldTableError, match=message):
        list(rows_of_dump(io.StringIO(text)))


@given(st.lists(st.text("ab \n", max_size=3000), max_size=6), st.integers(0, 2))
def test_passages_and_their_translations_join_to_both_texts(parts: list[str], more: int) -> None:
    source = "\n\n".join(parts)
    target = source.replace("a", "eins ") + "\n" * more
    pairs = aligned(source, target)
    assert "".join(each for each, _ in pairs) == source
    assert "".join(each for _, each in pairs) == target
    if not more and source:
        assert all(a.count("\n") == b.count("\n") for a, b in pairs)


def test_a_long_text_is_cut_where_its_translation_can_be() -> None:
    source = "Ein Satz.\n\n" * 1000
    pairs = aligned(source, source.replace("Ein Satz", "A sentence"))
    assert len(pairs) > 2
    assert all(len(each) <= LIMIT for each, _ in pairs)
