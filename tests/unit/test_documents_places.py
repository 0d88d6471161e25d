"""Lines in content of any kind: found, translated, put back; nothing but words is lost."""

import string

from hypothesis import given
from hypothesis import strategies as st

from web.formats.places import Content, Element, Item, Joined, Lines, Place, places

SPACES = " \t\n\x85\u2028\u00a0"
TEXTS = st.text(alphabet=string.ascii_letters[:6] + SPACES + "0.`<x1>/", max_size=8)
ELEMENTS = st.recursive(
    st.one_of(
        TEXTS,
        st.builds(Element, st.integers()),
        st.builds(Element, st.integers(), apart=st.just(value=True)),
        st.builds(Element, st.integers(), breaks=st.just(value=True)),
        st.builds(Element, st.integers(), ordered=st.just(value=True)),
        st.builds(Element, st.integers(), figure=st.just("`x`"), within=st.just(value=True)),
        st.builds(
            Element, st.integers(), figure=st.sampled_from(["1", "3.2", "(5)", ".", "`a b`"])
        ),
    ),
    lambda inner: st.builds(Element, st.integers(), st.lists(inner, max_size=4)),
    max_leaves=12,
)
CONTENT = st.lists(ELEMENTS, max_size=8)


def flat(items: Content) -> list[str | int]:
    """Everything in content, in order, with the text joined."""
    parts: list[str | int] = [""]

    def walk(items: Content) -> None:
        for item in items:
            if isinstance(item, str):
                if isinstance(parts[-1], str):
                    parts[-1] += item
                else:
                    parts.append(item)
            elif isinstance(item, Place):
                walk(item.items)
            elif isinstance(item.what, Joined):
                walk(item.what.items)
            else:
                parts.append(id(item.what))
                walk(item.items or [])
                parts.append(id(item.what))

    walk(items)
    return [part for part in parts if part != ""]


def elements(items: Content) -> list[int]:
    return sorted(part for part in flat(items) if isinstance(part, int))


def lines_of(content: Content) -> tuple[list[Place], Lines]:
    found = places(content)
    lines = Lines()
    lines.add(found)
    lines.finish()
    return found, lines


@given(CONTENT)
def test_finding_lines_changes_no_content(content: Content) -> None:
    before = flat(content)
    found, lines = lines_of(content)
    assert flat(content) == before
    for line in lines.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]
        assert any(map(str.isalpha, line))
        assert not line.startswith(("```", "~~~"))
    assert lines.filler(lines.lines)(found) is False
    assert flat(content) == before


@given(CONTENT, st.data())
def test_whatever_becomes_of_a_line_its_elements_and_the_new_words_are_there(
    content: Content, data: st.DataObject
) -> None:
    before = elements(content)
    found, lines = lines_of(content)
    pieces = st.sampled_from(
        [
            "neu ",
            f"<{lines.letters}1>",
            f"</{lines.letters}1>",
            f"<{lines.letters}2/>",
            "\n",
            "<b>",
            "1",
            "3.2.",
        ]
    )
    targets = [data.draw(st.lists(pieces)) for _ in lines.lines]
    lines.filler("".join(each) for each in targets)(found)
    assert elements(content) == before
    for place, target in zip(found, targets, strict=True):
        text = "".join(part for part in flat(place.items) if isinstance(part, str))
        assert text.count("neu") == target.count("neu ")


def test_what_is_ordered_stays_in_its_order() -> None:
    first, second = Element("first", ordered=True), Element("second", ordered=True)
    content: list[Item] = ["a ", first, "b ", second, "c"]
    found, lines = lines_of(content)
    assert lines.lines == ["a <x1/>b <x2/>c"]
    lines.filler(["c <x2/>b <x1/>a"])(found)
    assert found[0].items == ["c ", first, "b ", second, "a"]


def test_a_line_break_ends_a_line_unless_the_sentence_goes_on() -> None:
    content: list[Item] = [
        "Max Meier",
        Element(1, breaks=True),
        "Berlin",
        Element(2, breaks=True),
        "und",
    ]
    assert lines_of(content)[1].lines == ["Max Meier", "Berlin<xbr1/>und"]
