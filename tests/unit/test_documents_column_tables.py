"""Pandoc's tables whose cells stand under dashes: cells are translated, columns stay columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.base import BilingualDocument
from web.formats.markdown.document import Markdown

SIMPLE = """\
Vorher.

  Tier             Laut   Nr
  ----------- --------- ----
  Hund         Er bellt   12
  Die Katze          12   AB

  : Die Tiere

Nachher.
"""
SEVERAL = """\
  -------------------------------------------
  Tier                   Laut der Tiere
  ------------------- -----------------------
  Der Hund, der im       Er bellt, wenn
  **Garten** wohnt       jemand kommt.

  Katze                   Sie miaut\\
                            laut.
  -------------------------------------------

Table: Die Tiere
"""
HEADLESS = "---- ------\nHund     zu\nTor       b\n---- ------\n"


def rebuilt(text: str, words: dict[str, str]) -> str:
    document = Markdown(text.encode())
    assert set(words) <= set(document.lines), document.lines
    assert document.rebuilt(document.lines) == text.encode()
    return document.rebuilt([words.get(line, line) for line in document.lines]).decode()


def in_both(text: str, words: dict[str, str]) -> str:
    document = Markdown(text.encode())
    assert isinstance(document, BilingualDocument)
    assert set(words) <= set(document.lines), document.lines
    targets = [words.get(line, line) for line in document.lines]
    return document.bilingual(targets, "below", "en").decode()


def test_cells_of_one_row_are_lines_and_columns_get_wider() -> None:
    new = rebuilt(SIMPLE, {"Er bellt": "It barks a lot", "Tier": "Animal of ours"})
    assert new == SIMPLE.replace(
        """\
  Tier             Laut   Nr
  ----------- --------- ----
  Hund         Er bellt   12
  Die Katze          12   AB
""",
        """\
  Animal of ours            Laut   Nr
  --------------- -------------- ----
  Hund            It barks a lot   12
  Die Katze                   12   AB
""",
    )


def test_cells_of_several_rows_are_sentences_and_wrapped_to_their_columns() -> None:
    new = rebuilt(
        SEVERAL,
        {
            "Der Hund, der im <x1>Garten</x1> wohnt": "The dog that lives in our <x1>garden</x1>",
            "Er bellt, wenn jemand kommt.": "It barks.",
            "laut.": "loudly.",
        },
    )
    assert (
        new
        == """\
  -------------------------------------------
  Tier                    Laut der Tiere
  ------------------- -----------------------
  The dog that lives         It barks.
  in our **garden**

  Katze                     Sie miaut\\
                              loudly.
  -------------------------------------------

