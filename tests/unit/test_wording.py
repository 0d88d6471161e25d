"""Wordings of programs: placeholders and markup to the letter, choices as whole sentences."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.shouting import shouted
from web.formats.localisation.wording import PLAIN, Syntax, Wording
from web.formats.places import Lines

PIECES = st.sampled_from(
    [
        *(
            "Haus ",
            "kein Auto",
            " ",
            "  ",
            "\n",
            "\n\n",
            " | ",
            "|",
            "'",
            "''",
            "#",
            "_Neu",
            "&Neu",
        ),
        *(
            "{name}",
            "{0}",
            "{1}",
            "{}",
            "{{x}}",
            "%s",
            "%1$s",
            "%d",
            "%%",
            "%(a)s",
            "${x}",
            "$t(a.b)",
        ),
        *("<b>", "</b>", "<br>", "<0/>", "&amp;", "&nbsp;", "&#123;1&#125;", "[", "](http://a.de)"),
        *("{n, plural, one {", "{n, select, a {", "} other {", "}}", "}", "{", "\0", "\x7f", "`x`"),
    ]
)


def worded(text: str, syntax: Syntax = PLAIN) -> Wording:
    wording = Wording(syntax)
    wording.add(text)
    return wording


def lines_of(text: str, syntax: Syntax = PLAIN) -> list[str]:
    lines = Lines()
    lines.add(worded(text, syntax).places())
    lines.finish()
    return lines.lines


def translated(text: str, targets: list[str], syntax: Syntax = PLAIN) -> str:
    wording = worded(text, syntax)
    found = wording.places()
    lines = Lines()
    lines.add(found)
    lines.finish()
    lines.filler(targets)(found)
    return wording.written()


@pytest.mark.parametrize(
    "placeholder",
    [
        *("{name}", "{0}", "{}", "{0,number,#.##}", "{when, date, short}", "{{name}}", "{{{a}}}"),
        *("{{ user.name }}", "${a.b}", "#{name}", "%{name}", "%s", "%1$s", "%-5.2f", "%ld", "%@"),
        *("%%", "%(name)s", "%<name>s", "%name%", "$t(a.b)", "$NAME$", "$1", ":name", "@:a.b"),
        *("https://a.de/b?c=d", "a.b@c.de", "'{kein}'", "`code`", "<code>a</code>"),
    ],
)
def test_placeholders_stand_for_words_and_stay_to_the_letter(placeholder: str) -> None:
    text = f"Das {placeholder} ist {placeholder} neu."
    assert lines_of(text) == ["Das {1} ist {2} neu."]
    assert translated(text, ["{2} ALT {1}."]) == f"{placeholder} ALT {placeholder}."


@pytest.mark.parametrize(
    "text", ["100 % der Häuser", "100%ig sicher", "um 12:30 Uhr", "Preis: 5 $", "R&D von H&M"]
)
def test_what_only_looks_like_a_placeholder_is_text(text: str) -> None:
    assert lines_of(text) == [text]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Das ist <b>sehr</b> gut.<br>Und neu.", ["Das ist <x1>sehr</x1> gut.", "Und neu."]),
        ("<0>Hier</0> und <1/> dort", ["<x1>Hier</x1> und <x2/> dort"]),
        ("Siehe [die Hilfe](http://a.de/b).", ["Siehe <x1>die Hilfe</x1>."]),
        ("Eins.\nZwei.\n\ndrei", ["Eins.", "Zwei.", "drei"]),
        ("Der Satz geht\nweiter.", ["Der Satz geht<xbr1/>weiter."]),
        ("kein Apfel|:count Äpfel", ["kein Apfel", "{1} Äpfel"]),
        ("&Datei", ["Datei"]),
        ("Seite _einrichten", ["Seite <x1/>einrichten"]),
        ("%d.%m.%Y", []),
    ],
)
def test_markup_breaks_and_mnemonics(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines
    assert translated(text, lines) == text


def test_a_mnemonic_inside_of_a_word_goes_before_it() -> None:
    assert translated("Ö&ffnen", ["OPEN"]) == "&OPEN"
    assert lines_of("Ö&ffnen", Syntax(mnemonics=False)) == ["Ö&ffnen"]


def test_entities_are_written_where_there_were_some() -> None:
    assert lines_of("Vor&nbsp;und zur&uuml;ck") == ["Vor\xa0und zurück"]
    assert translated("Vor&nbsp;und zur&uuml;ck", ["A\xa0< B"]) == "A&nbsp;&lt; B"
    assert translated("Vor < zurück", ["A & <"]) == "A & <"


def test_lost_doubled_and_strange_placeholders_are_mended() -> None:
    assert translated("{a} und {b}", ["und {1} {1} {7}"]) == "und {a}   {b}"


def test_unnumbered_arguments_keep_their_meaning_or_their_order() -> None:
    text = "%s am %d."
    assert translated(text, ["{2} on {1}."], Syntax(numbered=True)) == "%2$d on %1$s."
    assert translated(text, ["{2} on {1}."]) == "%s on %d."
    assert translated("%*d am %s.", ["{2} on {1}."], Syntax(numbered=True)) == "%*d on %s."


def test_apostrophes_are_doubled_where_java_reads_arguments() -> None:
    java = Syntax(apostrophes=True)
    assert lines_of("Wie geht''s, {0}?", java) == ["Wie geht's, {1}?"]
    assert translated("Nicht, {0}", ["Don't, {1}"], java) == "Don''t, {0}"
    assert translated("Nicht", ["Don't"], java) == "Don't"


@pytest.mark.parametrize(
    ("text", "lines", "changed"),
    [
        (
            "{n, plural, =0 {keine Post} one {# Brief} other {# Briefe}}",
            ["keine Post", "{1} Brief", "{2} Briefe"],
            "{n, plural, =0 {KEINE POST} one {# BRIEF} other {# BRIEFE}}",
        ),
        (
            "Sie {g, select, f {sieht} other {sehen}} {name}.",
            ["Sie sieht {1}.", "Sie sehen {2}."],
            "{g, select, f {SIE SIEHT {name}.} other {SIE SEHEN {name}.}}",
        ),
        (
            "{n, plural, offset:1 one {{g, select, f {ihr Haus} other {sein Haus}}} other {# da}}",
            ["ihr Haus", "sein Haus", "{1} da"],
            "{n, plural, offset:1 one {{g, select, f {IHR HAUS} other {SEIN HAUS}}} other {# DA}}",
        ),
        # A sign that would be a number inside of the choice: the parts are asked for apart.
        (
            "Nr. # {n, plural, one {Haus} other {Häuser}}",
            ["Nr. #", "Haus", "Häuser"],
            "NR. # {n, plural, one {HAUS} other {HÄUSER}}",
        ),
        # Damaged syntax is not touched.
        (
            "Ein {n, plural, one {Haus} other {Häuser",
            [],
            "Ein {n, plural, one {Haus} other {Häuser",
        ),
    ],
)
def test_choices_are_asked_for_as_whole_sentences(
    text: str, lines: list[str], changed: str
) -> None:
    assert lines_of(text) == lines
    assert translated(text, shouted(lines)) == changed


def test_choices_do_not_multiply_without_end() -> None:
    text = "Wort " + "{n, plural, one {Haus} two {Bau} few {Bauten} other {Häuser}} " * 7
    assert len(lines_of(text)) == 1 + 4 * 7


@given(st.lists(PIECES, max_size=9).map("".join))
@example("{1}&#123;1&#125;")
def test_nothing_is_lost_whatever_it_is_made_of(text: str) -> None:
    lines = lines_of(text)
    assert translated(text, shouted(lines)).count("%1$s") == text.count("%1$s")
    for line in lines:
        assert line.splitlines() == [line]
        assert line == line.strip()
    if "{n," not in text and "&" not in text:
        assert translated(text, lines) == text
