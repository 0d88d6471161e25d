"""Texts keep their shape: lines, lists, tables, code, and paragraphs wrapped by hand."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import Layout, Segment, column_after, model_text, segment, wrap

# Pieces of texts, with everything that could be taken for something else.
SCRAPS = (
    *"\n\r\t\v\f \x00\x1c\x85\u2028\u2029\u00a0\ufeff\u200b\ud800",
    *"|>-#*„“”»«\"'().!?…:;,_`~{}<>%@/\\",
    *("\r\n", "\n\n", "  ", "```\n", "> ", "- ", "1. ", "a) ", "z. B. ", "3. ", "Ja. ", "Das "),
    *("ist ", "gut", "Über-\n", "und ", "😀", ":-)", "https://a.de/x ", "{x}", "<b>", "X1"),
    "Das ist ein Satz, der in einer Mail auf mehrere Zeilen umbrochen ist, weil\n",
)
texts = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=3)).map("".join)


def joined(segments: Iterable[Segment]) -> str:
    return "".join(part.source + part.separator for part in segments)


def sources(text: str) -> list[str]:
    return [part.source for part in segment(text)]


def reset(text: str, translate: Callable[[str], str]) -> str:
    """The whole text with `translate` in the model's place."""
    column = 0
    parts: list[str] = []
    for part in segment(text):
        target = part.source if part.copied else translate(model_text(part.source))
        parts.append(wrap(target, part, column) + part.separator)
        column = column_after(parts[-1], column)
    return "".join(parts)


@given(texts)
def test_segments_joined_are_the_text(text: str) -> None:
    assert joined(segment(text)) == text


@given(texts, st.sampled_from(["en", "ru", "zh", "xx"]))
def test_segments_joined_are_the_text_in_any_language(text: str, language: str) -> None:
    assert "".join(part.source + part.separator for part in segment(text, language)) == text


@given(texts)
def test_separators_are_white_space_and_sources_are_bare(text: str) -> None:
    for number, part in enumerate(segment(text)):
        assert not part.separator.strip()
        assert part.source.strip() or number == 0
        assert part.layout or part.source == part.source.strip()


@given(texts)
def test_only_wrapped_paragraphs_hold_line_breaks(text: str) -> None:
    for part in segment(text):
        assert part.layout or len(part.source.splitlines()) <= 1
        assert len(model_text(part.source).splitlines()) <= 1


@given(texts)
def test_without_wrapped_paragraphs_nothing_but_sources_changes(text: str) -> None:
    segments = list(segment(text))
    if not any(part.layout for part in segments):
        assert len(reset(text, lambda _: "x").splitlines()) == len(text.splitlines())


words = st.lists(st.text("abcäß.,-😀", min_size=1, max_size=12), min_size=1, max_size=40)


@given(words, st.integers(40, 110), st.integers(0, 120), st.sampled_from(["\n", "\r\n> ", "\n\t"]))
def test_wrapping_keeps_words_and_width(
    target: list[str], width: int, start: int, turn: str
) -> None:
    part = wrapped_segment(width, turn)
    lines = wrap(" ".join(target), part, start).split(turn)
    assert [word for line in lines for word in line.split()] == target
    for line in lines[1:]:
        assert column_after(line, column_after(turn, 0)) <= width


def wrapped_segment(width: int, turn: str) -> Segment:
    """A segment of a hard-wrapped paragraph."""
    return Segment("Das ist" + turn + "gut.", "\n", layout=Layout(width, turn))


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
)
def test_every_line_break_parts(end: str) -> None:
    assert list(segment(f"Eins{end}{end}Zwei{end}")) == [
        Segment("Eins", end + end),
        Segment("Zwei", end),
    ]


def test_white_space_around_is_kept() -> None:
    assert list(segment("")) == []
    assert list(segment(" \n\t")) == [Segment("", " \n\t", copied=True, verbatim=True)]
    assert list(segment("\n  Ja.\u00a0 Nein. \n")) == [
        Segment("", "\n  ", copied=True, verbatim=True),
        Segment("Ja.", "\u00a0 "),
        Segment("Nein.", " \n"),
    ]


