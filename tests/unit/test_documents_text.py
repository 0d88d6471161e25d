"""Subtitles and Markdown come out as they went in, with other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.registry import open_document

SRT = """1
00:00:01,000 --> 00:00:02,500 X1:10 X2:20
<i>Guten Morgen!</i>
{\\an8}Ich gehe heute mit dem Hund
ins Kino und nach Hause.

2
00:00:03,000 --> 00:00:04,000
- Wie geht es dir?
- Mir geht es gut.

3
00:00:05,000 --> 00:00:06,000

42
4
00:00:07,000 --> 00:00:08,000
<i>Ich mag
Äpfel. Ja.
Wie schön!</i>
"""
VTT = """WEBVTT - Titel

NOTE Das bleibt.

STYLE
::cue { color: red }

Nummer sieben
00:01.000 --> 00:02.000 align:start
<v Anna>Guten Morgen &amp; gute Nacht,
<c.y>mein Freund</c>

00:03.000 --> 00:04.000
Ich mag <00:03.500>Äpfel.
"""
MD = """---
title: Der Titel
---
# Der *große* Bericht ##

Das ist ein **wichtiges** Haus am See und `code bleibt` so, das
steht auf [unserer Seite](https://example.org/a_(b) "Titel") und im
[Handbuch] und hier[^1].\x20\x20
Zweite Zeile mit $a+b$ und <b>fett</b>.

> Ein Zitat geht
> über zwei Zeilen.

- [ ] Guten Morgen!
\t1. Ich mag Äpfel.

| Name | a\\|b Wort |
|------|:-----:|
| Das Haus | 12 |

```python
print("Das bleibt")
```

    Code bleibt

<div>
Text in HTML
</div>

Überschrift
===

$$
x = Formel
$$

[Handbuch]: https://example.org/h "Das Handbuch"
"""


def other(name: str, text: str, new: dict[str, str]) -> str:
    """The document with these lines translated; all of them must be there."""
    document = open_document(name, text.encode())
    assert set(new) <= set(document.lines)
    return document.rebuilt([new.get(line, line) for line in document.lines]).decode()


@pytest.mark.parametrize(("name", "text"), [("a.srt", SRT), ("a.vtt", VTT), ("a.md", MD)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_lines_give_the_same_bytes(name: str, text: str, encoding: str, end: str) -> None:
    data = text.replace("\n", end).encode(encoding)
    document = open_document(name, data)
    assert document.rebuilt(document.lines) == data
    new = document.rebuilt([f"§{line}" for line in document.lines])
    assert new.decode(encoding).replace("§", "").count(end) >= text.count("\n") - 1
    assert "§" in new.decode(encoding)


def test_a_sentence_over_two_lines_of_a_cue_is_one_line() -> None:
    assert open_document("a.srt", SRT.encode()).lines == [
        "Guten Morgen!",
        "Ich gehe heute mit dem Hund ins Kino und nach Hause.",
        "- Wie geht es dir?",
        "- Mir geht es gut.",
        "Ich mag Äpfel. Ja.",
        "Wie schön!",
    ]
    assert open_document("a.vtt", VTT.encode()).lines == [
        "Guten Morgen & gute Nacht, <x1>mein Freund</x1>",
        "Ich mag Äpfel.",
    ]


def test_a_cue_is_broken_again_near_its_middle() -> None:
    old = "Ich gehe heute mit dem Hund\nins Kino und nach Hause."
    new = "Today I am going to the\ncinema and home with the dog."
    assert other("a.srt", SRT, {old.replace("\n", " "): new.replace("\n", " ")}) == SRT.replace(
        old, new
    )
    assert other("a.srt", SRT, {"Ich mag Äpfel. Ja.": "Yes."}) == SRT.replace(
        "Ich mag\nÄpfel. Ja.", "Yes."
    )


def test_the_words_of_a_cue_keep_their_markup() -> None:
    new = other(
        "a.vtt",
        VTT,
        {"Guten Morgen & gute Nacht, <x1>mein Freund</x1>": "<x1>My friend</x1>, this is A < B"},
    )
    assert "<v Anna><c.y>My friend</c>,\nthis is A &lt; B\n" in new


def test_a_sign_that_the_encoding_lacks_makes_it_utf_8() -> None:
    data = SRT.encode("cp1252")
    document = open_document("a.srt", data)
    targets = [line.replace("Guten", "Λ") for line in document.lines]
    new = document.rebuilt(targets)
    assert new.decode("utf-8-sig") == SRT.replace("Guten", "Λ")
    assert new.startswith(b"\xef\xbb\xbf")


def test_the_lines_of_markdown_are_its_words() -> None:
    assert open_document("a.md", MD.encode()).lines == [
        "Der Titel",
        "Der <x1>große</x1> Bericht",
        (
            "Das ist ein <x1>wichtiges</x1> Haus am See und <x2>`code bleibt`</x2> so, das "
            "steht auf <x3>unserer Seite</x3> und im <x4>Handbuch</x4> und hier<x5/>."
        ),
        "Titel",
        "Zweite Zeile mit <x1/> und <x2>fett</x2>.",
        "Ein Zitat geht über zwei Zeilen.",
        "Guten Morgen!",
        "Ich mag Äpfel.",
        "Name",
        "a|b Wort",
        "Das Haus",
        "Text in HTML",
        "Überschrift",
        "Das Handbuch",
    ]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            "Der <x1>große</x1> Bericht",
            "The <x1> big </x1>report",
            "# Der *große* Bericht ##",
            "# The  *big* report ##",
        ),
        (
            "Zweite Zeile mit <x1/> und <x2>fett</x2>.",
            "2. <x2>Bold</x2> with <x1/>.",
            "Zweite Zeile mit $a+b$ und <b>fett</b>.",
            "2\\. <b>Bold</b> with $a+b$.",
        ),
        ("Überschrift", "- Heading", "Überschrift", "\\- Heading"),
        ("Das Haus", "A | B", "| Das Haus |", "| A \\| B |"),
        (
            "Ein Zitat geht über zwei Zeilen.",
            "A quotation goes over two lines.",
            "> Ein Zitat geht\n> über zwei Zeilen.",
            "> A quotation goes over\n> two lines.",
        ),
        ("Ich mag Äpfel.", "I like\napples.", "\t1. Ich mag Äpfel.", "\t1. I like apples."),
    ],
)
def test_new_words_stay_in_their_block(old: str, new: str, before: str, after: str) -> None:
    assert other("a.md", MD, {old: new}) == MD.replace(before, after)


@given(
    st.lists(
        st.sampled_from(
            [
                *("Wort", "é", " ", "\n", "\n\n", "\r\n", "\t", "    ", "# ", "- ", "> ", "1. "),
                *("*", "**", "`", "```\n", "[", "]", "](u)", "|", "|---|\n", "---\n"),
                *("<b>", "</b>", "\\", "$"),
            ]
        )
    ),
    st.sampled_from(["a.md", "a.srt", "a.vtt"]),
)
def test_any_text_comes_out_as_it_went_in(pieces: list[str], name: str) -> None:
    head = "" if name == "a.md" else "00:01.000 --> 00:02.000\n"
    data = (head + "".join(pieces)).encode()
    document = open_document(name, data)
    assert document.rebuilt(document.lines) == data
    for line in document.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]
    new = document.rebuilt([f"{line} neu" for line in document.lines])
    assert new.decode().count("neu") == len(document.lines)
