"""Inline tags go out of a sentence and around the same words of its translation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import Link, projected, segment, shares, take_out, word_places
from translator.text.matching import Shares

PAIR = ("de", "en")
TAG = re.compile(r"</?[a-z]+\d*/?>")


def aligned(source: str, target: str, words: str) -> Shares:
    """Shares of 0.9, from `words`: for each of `target` the number of the source's, or `-`."""
    rows = [{} if each == "-" else {int(each): 0.9} for each in words.split()]
    assert len(rows) == len(word_places(target))
    assert all(each < len(word_places(source)) for row in rows for each in row)
    return rows


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("Das ist <b>sehr</b> gut.", "Das ist sehr gut."),
        ("Das ist <b> sehr </b> gut.", "Das ist sehr gut."),
        ("Das ist<b> sehr </b>gut.", "Das ist sehr gut."),
        ("<b>Teil</b>wort", "Teilwort"),
        ("Wort<br/>Wort", "Wort Wort"),
        ("Wort<br><br>Wort", "Wort Wort"),
        ("Wort <br> Wort", "Wort Wort"),
        ("<p>Eins</p><p>Zwei</p>", "Eins Zwei"),
        ("Ein Haus<x2/>.", "Ein Haus."),
        (" <b> Haus </b> ", "Haus"),
        ("Haus.</b> <i>Garten", "Haus. Garten"),
        ('<a href="https://a.de/x">Haus</a>', "Haus"),
        # Placeholders and code are part of the sentence.
        ("Hallo <Name>, <b>komm</b>!", "Hallo <Name>, komm!"),
        ("Mit `<b>` wird es <b>fett</b>.", "Mit `<b>` wird es fett."),
    ],
)
def test_a_model_sees_the_sentence_alone(source: str, clean: str) -> None:
    tagged = take_out(source, "de")
    assert tagged is not None
    assert tagged.text == clean


@pytest.mark.parametrize(
    "source", ["Das ist gut.", "a < b und b > c", "Hallo <Name>!", "Siehe <https://a.de>."]
)
def test_what_is_no_tag_stays(source: str) -> None:
    assert take_out(source, "de") is None


