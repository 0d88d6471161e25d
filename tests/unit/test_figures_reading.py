"""The figures of a text, with kind, value and unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import GERMAN_FIGURES
from tests.support.naughty import TEXTS
from translator.text.figures import Figure, Kind, figures

GERMAN = [
    ("Es kamen 755 Leute.", [("755", Kind.INTEGER, "755", "")]),
    ("1.250.000 Leute", [("1.250.000", Kind.INTEGER, "1250000", "")]),
    ("1.250,50", [("1.250,50", Kind.DECIMAL, "1250.5", "")]),
    ("3,5", [("3,5", Kind.DECIMAL, "3.5", "")]),
    ("1'250.50", [("1'250.50", Kind.DECIMAL, "1250.5", "")]),
    ("10\u202f000", [("10\u202f000", Kind.INTEGER, "10000", "")]),
    ("٣ und １２", [("٣", Kind.INTEGER, "3", ""), ("１２", Kind.INTEGER, "12", "")]),
    ("3,5 Milliarden", [("3,5 Milliarden", Kind.DECIMAL, "3500000000", "")]),
    ("2 Billionen", [("2 Billionen", Kind.INTEGER, "2000000000000", "")]),
    ("500 Tsd. Leute", [("500 Tsd.", Kind.INTEGER, "500000", "")]),
    ("50 %", [("50 %", Kind.PERCENT, "50", "%")]),
    ("2,5 Prozent", [("2,5 Prozent", Kind.PERCENT, "2.5", "%")]),
    ("19,99 €", [("19,99 €", Kind.CURRENCY, "19.99", "EUR")]),
    ("€ 19,99", [("€ 19,99", Kind.CURRENCY, "19.99", "EUR")]),
    ("EUR 1.299,50", [("EUR 1.299,50", Kind.CURRENCY, "1299.5", "EUR")]),
    ("5 CHF", [("5 CHF", Kind.CURRENCY, "5", "CHF")]),
    ("US$ 5", [("US$ 5", Kind.CURRENCY, "5", "USD")]),
    ("19,- €", [("19,- €", Kind.CURRENCY, "19", "EUR")]),
    ("-5 €", [("-5 €", Kind.CURRENCY, "-5", "EUR")]),
    ("3,5 Mio. Euro", [("3,5 Mio. Euro", Kind.CURRENCY, "3500000", "EUR")]),
    ("-5 °C", [("-5 °C", Kind.UNIT, "-5", "°C")]),
    ("−5 °C", [("−5 °C", Kind.UNIT, "-5", "°C")]),
    ("+3 Grad", [("+3 Grad", Kind.UNIT, "3", "°")]),
    ("6,5 t", [("6,5 t", Kind.UNIT, "6.5", "t")]),
    ("110 km/h", [("110 km/h", Kind.UNIT, "110", "km/h")]),
    ("80 m²", [("80 m²", Kind.UNIT, "80", "m²")]),
    ("-,50 €", [("-,50 €", Kind.CURRENCY, "0.5", "EUR")]),
    ("2 h 15 min", [("2 h 15 min", Kind.MIXED, ("2", "15"), "h min")]),
    ("1 Std. 30 Min. Fahrt", [("1 Std. 30 Min.", Kind.MIXED, ("1", "30"), "h min")]),
    ("3 Min. 20 Sek.", [("3 Min. 20 Sek", Kind.MIXED, ("3", "20"), "min s")]),
    ("5′ 30″", [("5′ 30″", Kind.MIXED, ("5", "30"), "′ ″")]),
    ("N 52° 31′", [("52° 31′", Kind.MIXED, ("52", "31"), "° ′")]),
    ("180 x 90 cm", [("180 x 90 cm", Kind.DIMENSIONS, ("180", "90"), "cm")]),
    ("1,2 m × 80 cm", [("1,2 m × 80 cm", Kind.DIMENSIONS, ("1.2", "80"), "m cm")]),
    ("30 X 20 X 10 cm", [("30 X 20 X 10 cm", Kind.DIMENSIONS, ("30", "20", "10"), "cm")]),
    (
        "3 mal 2 Stunden",
        [("3", Kind.INTEGER, "3", ""), ("2 Stunden", Kind.UNIT, "2", "h")],
    ),
    ("2027 980 €", [("2027", Kind.INTEGER, "2027", ""), ("980 €", Kind.CURRENCY, "980", "EUR")]),
    ('"Start2026!"', [("Start2026!", Kind.CODE, "Start2026!", "")]),
    ("„Pa$$w0rt“", [("Pa$$w0rt", Kind.CODE, "Pa$$w0rt", "")]),
    ("„16-mal“", [("16", Kind.INTEGER, "16", "")]),
    ("CO₂", [("CO₂", Kind.RAISED, "CO₂", "")]),
    ("pro m²", [("m²", Kind.RAISED, "m²", "")]),
    ("22 bis 6 Uhr", [("22 bis 6 Uhr", Kind.RANGE, ("22:00", "6:00"), "h")]),
    ("9 bis 6 Uhr abends", [("9 bis 6 Uhr abends", Kind.RANGE, ("9:00", "18:00"), "h")]),
    ("3 m/w/d", [("3", Kind.INTEGER, "3", "")]),
    ("5kg", [("5kg", Kind.UNIT, "5", "kg")]),
    ("1990er", [("1990er", Kind.UNIT, "1990", "decade")]),
    ("Teil 7E0 713 105 B.", [("7E0 713 105 B", Kind.CODE, "7E0 713 105 B", "")]),
    ("16-mal", [("16", Kind.INTEGER, "16", "")]),
    ("3x", [("3", Kind.INTEGER, "3", "")]),
    ("im 19. Jahrhundert", [("19.", Kind.ORDINAL, "19", "")]),
    ("der 3. Platz", [("3.", Kind.ORDINAL, "3", "")]),
    ("Er war 3.", [("3", Kind.INTEGER, "3", "")]),
    ("½", [("½", Kind.FRACTION, "0.5", "")]),
    ("1/3", [("1/3", Kind.FRACTION, "1/3", "")]),
    ("2 1/2", [("2 1/2", Kind.FRACTION, "2.5", "")]),
    ("5-10", [("5-10", Kind.RANGE, ("5", "10"), "")]),
    ("5–10 €", [("5–10 €", Kind.RANGE, ("5", "10"), "EUR")]),
    ("1939–45", [("1939–45", Kind.RANGE, ("1939", "1945"), "")]),
    ("8–18 Uhr", [("8–18 Uhr", Kind.RANGE, ("8:00", "18:00"), "h")]),
    ("3:1", [("3:1", Kind.SCORE, ("3", "1"), "")]),
    ("112:55", [("112:55", Kind.SCORE, ("112", "55"), "")]),
    ("30.11.2026", [("30.11.2026", Kind.DATE, (2026, 11, 30), "")]),
    ("am 30.11. um", [("30.11.", Kind.DATE, (None, 11, 30), "")]),
    ("3. Oktober 2026", [("3. Oktober 2026", Kind.DATE, (2026, 10, 3), "")]),
    ("1.Mai", [("1.Mai", Kind.DATE, (None, 5, 1), "")]),
    ("Oktober 2026", [("Oktober 2026", Kind.DATE, (2026, 10, None), "")]),
    ("2026-11-30", [("2026-11-30", Kind.DATE, (2026, 11, 30), "")]),
    ("30.11.26", [("30.11.26", Kind.DATE, (26, 11, 30), "")]),
    ("31.02.2026", [("31.02.2026", Kind.VERSION, "31.02.2026", "")]),
    ("14.30 Uhr", [("14.30 Uhr", Kind.TIME, (14, 30, 0), "")]),
    ("22 Uhr 14", [("22 Uhr 14", Kind.TIME, (22, 14, 0), "")]),
    ("14:30:15", [("14:30:15", Kind.TIME, (14, 30, 15), "")]),
    ("6 Uhr abends", [("6 Uhr abends", Kind.TIME, (18, 0, 0), "")]),
    ("12 Uhr nachts", [("12 Uhr nachts", Kind.TIME, (0, 0, 0), "")]),
    ("halb 3", [("halb 3", Kind.TIME, (2, 30, 0), "")]),
    ("Viertel vor 3", [("Viertel vor 3", Kind.TIME, (2, 45, 0), "")]),
    ("§ 12 Abs. 3 BGB", [("§ 12 Abs. 3", Kind.PARAGRAPH, "§ 12 Abs. 3", "")]),
    ("Art. 5", [("5", Kind.INTEGER, "5", "")]),
    ("Nr.7", [("7", Kind.INTEGER, "7", "")]),
    ("2.10.3", [("2.10.3", Kind.VERSION, "2.10.3", "")]),
    ("v1.2", [("v1.2", Kind.VERSION, "v1.2", "")]),
    ("4711-0815", [("4711-0815", Kind.CODE, "4711-0815", "")]),
    ("B52", [("B52", Kind.CODE, "B52", "")]),
    ("DIN A4", [("A4", Kind.CODE, "A4", "")]),
    ("E10-Kraftstoff", [("E10", Kind.CODE, "E10", "")]),
    ("0815", [("0815", Kind.CODE, "0815", "")]),
    ("1.000.00", [("1.000.00", Kind.VERSION, "1.000.00", "")]),
    ("12,5,3", [("12,5,3", Kind.CODE, "12,5,3", "")]),
    ("978-3-16-148410-0", [("978-3-16-148410-0", Kind.CODE, "978-3-16-148410-0", "")]),
    ("https://a.de/b?c=3.", [("https://a.de/b?c=3", Kind.CODE, "https://a.de/b?c=3", "")]),
    ("+49 30 1234567", [("+49 30 1234567", Kind.PHONE, "+49 30 1234567", "")]),
    ("(030) 12 34 56", [("(030) 12 34 56", Kind.PHONE, "(030) 12 34 56", "")]),
    ("0221/123456", [("0221/123456", Kind.PHONE, "0221/123456", "")]),
    ("+1.500.000 Leute", [("+1.500.000", Kind.INTEGER, "1500000", "")]),
    (
        "DE02 1203 0000 0000 2020 51",
        [("DE02 1203 0000 0000 2020 51", Kind.IBAN, "DE02120300000000202051", "")],
    ),
    ("10⁶", [("10⁶", Kind.RAISED, "10⁶", "")]),
    ("schnell¹²,", [("¹²", Kind.RAISED, "¹²", "")]),
    ("①②③", [("①②③", Kind.RAISED, "①②③", "")]),
    ("Ludwig XIV. starb", [("XIV", Kind.ROMAN, "XIV", "")]),
    ("Kapitel V", [("V", Kind.ROMAN, "V", "")]),
    ("Die CD und der MIX", []),
    ("Ein Haus, ein Baum", []),
    ("5 € und 3 Äpfel", [("5 €", Kind.CURRENCY, "5", "EUR"), ("3", Kind.INTEGER, "3", "")]),
    ("10 Uhr 30 Leute", [("10 Uhr", Kind.TIME, (10, 0, 0), ""), ("30", Kind.INTEGER, "30", "")]),
]
ENGLISH = [
    ("1,250.50", [("1,250.50", Kind.DECIMAL, "1250.5", "")]),
    ("1.250", [("1.250", Kind.DECIMAL, "1.25", "")]),
    ("€1,299.50", [("€1,299.50", Kind.CURRENCY, "1299.5", "EUR")]),
    ("-€5", [("-€5", Kind.CURRENCY, "-5", "EUR")]),
    ("$5m", [("$5m", Kind.CURRENCY, "5000000", "USD")]),
    ("$3.5 billion", [("$3.5 billion", Kind.CURRENCY, "3500000000", "USD")]),
    ("2 trillion", [("2 trillion", Kind.INTEGER, "2000000000000", "")]),
    ("the 3rd place", [("3rd", Kind.ORDINAL, "3", "")]),
    ("the 1990s", [("1990s", Kind.UNIT, "1990", "decade")]),
    ("October 3, 2026", [("October 3, 2026", Kind.DATE, (2026, 10, 3), "")]),
    ("3rd of October", [("3rd of October", Kind.DATE, (None, 10, 3), "")]),
    ("October 3–5", [("October 3–5", Kind.RANGE, ("-10-3", "-10-5"), "")]),
    ("30/11/2026", [("30/11/2026", Kind.DATE, (2026, 11, 30), "")]),
    ("10/3/2026", [("10/3/2026", Kind.DATE, "10/3/2026", "")]),
    ("2:30 p.m.", [("2:30 p.m.", Kind.TIME, (14, 30, 0), "")]),
    ("2.30 pm", [("2.30 pm", Kind.TIME, (14, 30, 0), "")]),
    ("12:15 a.m.", [("12:15 a.m.", Kind.TIME, (0, 15, 0), "")]),
    ("6 o'clock", [("6 o'clock", Kind.TIME, (6, 0, 0), "")]),
    ("half past 2", [("half past 2", Kind.TIME, (2, 30, 0), "")]),
    ("He may 3 times", [("3", Kind.INTEGER, "3", "")]),
    ("Then I went", []),
]
# A unit as it is written, and the form that it is read into.
UNITS = [
    ("N/mm²", "N/mm²"),
    ("N/mm2", "N/mm²"),
    ("m³/h", "m³/h"),
    ("l/100 km", "l/100 km"),
    ("l/100km", "l/100 km"),
    ("kWh/(m²·a)", "kWh/m²·a"),
    ("kWh/(m² a)", "kWh/m²·a"),
    ("kWh/m²a", "kWh/m²·a"),
    ("W/(m²K)", "W/m²·K"),
    ("J/(kg·K)", "J/kg·K"),
    ("m/s²", "m/s²"),
    ("m/s^2", "m/s²"),
    ("kg/m³", "kg/m³"),
    ("µg/m³", "µg/m³"),
    ("μg/m³", "µg/m³"),
    ("mg/dl", "mg/dl"),
    ("mg/dL", "mg/dl"),
    ("mg/24 h", "mg/24 h"),
    ("kcal/100 g", "kcal/100 g"),
    ("g/km", "g/km"),
    ("t/ha", "t/ha"),
    ("l/min", "l/min"),
    ("km/s", "km/s"),
    ("h/Woche", "h/week"),
    ("ct/kWh", "ct/kWh"),
    ("€/m²", "EUR/m²"),
    ("€/kg", "EUR/kg"),
    ("Euro/kg", "EUR/kg"),
    ("€/Monat", "EUR/month"),
    ("Mbit/s", "Mbit/s"),
    ("MB/s", "MB/s"),
    ("U/min", "U/min"),
    ("1/min", "1/min"),
    ("min⁻¹", "1/min"),
    ("min-1", "1/min"),
    ("N·m", "N·m"),
    ("Nm", "Nm"),
    ("kWp", "kWp"),
    ("mmHg", "mmHg"),
    ("dB(A)", "dB(A)"),
    ("°dH", "°dH"),
    ("ppm", "ppm"),
    ("BE", "BE"),
    ("% vol", "%vol"),
    ("Vol.-%", "%vol"),
    ("Gew.-%", "%wt"),
]


@pytest.mark.parametrize(("written", "unit"), UNITS)
def test_a_unit_is_read_whole(written: str, unit: str) -> None:
    (figure,) = figures(f"bei 12,5 {written} und mehr", "de")
    assert (figure.text, figure.value, figure.unit) == (f"12,5 {written}", "12.5", unit)


WORDS = [
    ("zwölf", "de", ["12"]),
    ("zweihundertfünfzig Leute", "de", ["250"]),
    ("dreitausendvierhundertfünfundsechzig", "de", ["3465"]),
    ("neunzehnhundertvierundachtzig", "de", ["1984"]),
    ("der einunddreißigste Tag", "de", ["31"]),
    ("der erste und dritte Tag", "de", ["1", "3"]),
    ("zweieinhalb Stunden", "de", ["2.5"]),
    ("eine Million Euro", "de", ["1000000"]),
    ("eine halbe Million", "de", ["500000"]),
    ("zwei Drittel", "de", ["2/3"]),
    ("dreimal", "de", ["3"]),
    ("um halb drei", "de", [(2, 30, 0)]),
    ("um vierzehn Uhr dreißig", "de", [(14, 30, 0)]),
    ("ein Uhr", "de", [(1, 0, 0)]),
    ("am dritten Oktober", "de", [(None, 10, 3)]),
    ("ein Haus, eine Katze, einen Hund", "de", []),
    ("twelve", "en", ["12"]),
    ("two hundred and fifty people", "en", ["250"]),
    ("twenty-one", "en", ["21"]),
    ("three thousand four hundred sixty-five", "en", ["3465"]),
    ("nineteen eighty-four", "en", ["1984"]),
    ("the thirty-first day", "en", ["31"]),
    ("two and three", "en", ["2", "3"]),
    ("two and a half hours", "en", ["2.5"]),
    ("half a million", "en", ["500000"]),
    ("a hundred dollars", "en", ["100"]),
    ("two thirds", "en", ["2/3"]),
    ("the twenties", "en", ["20"]),
    ("half past two", "en", [(2, 30, 0)]),
    ("at two thirty p.m.", "en", [(14, 30, 0)]),
    ("the third of October", "en", [(None, 10, 3)]),
    ("a house and a cat", "en", []),
]


def told(figure: Figure) -> tuple[str, Kind, object, str]:
    return figure.text, figure.kind, figure.value, figure.unit


@pytest.mark.parametrize(("text", "found"), GERMAN)
def test_german_figures(text: str, found: list[tuple[str, Kind, object, str]]) -> None:
    assert [told(each) for each in figures(text, "de")] == found


@pytest.mark.parametrize(("text", "found"), ENGLISH)
def test_english_figures(text: str, found: list[tuple[str, Kind, object, str]]) -> None:
    assert [told(each) for each in figures(text, "en")] == found


@pytest.mark.parametrize(("text", "language", "values"), WORDS)
def test_number_words_are_optional_figures(text: str, language: str, values: list[object]) -> None:
    found = figures(text, language)
    assert [each.value for each in found] == values
    assert all(each.optional for each in found)


def test_a_number_may_be_longer_than_python_converts() -> None:
    assert [each.value for each in figures("9" * 5000, "de")] == ["9" * 5000]


def test_digits_and_words_come_in_order() -> None:
    found = figures("drei Äpfel, 4 Birnen und fünf Kirschen", "de")
    assert [each.value for each in found] == ["3", "4", "5"]
    assert [each.optional for each in found] == [True, False, True]


def assert_sound(text: str, language: str) -> None:
    position = 0
    for each in figures(text, language):
        assert position <= each.start < each.end
        assert text[each.start : each.end] == each.text
        hash(each)
        position = each.end


@given(st.text(), st.sampled_from(["de", "en", "fr", "ja", "ar", "xx", "pt-BR", ""]))
def test_figures_of_any_text_are_in_order_and_apart(text: str, language: str) -> None:
    assert_sound(text, language)


ALMOST = st.lists(
    st.sampled_from([*"0123456789.,:-–/ §€%°²①½XVI+'", " Uhr", "Mai", "drei", " p.m."])
)


@given(ALMOST.map("".join), st.sampled_from(["de", "en", "fr"]))
def test_figures_of_near_figures_are_in_order_and_apart(text: str, language: str) -> None:
    assert_sound(text, language)


@pytest.mark.parametrize("name", TEXTS)
def test_figures_of_naughty_texts_are_in_order_and_apart(name: str) -> None:
    assert_sound(TEXTS[name], "de")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß .,!?()-", max_size=100))
def test_a_text_without_digit_and_number_word_has_no_figure(text: str) -> None:
    assert all(each.optional for each in figures(text, "de"))


@given(st.text(max_size=60))
def test_every_digit_is_within_a_figure(text: str) -> None:
    found = figures(text, "de")
    for place, sign in enumerate(text):
        if sign.isdecimal():
            assert any(each.start <= place < each.end for each in found)


@given(st.lists(GERMAN_FIGURES, min_size=2, max_size=5))
def test_figures_do_not_change_with_their_neighbours(parts: list[str]) -> None:
    together = figures("".join(f"{part}; so: " for part in parts), "de")
    alone = [each for part in parts for each in figures(f"{part}; so: ", "de")]
    assert [told(each) for each in together] == [told(each) for each in alone]