def test_what_no_model_can_read_stands_alone() -> None:
    assert list(segment("\ufeffDas\0ist \ud800 gut.")) == [
        Segment("\ufeff", "", copied=True, verbatim=True),
        Segment("Das", ""),
        Segment("\0", "", copied=True, verbatim=True),
        Segment("ist", " "),
        Segment("\ud800", " ", copied=True, verbatim=True),
        Segment("gut.", ""),
    ]


@pytest.mark.parametrize(
    ("line", "marker", "said"),
    [
        ("- Milch kaufen", "-", "Milch kaufen"),
        ("  * Milch", "*", "Milch"),
        ("• Milch", "•", "Milch"),
        ("– Ja, sagte er.", "–", "Ja, sagte er."),
        ("- [ ] Milch kaufen", "- [ ]", "Milch kaufen"),
        ("1. Milch kaufen", "1.", "Milch kaufen"),
        ("12) Milch", "12)", "Milch"),
        ("2.3.1 Einleitung", "2.3.1", "Einleitung"),
        ("(3) Die Frist endet.", "(3)", "Die Frist endet."),
        ("a) Milch", "a)", "Milch"),
        ("IV. Schluss", "IV.", "Schluss"),
        ("## Überschrift", "##", "Überschrift"),
        ("// Kommentar", "//", "Kommentar"),
        ("> Zitat", ">", "Zitat"),
        (">> Zitat", ">>", "Zitat"),
    ],
)
def test_what_a_line_starts_with_is_copied(line: str, marker: str, said: str) -> None:
    first, second = (part for part in segment(line) if part.source)
    assert (first.source, first.copied) == (marker, True)
    assert (second.source, second.copied) == (said, False)


@pytest.mark.parametrize(
    "line",
    [
        "3. Oktober",
        "20 Leute kamen.",
        "2. und 3. Klasse",
        "-5 Grad",
        "19. Jahrhundert",
        "*Stern*",
        "A. Schmidt",
        "1.000 Menschen kamen.",
        "1.500.000 Euro kostet das.",
        "19.999 €, nicht mehr.",
        "14.30 Uhr ist zu spät.",
        "10.12. war ein Montag.",
        "2.5 million people came.",
    ],
)
def test_not_every_sign_is_a_list_marker(line: str) -> None:
    assert sources(line) == [line]


def test_tables_are_read_by_cell() -> None:
    assert sources("| Name | Alter |\n|------|-------|\n| Max Muster | 5 Jahre |") == [
        *("|", "Name", "|", "Alter", "|"),
        *("|", "------", "|", "-------", "|"),
        *("|", "Max Muster", "|", "5 Jahre", "|"),
    ]
    assert sources("Name\tAlter\tOrt der Geburt") == ["Name", "Alter", "Ort der Geburt"]
    assert sources("Kaffee      zwei Euro") == ["Kaffee", "zwei Euro"]


def test_code_fences_are_copied() -> None:
    text = (
        "Vorher:\n```python\nprint('Guten Tag, Welt')\n\n# Kommentar. Noch einer.\n```\nNachher.\n"
    )
    assert [(part.source, part.copied) for part in segment(text)] == [
        ("Vorher:", False),
        ("```python", True),
        ("print('Guten Tag, Welt')", True),
        ("# Kommentar. Noch einer.", True),
        ("```", True),
        ("Nachher.", False),
    ]


def test_a_fence_that_nothing_closes_is_none() -> None:
    assert not list(segment("```\nGuten Tag.\n~~~\nGute Nacht."))[1].copied


MAIL = """\
Hallo Anna,

ich habe gestern mit dem Chef gesprochen. Der meinte, dass wir die Sache
noch einmal gründlich überdenken sollten, bevor wir uns an die Über-
setzung machen.

> Wann können wir uns treffen? Ich hätte am Montag oder am Dienstag
> nach der Arbeit Zeit, am Mittwoch aber leider nicht, weil ich da
> beim Arzt bin.

  - Bring bitte die Unterlagen mit, die wir beim letzten Mal vergessen
    haben.
  - Und Kuchen.

Viele Grüße
Tom
"""