@pytest.mark.parametrize(
    ("source", "target", "words", "expected"),
    [
        (
            "Ein <b>rotes</b> Haus.",
            "A red house.",
            "0 1 2",
            "A <b>red</b> house.",
        ),
        # Order may change, and what is around the whole stays there.
        (
            "<p><b>Gestern</b> kam <i>er</i>.</p>",
            "He came yesterday.",
            "2 1 0",
            "<p><i>He</i> came <b>yesterday</b>.</p>",
        ),
        # The article that a noun brings along belongs to it, another does not.
        ("Lies <b>das Buch</b>!", "Read the book!", "0 2 2", "Read <b>the book</b>!"),
        ("Im <b>Winter</b> nicht.", "Not in the winter.", "2 1 1 1", "Not in the <b>winter</b>."),
        # Small words alone go to the word that they stood before.
        ("Ich bei <b>meinem</b> Onkel.", "I at my uncle.", "- - - 3", "I at <b>my</b> uncle."),
        # What the model says nothing of lies between its neighbours.
        (
            "Alle <b>bunten</b> Vögel.",
            "All colourful birds.",
            "0 - 2",
            "All <b>colourful</b> birds.",
        ),
        ("Alle <b>bunten</b> Vögel.", "All birds.", "0 2", "All<b></b> birds."),
        # Names are the same in both.
        ("Dann kam <b>Tom</b>.", "Tom came then.", "- 1 0", "<b>Tom</b> came then."),
        # Signs are inside or outside as they were.
        ("<b>Achtung:</b> Stufe!", "Danger: step!", "0 1", "<b>Danger:</b> step!"),
        ("<b>Achtung</b>: Stufe!", "Danger: step!", "0 1", "<b>Danger</b>: step!"),
        ("Er: <b>„Nein!“</b>", "He: “No!”", "0 1", "He: <b>“No!”</b>"),
        ("Gut<b>.</b>", "Good.", "0", "Good<b>.</b>"),
        # Alone: after the word before it, or glued to the one after it.
        ("Haus<x2/> und Hof", "Yard and house", "2 1 0", "Yard and house<x2/>"),
        ("Haus <x2/>und Hof<x3/>.", "House and yard.", "0 1 2", "House <x2/>and yard<x3/>."),
        ("<x1/> Haus <x2/> Hof", "House yard", "0 1", "<x1/> House <x2/> yard"),
        ("Haus<br>Hof", "House yard", "0 1", "House<br>yard"),
        ("Ja,<br>Hof", "Yes, yard", "0 1", "Yes,<br>yard"),
        # White space before it stays, also where the model was asked for a sentence without it.
        ("Ich <img/>.", "I.", "0", "I <img/>."),
        ("Ich <img/>.", "I .", "0", "I <img/>."),
        ("Die Kin<wbr>der spielen.", "The children play.", "0 1 2", "The<wbr> children play."),
        # A note or an exponent goes behind the word, and the model is not shown it.
        ("Haus<sup>1</sup> und Hof.", "Yard, house.", "2 0", "Yard, house<sup>1</sup>."),
        ("Im Haus<x1><x2>[1]</x2></x1>", "At home", "0 1", "At home<x1><x2>[1]</x2></x1>"),
        ("CO<sub>2</sub> und Rauch", "CO and smoke", "0 1 2", "CO<sub>2</sub> and smoke"),
        # Whole words, but where the tag was inside of a word that stays.
        ("Das <b>Haus</b>tier", "The pet", "0 1", "The <b>pet</b>"),
        ("Das <b>i</b>Phone", "The iPhone", "0 1", "The <b>i</b>Phone"),
        # The other half is in another segment.
        ("Nun <x1>kam Tom.", "Tom came now.", "2 1 0", "<x1>Tom came now."),
        ("Nun kam</x1> er.", "Now came he.", "0 1 2", "Now came</x1> he."),
        ("Nun.</x1>", "Now.", "0", "Now.</x1>"),
        ("</x1>Nun.", "Now.", "0", "</x1>Now."),
        # They cross each other, and their words change places: the opening one stays first.
        (
            "Gut<p><b></p><x2>Haus </b></x2>Hof",
            "house yard good",
            "1 2 0",
            "<x2>house<b></x2> yard good<p></b></p>",
        ),
    ],
)
def test_tags_go_around_the_same_words(source: str, target: str, words: str, expected: str) -> None:
    tagged = take_out(source, "de")
    assert tagged is not None
    assert projected(tagged, target, aligned(tagged.text, target, words), PAIR) == expected


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("Ich sehe <x1/>.", None),
        ("Ich sehe <x1/> und <x2/>, ja?", None),
        ('Das ist (<x id="1"/>) <b>gut</b>.', 'Das ist (<x id="1"/>) gut.'),
        # A picture or a line break stands for no word.
        ("Das Bild <x1/> ist neu.", "Das Bild ist neu."),
        ("Das Haus<x1/>.", "Das Haus."),
        ("Text <br/>.", "Text ."),
        ("H<sub>2</sub>O ist kalt.", "H2O ist kalt."),
    ],
)
def test_a_tag_that_stands_for_a_word_is_left_in(source: str, asked: str | None) -> None:
    tagged = take_out(source, "de")
    assert (tagged and tagged.text) == asked


NAMES = ["b", "x1", "x2", "p"]
SCRAPS = [
    *("Haus", "rotes", "der", "Tom", "wort", "im", "7", " ", " ", " ", ".", ",", "„", "“", "-"),
    *(f"<{name}>" for name in NAMES),
    *(f"</{name}>" for name in NAMES),
    *("<br>", "<x3/>", "<x4/>", "<Name>"),
]
sources = st.lists(st.sampled_from(SCRAPS), max_size=24).map("".join)
targets = st.lists(
    st.sampled_from(["house", "red", "the", "Tom", "in", "7", ".", ",", "“", "-"]), max_size=12
).map(" ".join)
rows = st.dictionaries(st.integers(0, 30), st.floats(0, 1), max_size=3)


