"""German figures of every kind for property tests."""

from hypothesis import strategies as st

from translator.text.figures import Clock, figures, written

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_COUNT = st.integers(0, 10**7)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _amount(number: int, cents: int) -> str:
    return f"{_grouped(number)},{cents:02}"


_GROUPED = _COUNT.map(_grouped)
_AMOUNTS = st.builds(_amount, _COUNT, st.integers(0, 99))
_NUMBERS = st.one_of(_COUNT.map(str), _GROUPED, _AMOUNTS)
_DATES = st.dates().filter(lambda day: day.year > 999)
_TIMES = st.times()


def _with(pattern: str, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda values: pattern.format(*values))


# Those that the target language writes its own way, and those that stay to the letter.
GERMAN_NUMBERS = st.one_of(
    _NUMBERS,
    _with("{} %", _NUMBERS),
    _with("{} Prozent", _NUMBERS),
    _with("{} {}", _NUMBERS, st.sampled_from(["€", "$", "CHF", "Euro", "US-Dollar", "EUR"])),
    _with("{} {}", st.sampled_from(["€", "EUR", "US$", "£"]), _NUMBERS),
    _with("{} {}", _NUMBERS, st.sampled_from(["kg", "t", "km/h", "m²", "Jahre", "Meter", "Grad"])),
    _with("{} {}", _NUMBERS, st.sampled_from(["Tsd.", "Mio. €", "Millionen", "Milliarden Euro"])),
    _with("-{} °C", st.integers(1, 99)),
    _with("{}–{}", st.integers(0, 99), st.integers(100, 999)),
    _with("{}:{}", st.integers(0, 20), st.integers(0, 9)),
    _with("{}/{}", st.integers(1, 9), st.integers(10, 99)),
    _with("der {}. Tag", st.integers(1, 31)),
)
GERMAN_MOMENTS = st.one_of(
    _DATES.map(lambda day: f"{day.day}.{day.month}.{day.year}"),
    _DATES.map(lambda day: f"{day.day:02}.{day.month:02}.{day.year}"),
    _DATES.map(lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}"),
    _DATES.map(lambda day: f"{day.day}. {MONTHS[day.month - 1]}"),
    _DATES.map(lambda day: f"{MONTHS[day.month - 1]} {day.year}"),
    _TIMES.map(lambda time: f"{time.hour}.{time.minute:02} Uhr"),
    _TIMES.map(lambda time: f"{time.hour} Uhr"),
    _TIMES.map(lambda time: f"{time.hour}:{time.minute:02}"),
    _with("{}–{} Uhr", st.integers(0, 11), st.integers(12, 24)),
)
GERMAN_CODES = st.one_of(
    st.from_regex("[A-Z]{1,3}[1-9][0-9]{1,4}", fullmatch=True),
    st.from_regex("[1-9][0-9]{3}-0[0-9]{3}", fullmatch=True),
    st.from_regex("[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{3}", fullmatch=True),
    _with("+49 30 {}", st.integers(100000, 999999)),
    _with("DE02 1203 0000 0000 {} 51", st.integers(1000, 9999)),
    _with("§ {} Abs. 3", st.integers(1, 999)),
    st.sampled_from(["1990er", "80er", "10⁶", "①②", "½", "v1.2", "0815", "12,5,3"]),
)
GERMAN_FIGURES = st.one_of(GERMAN_NUMBERS, GERMAN_MOMENTS, GERMAN_CODES)


def translated(text: str, *, clock: Clock = 24) -> str:
    """A German text with its figures in English forms, and the words between them as they are."""
    parts: list[str] = []
    position = 0
    for figure in figures(text, "de"):
        parts += [text[position : figure.start], written(figure, "de", "en", clock=clock)]
        position = figure.end
    return "".join([*parts, text[position:]])
