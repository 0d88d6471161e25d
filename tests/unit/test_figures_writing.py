"""Figures in the form of another language, and figures of a translation that are mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import (
    GERMAN_CODES,
    GERMAN_FIGURES,
    GERMAN_MOMENTS,
    GERMAN_NUMBERS,
    translated,
)
from translator.checking import PLAIN_NUMBER, Figures
from translator.text.figures import Clock, compare, figures, regrouped, restate, written

ENGLISH = [
    ("1.250,50", "1,250.50"),
    ("1250", "1250"),
    ("1.250.000", "1,250,000"),
    ("1.250,00", "1,250.00"),
    ("10 000", "10 000"),
    ("1.299,50 €", "€1,299.50"),
    ("€ 19,99", "€19.99"),
    ("19,99 Euro", "19.99 euros"),
    ("1 Euro", "1 euro"),
    ("EUR 1.299,50", "EUR 1,299.50"),
    ("1.299,50 EUR", "EUR 1,299.50"),
    ("19,- €", "€19"),
    ("-5 €", "-€5"),
    ("10 000 €", "€10,000"),
    ("5 US-Dollar", "5 US dollars"),
    ("20 Pfund", "20 pounds"),
    ("3,5 Milliarden", "3.5 billion"),
    ("2 Billionen Euro", "2 trillion euros"),
    ("3,5 Mrd. €", "€3.5 billion"),
    ("5–10 €", "€5–10"),
    ("1.000-2.000", "1,000-2,000"),
    ("50 %", "50%"),
    ("2,5 Prozent", "2.5 percent"),
    ("6,5 t", "6.5 t"),
    ("110 km/h", "110 km/h"),
    ("-5 °C", "-5 °C"),
    ("minus 5 Grad", "minus 5 degrees"),
    ("-,50 €", "€0.50"),
    ("0,5 Prozentpunkte", "0.5 percentage points"),
    ("§§ 12–15", "§§ 12–15"),
    ("12,5 N/mm²", "12.5 N/mm²"),
    ("5,8 l/100 km", "5.8 l/100 km"),
    ("67,2 kWh/(m²·a)", "67.2 kWh/(m²·a)"),
    ("3.000 U/min", "3,000 rpm"),
    ("3.000 1/min", "3,000 1/min"),
    ("1.000 I.E. Vitamin", "1,000 IU"),
    ("12,5 % vol", "12.5% vol"),
    ("12,5 Vol.-%", "12.5% vol"),
    ("5,5 Gew.-%", "5.5 wt%"),
    ("11,50 €/m²", "€11.50/m²"),
    ("€ 3,20/kg", "€3.20/kg"),
    ("9,99 Euro/Monat", "9.99 euros/month"),
    ("40 h/Woche", "40 h/week"),
    ("5 l/min", "5 l/min"),
    ("30 Min. Fahrt", "30 minutes"),
    ("2 h 15 min", "2 h 15 min"),
    ("2 Stunden 15 Minuten", "2 hours 15 minutes"),
    ("1 Std. 30 Min.", "1 hour 30 minutes"),
    ("5′ 30″", "5′ 30″"),
    ("3840 x 2160 Pixel", "3840 x 2160 pixels"),
    ("2,5 × 4 m", "2.5 × 4 m"),
    ("1,20 m x 0,80 m", "1.20 m x 0.80 m"),
    ("2,5 mal 4 Meter", "2.5 by 4 meters"),
    ("von 13 bis 15 Uhr", "13:00 to 15:00"),
    ("von 22 bis 6 Uhr", "22:00 to 6:00"),
    ("3 Jahre", "3 years"),
    ("1.000-Euro-Schein", "1,000-Euro"),
    ("im 19. Jahrhundert", "19th"),
    ("der 1. Tag", "1st"),
    ("der 12. Tag", "12th"),
    ("der 22. Tag", "22nd"),
    ("1990er", "1990s"),
    ("1990er-Jahre", "1990s"),
    ("20er Jahren", "20s"),
    ("3. Dezember 2026", "3 December 2026"),
    ("30.11.2026", "30 November 2026"),
    ("am 30.11. um", "30 November"),
    ("Oktober 2026", "October 2026"),
    ("29. Februar", "29 February"),
    ("vom 3.–5. Oktober 2026", "3–5 October 2026"),
    ("2026-11-30", "2026-11-30"),
    ("30.11.26", "30.11.26"),
    ("14.30 Uhr", "14:30"),
    ("18 Uhr", "18:00"),
    ("22 Uhr 14", "22:14"),
    ("6 Uhr abends", "18:00"),
    ("8–18 Uhr", "8:00–18:00"),
    ("3:1", "3:1"),
    ("1:25.000", "1:25,000"),
    ("3:28,45 Minuten", "3:28.45 minutes"),
    ("2 1/2", "2 1/2"),
    ("½", "½"),
    ("2½ Stunden", "2½ hours"),
    ("4711-0815", "4711-0815"),
    ("2.10.3", "2.10.3"),
    ("+49 30 1234567", "+49 30 1234567"),
    ("DE02 1203 0000 0000 2020 51", "DE02 1203 0000 0000 2020 51"),
    ("§ 12 Abs. 3", "§ 12 Abs. 3"),
    ("10⁶", "10⁶"),
    ("①", "①"),
    ("Kapitel IV", "IV"),
    ("٣", "٣"),
    ("１２", "１２"),
    ("1.000.00", "1.000.00"),
    ("drei", "drei"),
]
TWELVE_HOURS = [
    ("14.30 Uhr", "2:30 p.m."),
    ("18 Uhr", "6 p.m."),
    ("0:15 Uhr", "12:15 a.m."),
    ("12 Uhr", "12 p.m."),
    ("8–18 Uhr", "8 a.m.–6 p.m."),
    ("0–24 Uhr", "0:00–24:00"),
    ("22 bis 6 Uhr", "10 p.m. to 6 a.m."),
    ("18:30", "6:30 p.m."),
    ("3:45", "3:45"),
]
OTHERS = [
    ("1.299,50 €", "de", "fr", "1\u202f299,50\u00a0€"),
    ("EUR 5", "de", "fr", "5 EUR"),
    ("50 Prozent", "de", "fr", "50 pour cent"),
    ("3,5 Milliarden", "de", "fr", "3,5 milliards"),
    ("30.11.2026", "de", "fr", "30/11/2026"),
    ("3. Oktober 2026", "de", "es", "3 de octubre de 2026"),
    ("3,5 Mrd. Euro", "de", "ja", "3,500,000,000 ユーロ"),
    ("3. Oktober", "de", "ja", "10月3日"),
    ("1.250,50", "de", "pl", "1\u00a0250,50"),
    ("€1,299.50", "en", "de", "1.299,50\u00a0€"),
    ("$5m", "en", "de", "5 Millionen\u00a0$"),
    ("2:30 p.m.", "en", "de", "14:30 Uhr"),
    ("6 o'clock", "en", "de", "6 Uhr"),
    ("October 3, 2026", "en", "de", "3. Oktober 2026"),
    ("the 3rd day", "en", "de", "3."),
    ("50%", "en", "de", "50\u00a0%"),
    ("negative 5", "en", "de", "minus 5"),
]


def only(text: str, source: str, target: str, **options: object) -> str:
    (figure,) = figures(text, source)
    return written(figure, source, target, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "english"), ENGLISH)
def test_german_figures_in_english(text: str, english: str) -> None:
    assert only(text, "de", "en") == english


@pytest.mark.parametrize(("text", "english"), TWELVE_HOURS)
def test_times_of_twelve_hours(text: str, english: str) -> None:
    assert only(text, "de", "en", clock=12) == english


@pytest.mark.parametrize(("text", "source", "target", "form"), OTHERS)
def test_other_languages_by_the_data_of_cldr(
    text: str, source: str, target: str, form: str
) -> None:
    assert only(text, source, target) == form


@pytest.mark.parametrize("text", ["1.299,50 €", "14.30 Uhr", "3. Oktober 2026", "50 %"])
def test_all_figures_may_be_kept_to_the_letter(text: str) -> None:
    assert only(text, "de", "en", keep=True) == text


@given(
    GERMAN_FIGURES,
    st.sampled_from(["en", "en", "fr", "es", "pl", "it", "ja", "ru", "sv", "xx"]),
    st.sampled_from((12, 24)),
)
def test_reading_and_writing_and_reading_means_the_same(
    text: str, language: str, clock: Clock
) -> None:
    for figure in figures(text, "de"):
        form = written(figure, "de", language, clock=clock)
        if form != figure.text:
            assert not compare(text, text.replace(figure.text, form, 1), "de", language)


@given(GERMAN_NUMBERS)
def test_every_number_has_an_english_form(text: str) -> None:
    for figure in figures(text, "de"):
        form = written(figure, "de", "en")
        assert not compare(text, text.replace(figure.text, form, 1), "de", "en")
        assert "Milliarde" not in form
        assert not form.endswith((" %", " €", "Euro"))


@given(GERMAN_MOMENTS, st.sampled_from((12, 24)))
def test_every_date_and_time_has_an_english_form(text: str, clock: Clock) -> None:
    (figure,) = figures(text, "de")
    form = written(figure, "de", "en", clock=clock)
    assert "Uhr" not in form
    assert ". " not in form
    assert form.count(".") in {0, 2, 4}
    assert not compare(text, form, "de", "en")


@given(GERMAN_CODES)
def test_codes_stay_to_the_letter(text: str) -> None:
    if "er" not in text:
        assert translated(text) == text


RESTATED = [
    ("Kaution 1.299,50 €.", "Deposit 1.299,50 €.", "Deposit €1,299.50."),
    ("Er zahlt 1.299,50 Euro.", "He pays 1.299,50 euros.", "He pays 1,299.50 euros."),
    ("3,5 Milliarden Menschen", "3,5 billion people", "3.5 billion people"),
    ("Es wiegt 2,500 kg.", "It weighs 2,500 kg.", "It weighs 2.500 kg."),
    ("2.500 Leute", "2.500 people", "2,500 people"),
    ("Um 14.30 Uhr", "At 14.30 Uhr", "At 14:30"),
    ("50 % und 5 €", "50 % and 5 €", "50% and €5"),
    ("Bis 30.11.2026", "Until 30.11.2026", "Until 30 November 2026"),
    ("Das kostet 5–10 €.", "That costs 5–10 €.", "That costs €5–10."),
    ("1.000-2.000 Leute", "1.000-2.000 people", "1,000-2,000 people"),
    ("1.000.000 €", "1.000.000 €", "€1,000,000"),
    ("1.000 und 2.000", "2.000 and 1.000", "2,000 and 1,000"),
    ("Um 8.05 Uhr von Gleis 7", "At 8.05:00.", "At 8:05."),
    ("Gegen 3.20 Uhr", "At 3.20:00 p.m.", "At 3:20."),
    ("Es sind 520 N/mm².", "It's 520 N/mm2.", "It's 520 N/mm²."),
    # right as it is
    ("2.500 Leute", "2,500 people", "2,500 people"),
    ("1.000 und 1,000", "1,000 and 1.000", "1,000 and 1.000"),
    ("Um 18 Uhr", "At 6 p.m.", "At 6 p.m."),
    ("Nr. 4711-0815", "No. 4711-0815", "No. 4711-0815"),
    ("Version 2.10.3", "Version 2.10.3", "Version 2.10.3"),
    # no figure of the source
    ("5,5 kg", "5.5 kg and 7,5 kg", "5.5 kg and 7,5 kg"),
    ("Es kamen Leute.", "There were 1.250 people.", "There were 1.250 people."),
]


@pytest.mark.parametrize(("source", "target", "mended"), RESTATED)
def test_what_stands_in_the_source_s_form_is_restated(
    source: str, target: str, mended: str
) -> None:
    assert restate(source, target, "de", "en") == mended


@pytest.mark.parametrize(
    ("target", "clock", "mended"),
    [
        ("At 2:30 p.m.", 24, "At 14:30"),
        ("At 14:30", 12, "At 2:30 p.m."),
        ("At 2:30", 12, "At 2:30"),  # either half of the day
        ("At 2:30 p.m.", None, "At 2:30 p.m."),
        ("At 14.30 Uhr", 12, "At 2:30 p.m."),
    ],
)
def test_a_translation_has_one_clock(target: str, clock: Clock | None, mended: str) -> None:
    assert restate("Um 14.30 Uhr", target, "de", "en", clock=clock) == mended


@given(st.lists(GERMAN_FIGURES, min_size=1, max_size=3).map("; so: ".join))
def test_a_copied_text_is_restated_with_all_its_figures(text: str) -> None:
    assert not compare(text, restate(text, text, "de", "en"), "de", "en")


@given(st.lists(GERMAN_FIGURES, min_size=1, max_size=3).map("; so: ".join))
def test_what_is_written_well_is_not_restated(text: str) -> None:
    target = translated(text)
    assert restate(text, target, "de", "en") == target


@given(st.text(), st.text(), st.sampled_from(["en", "fr", "xx"]))
def test_restating_never_makes_it_worse(source: str, target: str, language: str) -> None:
    before = compare(source, target, "de", language)
    after = compare(source, restate(source, target, "de", language), "de", language)
    assert len(after.missing) + len(after.added) <= len(before.missing) + len(before.added)


@given(st.from_regex(PLAIN_NUMBER, fullmatch=True))
def test_a_plain_number_is_regrouped_as_a_thorough_look_would(numeral: str) -> None:
    assert regrouped(numeral, "de", "en") == Figures(numeral, ("de", "en")).check(numeral).text