@given(sources, targets, st.data())
def test_every_tag_comes_once_and_no_word_changes(
    source: str, target: str, data: st.DataObject
) -> None:
    tagged = take_out(source, "de")
    if tagged is None:
        return
    count = len(word_places(tagged.text))
    table = [
        {each: share for each, share in data.draw(rows).items() if each < count}
        for _ in word_places(target)
    ]
    result = projected(tagged, target, table, PAIR)
    gone = TAG.findall(source.replace("<Name>", ""))
    # One that stands for a word is in the text that the model is shown.
    left = TAG.findall(tagged.text.replace("<Name>", ""))
    assert sorted([*TAG.findall(result), *left]) == sorted(gone)
    assert "".join(TAG.sub("", result).split()) == "".join(target.split())
    assert {each: nests(source, each) for each in NAMES if nests(source, each)} == {
        each: nests(result, each) for each in NAMES if nests(source, each)
    }
    if well_formed(source):
        assert well_formed(result)


def nests(text: str, name: str) -> bool:
    """Whether a name's tags, seen alone, are pairs."""
    return well_formed("".join(re.findall(rf"</?{name}>", text)))


def well_formed(text: str) -> bool:
    stack: list[str] = []
    for tag in TAG.findall(text.replace("<br>", "")):
        if tag.startswith("</"):
            if not stack or stack.pop() != tag.replace("/", ""):
                return False
        elif not tag.endswith("/>"):
            stack.append(tag)
    return not stack


@given(sources)
def test_segments_joined_are_the_text(source: str) -> None:
    assert "".join(each.source + each.separator for each in segment(source)) == source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam.</x1> Das war gut.", ["Er kam.</x1>", "Das war gut."]),
        ("<x1>Er kam. Das war gut.</x1>", ["<x1>Er kam.", "Das war gut.</x1>"]),
        ("<x1>Er kam.</x1> <x2>Das war gut.</x2>", ["<x1>Er kam.</x1>", "<x2>Das war gut.</x2>"]),
        ("Er kam.<x2/> Das war gut.", ["Er kam.<x2/>", "Das war gut."]),
        ("Er kam.<br>Das war gut.", ["Er kam.", "<br>", "Das war gut."]),
        ("Am <b>3.</b> Oktober kam er.", ["Am <b>3.</b> Oktober kam er."]),
    ],
)
def test_sentences_end_where_they_would_without_tags(text: str, expected: list[str]) -> None:
    assert [each.source for each in segment(text)] == expected


def test_tags_alone_are_copied() -> None:
    assert [each.copied for each in segment("<x1/><b></b>\n<b>\nHaus")] == [True, True, False]


def test_shares_follow_a_source_through_all_its_forms() -> None:
    source, asked = "SIEHE https://a.de/x OFT", "Siehe X1 oft"
    answer, target = "Often see X1", "OFTEN SEE https://a.de/x"
    links = [Link(0, 5, 9, 12, 0.9), Link(6, 9, 0, 5, 0.8), Link(10, 12, 6, 8, 0.6)]
    rows = shares(source, asked, answer, target, links)
    words = [source[start:end] for start, end in word_places(source)]
    assert [words[max(row, key=row.__getitem__)] for row in rows[:2]] == ["OFT", "SIEHE"]
    assert {words[each] for row in rows[2:] for each in row} == {"https", "a.de", "x"}


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_shares_are_of_words_that_exist(source: str, target: str, data: st.DataObject) -> None:
    place = st.integers(0, 60)
    found = data.draw(st.lists(st.builds(Link, place, place, place, place, st.floats(0, 1))))
    found = [each for each in found if each.start < each.end and each.first < each.last]
    table = shares(source, source[::2], target, target[1:], found)
    assert len(table) == len(word_places(target[1:]))
    assert all(0 <= each < len(word_places(source)) for row in table for each in row)