def test_a_hard_wrapped_mail_is_joined() -> None:
    assert [model_text(part.source) for part in segment(MAIL) if not part.copied] == [
        "Hallo Anna,",
        "ich habe gestern mit dem Chef gesprochen.",
        (
            "Der meinte, dass wir die Sache noch einmal gründlich überdenken sollten, "
            "bevor wir uns an die Übersetzung machen."
        ),
        "Wann können wir uns treffen?",
        (
            "Ich hätte am Montag oder am Dienstag nach der Arbeit Zeit, "
            "am Mittwoch aber leider nicht, weil ich da beim Arzt bin."
        ),
        "Bring bitte die Unterlagen mit, die wir beim letzten Mal vergessen haben.",
        "Und Kuchen.",
        "Viele Grüße",
        "Tom",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_hard_wrapped_mail_is_set_again(end: str) -> None:
    text = reset(MAIL.replace("\n", end), lambda source: source.replace("e", "eee"))
    assert max(map(len, text.splitlines())) <= 72
    quoted = [line for line in text.splitlines() if line.startswith(">")]
    assert len(quoted) >= 3
    assert all(line.startswith("> ") for line in quoted)
    assert f"{end}    leeetzteeen Mal veeergeeesseeen habeeen.{end}" in text


def test_an_unchanged_paragraph_keeps_its_lines() -> None:
    text = MAIL.replace("Über-\nsetzung", "Arbeit\nüberhaupt")
    assert reset(text, str) == text


COLUMN = """\
Der Hund ist ein Haus-
tier, das seit sehr lan-
ger Zeit mit dem Men-
schen lebt. Er ist treu
und hilft dem Menschen
bei der Arbeit.
"""
NARROW = """\
Heute ist das Wetter schön. Der
Vater geht mit dem Kind aus dem
Haus und kauft ein Brot. Es ist
warm, und sie gehen lange in den
Wald, bis es dunkel wird.
"""
WIDE = (
    "Der Verein hat im vergangenen Jahr so viele neue Mitglieder gewonnen, dass er nun in einem "
    "schönen, viel größe-\nren Saal zusammenkommen muss, und sucht deshalb in der Stadt nach "
    "einem Haus, das Platz für al-\nle hat."
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            COLUMN,
            [
                "Der Hund ist ein Haustier, das seit sehr langer Zeit mit dem Menschen lebt.",
                "Er ist treu und hilft dem Menschen bei der Arbeit.",
            ],
        ),
        (
            NARROW,
            [
                "Heute ist das Wetter schön.",
                "Der Vater geht mit dem Kind aus dem Haus und kauft ein Brot.",
                "Es ist warm, und sie gehen lange in den Wald, bis es dunkel wird.",
            ],
        ),
        (WIDE, [WIDE.replace("-\n", "")]),
        ("Das ist ein Wohn-\nhaus und ein Hund.", ["Das ist ein Wohnhaus und ein Hund."]),
        ("Wir haben viele Ein-\nund Ausgänge.", ["Wir haben viele Ein- und Ausgänge."]),
        (
            "Das alte Nord-\nSüd-Gefälle ist größer, als\nman heute noch immer an-\nnimmt.",
            ["Das alte Nord-Süd-Gefälle ist größer, als man heute noch immer annimmt."],
        ),
        ("Das ist ein Do\u00ad\nkument aus der Stadt.", ["Das ist ein Dokument aus der Stadt."]),
        ("> Das ist ein Wohn-\n> haus und ein Hund.", ["Das ist ein Wohnhaus und ein Hund."]),
    ],
)
def test_a_narrow_column_is_joined(text: str, asked: list[str]) -> None:
    assert [model_text(part.source) for part in segment(text) if not part.copied] == asked


def test_a_narrow_column_is_set_again_in_its_width() -> None:
    lines = reset(COLUMN, lambda source: source.replace("Hund", "Kater")).splitlines()
    assert max(map(len, lines)) <= 24
    assert len(lines) == 6


