"""Placeholders of every common kind come through once; signs that join a line's parts, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import (
    at_joints,
    changed_placeholders,
    loses_joint,
    protect,
    segment,
    spans,
)

PLACEHOLDERS = [
    "%s",
    "%1$s",
    "%12$s",
    "%.2f",
    "%@",
    "%(name)s",
    "%{name}",
    "%NAME%",
    "%%name%%",
    "{name}",
    "{ name }",
    "{0}",
    "{{ name }}",
    "{{{name}}}",
    "{{ key | upper }}",
    "{n, number}",
    "{n, plural, one {# Datei} other {# Dateien}}",
    "${x}",
    "#{x}",
    "$VAR",
    "$x",
    "$user.name",
    "$user->name",
    ":name",
    ":smile:",
    '<x id="1"/>',
    "<%= name %>",
    "[[Hilfe]]",
    "[[Hilfe|Seite 2]]",
    "[Name]",
    "[Ihr Name]",
    "[FIRST_NAME]",
    "*|FNAME|*",
    "`x`",
    "`a | b`",
]
placeholders = st.sampled_from(PLACEHOLDERS)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_placeholder_is_one_span_and_parts_no_line(placeholder: str) -> None:
    text = f"Hallo {placeholder}, bitte warten."
    assert [text[start:end] for start, end in spans(text, "de")] == [placeholder]
    assert [part.source for part in segment(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Das kostet $5 oder 5$ heute.",
        "Das sind 50% von 100% der Leute.",
        "Er kommt um 5 : und dann",
        "Die Datei {siehe oben} fehlt.",
        "Er sagte [lachend] nein.",
        "Die Schüler :innen kommen.",
    ],
)
def test_prose_with_the_same_signs_is_none(text: str) -> None:
    assert spans(text, "de") == []


@given(st.lists(placeholders, min_size=1, max_size=5), st.booleans())
def test_restored_or_in_pieces_the_count_of_a_placeholder_never_changes(
    used: list[str],
    lost: bool,  # noqa: FBT001 - drawn
) -> None:
    source = "Wir haben " + ", und dann ".join(used) + " gesehen."
    plan = protect(source)
    assert plan is not None
    whole = None if plan.text is None or lost else plan.restore(plan.text.replace("Wir", "We"))
    target = whole or "".join(
        text.upper() if translate else text for text, translate in plan.pieces
    )
    assert changed_placeholders(source, target) == ()


@pytest.mark.parametrize(
    ("source", "answer", "expected"),
    [
        ("Das ist {name}s Haus.", "It's the house of X1.", "It's the house of {name}."),
        ("Das ist {name}s Haus.", "It's X1 in the house.", "It's {name} in the house."),
        ("Das ist {name}s Haus.", "It's X1 s house.", "It's {name}s house."),
        ("Das ist {b}sehr{/b} gut.", "It's X1 very X2 good.", "It's {b}very{/b} good."),
        ("Das ist Windows™.", "This is Windows X1.", "This is Windows™."),
    ],
)
def test_an_ending_behind_a_placeholder_leaves_no_word_glued(
    source: str, answer: str, expected: str
) -> None:
    plan = protect(source, known=str.isascii)
    assert plan is not None
    assert plan.restore(answer) == expected


@given(st.lists(placeholders, min_size=2, max_size=5, unique=True))
def test_a_lost_and_a_doubled_one_are_noticed(used: list[str]) -> None:
    source = "Wir haben " + " und ".join(used) + " gesehen."
    first = used[0]
    assert first in changed_placeholders(source, source.replace(first, "", 1))
    assert first in changed_placeholders(source, f"{source} {first}")


prose = st.lists(st.text(alphabet="abcdeäöüß", min_size=1), min_size=1).map(" ".join)


@given(prose)
def test_a_text_without_markup_passes_untouched(text: str) -> None:
    assert protect(text) is None
    assert spans(text, "de") == []
    assert changed_placeholders(text, "") == ()


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("Muss – Kriterien", "Must criteria", True),
        ("Muss – Kriterien", "Must-criteria", False),
        ("Lauf/Prüfung", "Running", True),
        ("Brot & Butter", "Bread and butter", False),
        ("Das ist gut – und neu.", "That is good and new.", False),
        ("Er kam – wie immer – zu spät nach Hause", "He was late", False),
        ("", "", False),
    ],
)
def test_a_joining_sign_is_lost_from_a_line_and_not_from_a_sentence(
    source: str,
    target: str,
    lost: bool,  # noqa: FBT001 - a column
) -> None:
    assert loses_joint(source, target) is lost


@given(st.text(alphabet="abÄ –-/&+|→ ", max_size=30))
def test_parts_at_joints_joined_are_the_line(source: str) -> None:
    pieces = at_joints(source)
    assert "".join(piece.text for piece in pieces) == source
    if not loses_joint(source, ""):
        assert [piece.translate for piece in pieces] == [True]