Table: Die Tiere
"""
    )


def test_a_long_word_makes_its_column_wider() -> None:
    new = rebuilt(SEVERAL, {"Katze": "Donaudampfschifffahrtskatze"})
    assert f"  {'-' * 51}\n" in new
    assert f"  {'-' * 27} {'-' * 23}\n" in new


def test_a_table_without_a_head_has_dashes_on_both_sides() -> None:
    assert rebuilt(HEADLESS, {"Hund": "The dog"}) == (
        "------- ------\nThe dog     zu\nTor          b\n------- ------\n"
    )
    several = "------ ------\nHund   Er\n\nKatze  Sie\n------ ------\n"
    assert rebuilt(several, {"Hund": "The dog"}) == (
        "-------- ------\nThe dog  Er\n\nKatze    Sie\n-------- ------\n"
    )


@pytest.mark.parametrize(
    ("first", "prefix", "end"),
    [
        ("> ", "> ", "\n"),
        ("-   Punkt\n\n      ", "      ", "\n"),
        ("-   \n      ", "      ", "\n"),
        ("- ", "  ", "\n"),
        ("!!! note\n\n    ", "    ", "\n"),
        ("", "", "\r\n"),
        ("# Titel\n", "", ""),
    ],
)
def test_a_table_stands_behind_what_it_stood_behind(first: str, prefix: str, end: str) -> None:
    text = f"{first}Tor    Haus\n{prefix}------ -----\n{prefix}Hund   zu\n"
    text = f"{text}\nEnde\n" if end else text.rstrip("\n")
    text = text.replace("\n", end or "\n")
    document = Markdown(text.encode())
    assert [line for line in document.lines if line in {"Tor", "Haus", "Hund", "zu"}] == [
        "Tor",
        "Haus",
        "Hund",
        "zu",
    ]
    old = f"Tor    Haus\n{prefix}------ -----\n{prefix}Hund   zu"
    new = f"Tor     Haus\n{prefix}------- -----\n{prefix}The dog zu"
    line_break = end or "\n"
    assert rebuilt(text, {"Hund": "The dog"}) == text.replace(
        old.replace("\n", line_break), new.replace("\n", line_break)
    )


def test_wide_signs_take_two_columns() -> None:
    text = "Tier  zu\n----- ---\n犬 a  b\n"
    assert rebuilt(text, {"犬 a": "dog", "zu": "猫"}) == "Tier  猫\n----- ---\ndog   b\n"


@pytest.mark.parametrize(
    "text",
    [
        # Code, whose words nobody translates.
        "    id   name\n    ---- -----\n    1    Haus\n",
        "```\nid   name\n---- -----\n1    Haus\n```\n",
        "<div>\n\n    id   name\n    ---- -----\n    1    Haus\n\n</div>\n",
        # Cells that do not stand in their columns.
        "Das Haus  Hof\n---- -----\nDer Hund  zu\n",
        "Tor\tHaus  a\n---- -----\nzu   Hund  a\n",
    ],
)
def test_code_and_unclear_columns_stay(text: str) -> None:
    assert Markdown(text.encode()).lines == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # A paragraph over a break that somebody drew with gaps.
        ("Das Haus ist rot.\n--- ---\n\nEin Satz.", ["Das Haus ist rot.", "Ein Satz."]),
        (
            "Häuser sind rot.\n--- ---\nUnd der Hof auch.",
            ["Häuser sind rot.", "Und der Hof auch."],
        ),
        ("--- ---\n\nDer Hund bellt.\n\n--- ---\n", ["Der Hund bellt."]),
        (
            "Oben steht es.\nWort Haus\n---- ----\nrot  Hund",
            ["Oben steht es.", "Wort Haus", "rot  Hund"],
        ),
        ("-----\n\nDas Haus\n\n-----\n", ["Das Haus"]),
        ("-----\nDas Haus\n\nDer Hof\n-----\n", ["Das Haus", "Der Hof"]),
    ],
)
def test_a_paragraph_between_lines_is_a_paragraph(text: str, lines: list[str]) -> None:
    document = Markdown(text.encode())
    assert document.lines == lines
    assert document.rebuilt(lines) == text.encode()


def test_cells_have_both_languages() -> None:
    assert in_both(SIMPLE, {"Hund": "Dog", "Die Tiere": "The animals"}) == SIMPLE.replace(
        "  Hund         ", "  Hund / Dog   "
    ).replace("Die Tiere", "Die Tiere / The animals")
    new = in_both(
        SEVERAL,
        {
            "Er bellt, wenn jemand kommt.": "It barks when somebody comes.",
            "Katze": "Cat",
            "Table: Die Tiere": "Table: The animals",
        },
    )
    assert (
        new
        == """\
  -------------------------------------------
  Tier                    Laut der Tiere
  ------------------- -----------------------
  Der Hund, der im        Er bellt, wenn
  **Garten** wohnt        jemand kommt.\\
                      It barks when somebody
                              comes.

  Katze\\                    Sie miaut\\
  Cat                          laut.
  -------------------------------------------

Table: Die Tiere / Table: The animals
"""
    )


WORDS = st.text(st.sampled_from("aäß *1.|+`#>:\\-"), max_size=9).map(str.strip)


@given(
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4),
    st.sampled_from(["a", "House", "x y z " * 6 + "x", "- a", "1. b", "--- --"]),
    st.booleans(),
)
def test_any_table_stays_a_table(rows: list[tuple[str, str]], word: str, several: bool) -> None:  # noqa: FBT001 - one of two
    rule = f"{'-' * 10} {'-' * 24}\n"
    body = ("\n" if several else "").join(
        f"{a or 'b':<10} {b or 'c':<24}".rstrip() + "\n" for a, b in rows
    )
    head = f"{'-' * 35}\n" if several else ""
    text = f"{head}Tier       Laut\n{rule}{body}{head}\nEnde.\n"
    document = Markdown(text.encode())
    assert document.rebuilt(document.lines) == text.encode()
    new = document.rebuilt([word for _ in document.lines[:-1]] + ["End."]).decode()
    assert new.endswith("\n\nEnd.\n")
