"""Grid tables of pandoc's: cells are translated, and the drawing stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.base import BilingualDocument
from web.formats.markdown.document import Markdown
from web.formats.registry import open_document

TABLE = """\
Vorher.

+------------+----------------------+------:+
| Tier       | Der Laut             | Nr    |
+============+======================+=======+
| Der Hund   | Er bellt, wenn       | 12    |
|            | jemand **langsam**   |       |
|            | kommt.               |       |
+------------+----------------------+-------+
| Die Katze  | - sie schläft        | AB    |
|            | - sie frisst         |       |
+------------+----------------------+-------+

: Die Tiere
"""
LINES = [
    "Vorher.", "Tier", "Der Laut", "Nr", "Der Hund",
    "Er bellt, wenn jemand <x1>langsam</x1> kommt.", "Die Katze", "sie schläft", "sie frisst",
]  # fmt: skip


def rebuilt(text: str, words: dict[str, str]) -> str:
    document = open_document("a.md", text.encode())
    assert set(words) <= set(document.lines), document.lines
    return document.rebuilt([words.get(line, line) for line in document.lines]).decode()


def test_cells_are_lines_and_a_sentence_is_whole() -> None:
    document = open_document("a.md", TABLE.encode())
    assert [line for line in document.lines if line in LINES] == LINES
    assert document.rebuilt(document.lines) == TABLE.encode()


def test_a_cell_is_wrapped_again_to_its_column() -> None:
    line = "Er bellt, wenn jemand <x1>langsam</x1> kommt."
    new = rebuilt(
        TABLE,
        {
            line: "It barks loudly when somebody comes <x1>slowly</x1> to us.",
            "Der Laut": "The sound that it makes",
            "sie frisst": "it eats",
        },
    )
    assert new == TABLE.replace(
        "| Tier       | Der Laut             | Nr    |\n",
        "| Tier       | The sound that it    | Nr    |\n"
        "|            | makes                |       |\n",
    ).replace("Er bellt, wenn       ", "It barks loudly when ").replace(
        "jemand **langsam**   ", "somebody comes       "
    ).replace("kommt.               ", "**slowly** to us.    ").replace(
        "- sie frisst         ", "- it eats            "
    )


def test_the_grid_gets_wider_where_it_must() -> None:
    new = rebuilt(TABLE, {"Der Hund": "The dog Rex that barks", "Nr": "Number"})
    assert "\n+" + "-" * 24 + "+" + "-" * 22 + "+" + "-" * 7 + ":+\n" in new
    assert "\n+" + "=" * 24 + "+" + "=" * 22 + "+" + "=" * 8 + "+\n" in new
    assert "\n| The dog Rex that barks | Er bellt, wenn       | 12     |\n" in new
    table = [row for row in new.split("\n") if row[:1] in {"+", "|"}]
    assert {len(row) for row in table} == {1 + 24 + 1 + 22 + 1 + 8 + 1}


def test_a_shorter_sentence_needs_fewer_rows() -> None:
    line = "Er bellt, wenn jemand <x1>langsam</x1> kommt."
    new = rebuilt(TABLE, {line: "It barks."})
    assert "\n| Der Hund   | It barks.            | 12    |\n+--" in new


@pytest.mark.parametrize("prefix", ["> ", "    ", ">> "])
def test_a_table_stands_behind_what_it_stood_behind(prefix: str) -> None:
    text = f"{prefix}+-----+------------+\r\n{prefix}| Tor | zu         |  \r\n{prefix}+-----+----"
    text = ("!!! note\r\n\r\n" if prefix.isspace() else "") + text + "--------+"
    document = open_document("a.md", text.encode())
    assert document.lines == ["Tor", "zu"]
    assert document.rebuilt(document.lines) == text.encode()
    new = document.rebuilt(["Gate to go", "shut"]).decode()
    assert new.endswith(
        f"{prefix}+------------+------------+\r\n{prefix}| Gate to go | shut       |\r\n"
        f"{prefix}+------------+------------+"
    )


def test_a_table_in_an_item_keeps_its_indentation() -> None:
    text = "- +----------------------+\n  | Der Hund             |\n  +----------------------+\n"
    new = rebuilt(text, {"Der Hund": "The dog that barks all night"})
    assert new == (
        "- +----------------------+\n  | The dog that barks   |\n  | all night            |\n"
        "  +----------------------+\n"
    )


def test_wide_signs_take_two_columns() -> None:
    text = "+------+----+\n| 犬 a | zu |\n+------+----+\n"
    assert rebuilt(text, {"犬 a": "dog", "zu": "猫"}) == (
        "+------+----+\n| dog  | 猫 |\n+------+----+\n"
    )


def test_words_that_look_like_a_list_become_none() -> None:
    text = "+----------------------+\n| Der Hund             |\n+----------------------+\n"
    assert "| 1\\. dog " in rebuilt(text, {"Der Hund": "1. dog"})


@pytest.mark.parametrize(
    "text",
    [
        # A cell over two columns, or rows; bars that are not below each other; no end.
        "+---+---+\n| Haus  |\n+---+---+\n| a | b |\n+---+---+\n",
        "+---+---+\n| H | b |\n|   +---+\n|   | c |\n+---+---+\n",
        "+---+---+\n|H  | Haus |\n+---+---+\n",
        "+---+---+\n| H | b |\n",
        "+---+---+\n+---+---+\n| H | b |\n+---+---+\n",
        "+---+---+\n| H | b |\n+---+---+\n+---+---+\n",
        "+---+---+\n| H | b |\n+-------+\n",
        "+---+---+\n| 1 | 2 |\n+---+---+\n",
        "<div>\n+---+\n| H |\n+---+\n</div>\n",
    ],
)
def test_what_is_no_such_table_stays(text: str) -> None:
    document = open_document("a.md", text.encode())
    assert document.lines == []
    assert document.rebuilt([]) == text.encode()


def test_a_table_in_a_cell_stays() -> None:
    inner = ["+----+", "| zu |", "+----+"]
    rows = "".join(f"| {row} |\n" for row in ("Haus  ", "      ", *inner))
    text = f"+--------+\n{rows}+--------+\n"
    assert rebuilt(text, {"Haus": "house"}) == text.replace("Haus ", "house")


def test_code_in_a_cell_stays() -> None:
    text = "+-------+\n| ```   |\n| Haus  |\n| ```   |\n+-------+\n"
    assert open_document("a.md", text.encode()).lines == []


WORDS = st.text(st.sampled_from("aä -*1.|+`#>:\\"), max_size=9).filter(
    lambda text: text == text.strip()
)


@given(
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4),
    st.sampled_from(["a", "House", "x y z " * 6 + "x", "- a", "1. b"]),
)
def test_any_table_stays_a_table(rows: list[tuple[str, str]], word: str) -> None:
    rule = f"+{'-' * 11}+{'-' * 25}+\n"
    text = rule + "".join(f"| {a:<10}| {b:<24}|\n{rule}" for a, b in rows)
    document = Markdown(text.encode())
    assert document.rebuilt(document.lines) == text.encode()
    new = document.rebuilt([word.strip("- ") or "a" for _ in document.lines]).decode()
    assert {len(row) for row in new.splitlines()} == {new.index("\n")}
    assert sum(row.startswith("+-") for row in new.splitlines()) == text.count(rule)


def test_a_cell_has_both_languages_on_further_rows() -> None:
    document = open_document("a.md", f"{TABLE}\n<p>Ende.</p>\n".encode())
    assert isinstance(document, BilingualDocument)
    words = {
        "Tier": "Animal",
        "Er bellt, wenn jemand <x1>langsam</x1> kommt.": "It barks when somebody is <x1>slow</x1>.",
        "sie frisst": "it eats",
        "Die Tiere": "The animals",
        "Ende.": "End.",
    }
    targets = [words.get(line, line) for line in document.lines]
    assert (
        document.bilingual(targets, "below", "en").decode()
        == """\