POEM = """\
Wer reitet so spät durch Nacht und Wind?
Es ist der Vater mit seinem Kind;
Er hat den Knaben wohl in dem Arm,
Er faßt ihn sicher, er hält ihn warm.
"""
ADDRESS = "Max Mustermann\nMusterstraße 5\n12345 Berlin\n"
SUBTITLES = """\
1
00:00:01,000 --> 00:00:04,000
Ich glaube, dass wir jetzt
besser nach Hause gehen.
"""
HEADLINES = """\
Bundestag beschließt neues Gesetz zur Rente
Bayern gewinnt Spiel gegen Dortmund mit 3:1
Wetter am Wochenende wird sonnig und warm
"""
ROWS = """\
müller;hans;berlin;goethestraße 5;030/1234567
schmidt;anna;hamburg;schillerstraße 7;040/987
meier;tom;münchen;lessingstraße 12;089/55512
"""
SENTENCES = """\
Der Hund schläft heute schon den ganzen Tag.
Die Katze sitzt auf dem Dach und sieht zu.
Morgen gehen wir alle zusammen in den Zoo.
"""
MOON = """\
Der Mond ist aufgegangen,
die goldnen Sternlein prangen
am Himmel hell und klar.
Der Wald steht schwarz und schweiget,
und aus den Wiesen steiget
der weiße Nebel wunderbar.
"""
LANTERN = """\
ich geh mit meiner laterne
und meine laterne mit mir
dort oben leuchten die sterne
und unten da leuchten wir
"""
CHAT = """\
kommst du heute noch vorbei?
ja. Aber erst gegen acht
gut. Bring bitte Brot mit
mache ich, und sonst nichts?
nein danke. Bis nachher dann
"""
PARTS = "Kaffee-\nmaschine\nTee-\nkanne\n"
PEOPLE = """\
Anna Meier, Lehrerin in Köln
Peter Schulz, Arzt aus Berlin
Maria Huber, Bäckerin in Graz
Dr. Max Weber, Richter a. D.
Eva Lang, wohnt jetzt in Rom
"""
SHOPPING = "wir brauchen noch\nmilch\nbrot\nzwei dutzend eier vom wochenmarkt\n"


@pytest.mark.parametrize(
    "text",
    [
        POEM,
        ADDRESS,
        SUBTITLES,
        HEADLINES,
        ROWS,
        SENTENCES,
        SHOPPING,
        POEM * 5,
        MOON,
        LANTERN,
        CHAT,
        PARTS,
        PEOPLE,
    ],
)
def test_lines_that_were_ended_on_purpose_stay(text: str) -> None:
    assert [part.layout for part in segment(text) if part.layout] == []


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("Das ist\n   gut.", "Das ist gut."),
        ("Das ist\r\n> > gut.", "Das ist gut."),
        ("die Über-\nsetzung", "die Übersetzung"),
        ("die Vor-\nund Nachteile", "die Vor- und Nachteile"),
        ("die E-Mail-\nAdresse", "die E-Mail-Adresse"),
        ("EU-\nweit", "EU-weit"),
        ("Do\u00ad\nkument", "Dokument"),
        ("Vor\u00ad\nund Nachteile", "Vor- und Nachteile"),
        ("der 10-\njährige", "der 10-jährige"),
        ("Das ist –\nwirklich", "Das ist – wirklich"),
        ("Donau\u00addampf\u00adschiff", "Donaudampfschiff"),
        ("u\u0308ber", "über"),
        ("Lehrer*innen und Schüler:innen", "Lehrerinnen und Schülerinnen"),
        ("  Ja. ", "Ja."),
    ],
)
def test_what_the_model_is_asked(source: str, asked: str) -> None:
    assert model_text(source) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Einleitung . . . . . . 5", ["Einleitung"]),
        ("Einleitung ........ 5", ["Einleitung"]),
        ("Einleitung........5", ["Einleitung"]),
        ("Einleitung ……………… 5", ["Einleitung"]),
        ("Vorwort ............ iv", ["Vorwort"]),
        ("Inhalt.......................III", ["Inhalt"]),
        ("Der Hund · · · · · · 5", ["Der Hund"]),
        ("Unterschrift: ____________", ["Unterschrift:"]),
        ("Name ____________ Ort ____________", ["Name", "Ort"]),
        ("Das weiß ich nicht ....", ["Das weiß ich nicht ...."]),
        ("Ich .... weiß nicht", ["Ich .... weiß nicht"]),
        ("Kaffee ............. 2,50 €", ["Kaffee"]),
        ("Das Haus\\NDer Hund", ["Das Haus", "Der Hund"]),
        ("C:\\Neu ist da", ["C:\\Neu ist da"]),
        ("| {{ a | upper }} fehlt | Haus |", ["{{ a | upper }} fehlt", "Haus"]),
        ("[[a|b]] ist | `c | d` neu | Hof", ["[[a|b]] ist", "`c | d` neu", "Hof"]),
    ],
)
def test_what_parts_a_line_and_what_does_not(text: str, asked: list[str]) -> None:
    assert [part.source for part in segment(text) if not part.copied] == asked