Vorher.

+------------+----------------------+------:+
| Tier       | Der Laut             | Nr    |
|            |                      |       |
| Animal     |                      |       |
+============+======================+=======+
| Der Hund   | Er bellt, wenn       | 12    |
|            | jemand **langsam**   |       |
|            | kommt.               |       |
|            |                      |       |
|            | It barks when        |       |
|            | somebody is          |       |
|            | **slow**.            |       |
+------------+----------------------+-------+
| Die Katze  | - sie schläft        | AB    |
|            | - sie frisst         |       |
|            |                      |       |
|            |   it eats            |       |
+------------+----------------------+-------+

: Die Tiere / The animals

<p>Ende.</p><p lang="en">End.</p>
"""
    )


@pytest.mark.parametrize("before", ["", "> "])
def test_a_picture_in_a_cell_is_there_once(before: str) -> None:
    rows = ("+--------------------------+", "| Ein ![Bild](a.png), oder |")
    table = "".join(f"{before}{row}\n" for row in (rows[0], rows[1], rows[0]))
    document = open_document("a.md", table.encode())
    assert isinstance(document, BilingualDocument)
    assert document.lines == ["Ein <x1/>, oder", "Bild"]
    assert document.bilingual(document.lines, "below", "en") == table.encode()
    made = document.bilingual(["A <x1/>, or", "Picture"], "below", "en").decode()
    said = " ".join(row.removeprefix(before).strip("| ") for row in made.splitlines()[1:-1])
    assert said.split() == ["Ein", "![Bild", "/", "Picture](a.png),", "oder", "A", ",", "or"]
