"""TMX: read as it arrives, whatever other programs write, and written so that it comes back."""

import tracemalloc
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.memory.entries import MemoryEntry, NewEntry, Pair
from web.memory.importing import ImportOutcome, TmxImport
from web.memory.tmx import (
    MOST_CHARACTERS,
    MOST_TOKEN,
    TMX_TAIL,
    TmxError,
    TmxReader,
    TmxUnit,
    tmx_head,
    tmx_units,
)

PAIR = ("de", "en")
NOON = datetime.fromisoformat("2026-03-01T12:00:00")
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
BODY = '<header srclang="{}" datatype="plaintext"/><body>\n{}\n</body></tmx>'


def tuv(language: str, text: str, name: str = "xml:lang") -> str:
    return f'<tuv {name}="{language}"><seg>{text}</seg></tuv>'


def unit(source: str, target: str = "Yes.") -> str:
    return f"<tu>{tuv('de', source)}{tuv('en', target)}</tu>"


def document(units: str, language: str = "de") -> bytes:
    return (HEAD + BODY.format(language, units)).encode()


def read(data: bytes, step: int = 7) -> list[TmxUnit]:
    reader = TmxReader()
    found = [each for at in range(0, len(data), step) for each in reader.feed(data[at : at + step])]
    return [*found, *reader.close()]


def pairs(data: bytes, wanted: Pair | None = None) -> list[tuple[Pair, str, str]]:
    return [pair for each in read(data) for pair in each.pairs(wanted)]


@pytest.mark.parametrize("named", ["de", "de-DE", "DE-de", "de_AT", "De"])
@pytest.mark.parametrize("name", ["xml:lang", "lang"])
def test_regions_do_not_count(named: str, name: str) -> None:
    units = f"<tu>{tuv('EN-us', 'Yes.', name)}{tuv(named, 'Ja.', name)}</tu>"
    for language in (named, "DE-ch"):
        assert pairs(document(units, language)) == [(PAIR, "Ja.", "Yes.")]
    assert pairs(document(units, "fr"), PAIR) == [(PAIR, "Ja.", "Yes.")]


def test_all_languages_are_pairs_in_both_directions() -> None:
    three = f"<tu>{tuv('de', 'Ja.')}{tuv('en', 'Yes.')}{tuv('fr-FR', 'Oui.')}</tu>"
    found = pairs(document(three, "*all*"))
    assert len(found) == 6
    assert (("fr", "de"), "Oui.", "Ja.") in found
    assert pairs(document(three, "*all*"), ("en", "fr")) == [(("en", "fr"), "Yes.", "Oui.")]
    assert {pair for pair, *_ in pairs(document(three, "en"))} == {("en", "de"), ("en", "fr")}
    own = three.replace("<tu>", '<tu srclang="fr">')
    assert {pair for pair, *_ in pairs(document(own))} == {("fr", "de"), ("fr", "en")}


def test_a_region_of_its_own_is_preferred() -> None:
    units = f"<tu>{tuv('de', 'Ja.')}{tuv('en-GB', 'Colour.')}{tuv('en-US', 'Color.')}</tu>"
    assert pairs(document(units), ("de", "en-us")) == [(("de", "en-us"), "Ja.", "Color.")]
    assert pairs(document(units), PAIR) == [(PAIR, "Ja.", "Colour.")]


def test_inline_codes_become_tags() -> None:
    source = (
        'Ein <bpt i="1">&lt;b&gt;</bpt>rotes<ept i="1">&lt;/b&gt;</ept> <hi type="x">Haus</hi>'
        '<ph x="2">{br}<sub>Text</sub></ph><it pos="begin">&lt;i&gt;</it><ut>x</ut>'
        '<ph type="lb"/>.'
    )
    target = '<bpt i="1"/>Red<ept i="1"/> house<ph x="2"/>.'
    ((_, said, answer),) = pairs(document(unit(source, target)))
    assert said == "Ein <x1>rotes</x1> Haus<x2/><xbr3/>."
    assert answer == "<x1>Red</x1> house<x2/>."


def test_codes_whose_numbers_meet_have_others() -> None:
    source = '<bpt i="1"/>A<ept i="1"/><ph x="1"/><ph x="abc"/>'
    ((_, said, _),) = pairs(document(unit(source)))
    assert said == "<x1>A</x1><x2/><x3/>"


def test_thousands_of_codes_are_numbered_one_after_the_other() -> None:
    source = "<ph/>" * 900 + '<ph x="3"/>'
    ((_, said, _),) = pairs(document(unit(source)))
    assert said.endswith("<x899/><x900/><x901/>")
    languages = "".join(tuv(f"a{chr(97 + each)}", "<ph/>" * 3_000) for each in range(26))
    (found,) = read(document(f"<tu>{languages}</tu>"), step=100_000)
    assert all(len(each) > MOST_CHARACTERS for each in found.texts.values())


def test_dates_and_contexts() -> None:
    units = (
        '<tu creationdate="20200101T000000Z" changedate="20210203T040506Z">'
        '<prop type="x-context-pre">Davor.</prop><prop type="next">Danach.</prop>'
        f"{tuv('de', 'Ja.')}{tuv('en', 'Yes.')}</tu><tu changedate='soon'>{tuv('de', 'a')}</tu>"
    )
    first, second = read(document(units))
    assert first.made_at == datetime.fromisoformat("2021-02-03T04:05:06")
    assert (first.before, first.after) == ("Davor.", "Danach.")
    assert (second.made_at, second.before) == (None, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    text = document(unit("Größe")).decode()
    if encoding == "iso-8859-1":
        text = text.replace('"1.0"', '"1.0" encoding="iso-8859-1"')
    assert pairs(text.encode(encoding)) == [(PAIR, "Größe", "Yes.")]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<tmx>&b;</tmx>'
OUTSIDE = '<!DOCTYPE tmx [\n<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>'
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % a SYSTEM "http://127.0.0.1/a">%a;]><tmx/>'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BOMB, 1, "entities of its own"),
        (OUTSIDE, 2, "entities of its own"),
        (PARAMETER, 1, "entities of its own"),
        (HEAD + "<body>&unknown;</body></tmx>", 3, "entities of its own"),
        ("<html>\n</html>", 1, "no TMX file"),
        ("Guten Tag", 1, "no well-formed XML"),
        (HEAD + "\n<body>\n</tu></tmx>", 5, "no well-formed XML"),
        (HEAD + "<a>" * 60, 3, "nested too deeply"),
        ("", 1, "ends in the middle"),
        (HEAD + f"\n{unit('a')}\n<tu>{tuv('de', 'b')}", 5, "ends in the middle"),
        (HEAD + f"<!--{'-a' * MOST_TOKEN}", 3, "too long"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(TmxError, match=said) as caught:
        read(text.encode(), step=10_000)
    assert caught.value.line == line
    assert f"line {line}" in caught.value.message.lower()


def test_what_was_whole_before_an_error_is_read() -> None:
    reader, found = TmxReader(), []
    units = reader.feed(document(unit("a") + unit("b") + "</seg>"))
    found.append(next(units))
    found.append(next(units))
    with pytest.raises(TmxError):
        next(units)
    assert len(found) == 2


class Store:
    """The entries that an import stores."""

    def __init__(self, *, keep: bool = True) -> None:
        self.keep = keep
        self.entries: list[tuple[str, Pair, NewEntry, bool]] = []

    async def add(
        self, owner: str, pair: Pair, entries: Sequence[NewEntry], *, shared: bool = False
    ) -> int:
        if self.keep:
            self.entries += [(owner, pair, each, shared) for each in entries]
        return len(entries)


async def imported(store: Store, parts: Iterator[bytes], pair: Pair | None = None) -> ImportOutcome:
    async def content() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return await TmxImport(store.add, "anna", pair, shared=True).run(content(), ImportOutcome())


async def test_what_cannot_be_an_entry_is_passed_over_with_its_line() -> None:
    long = "a" * (MOST_CHARACTERS + 1)
    units = "\n".join(
        [unit("gut"), unit(long), unit("b", long), unit(" "), f"<tu>{tuv('de', 'c')}</tu>"]
    )
    store = Store()
    outcome = await imported(store, iter([document(units)]))
    assert [(each.line, str(each.why)[:15]) for each in outcome.passed_over] == [
        (5, "a text of over "),
        (6, "a text of over "),
        (7, "a language is m"),
        (8, "a language is m"),
    ]
    assert (outcome.units, outcome.new, outcome.passed, outcome.error) == (5, 1, 4, None)
    ((owner, pair, entry, shared),) = store.entries
    assert (owner, pair, entry.source, entry.origin, shared) == ("anna", PAIR, "gut", "tmx", True)


async def test_a_file_that_is_cut_stores_what_was_whole() -> None:
    data = document("\n".join(unit(f"Satz {number}") for number in range(600)))
    store = Store()
    half = data[: len(data) // 2]
    outcome = await imported(store, iter([half]))
    assert outcome.error is not None
    assert 250 < len(store.entries) == outcome.units < 350
    assert outcome.error.line == half.count(b"\n") + 1


async def test_a_large_file_takes_constant_memory() -> None:
    def parts() -> Iterator[bytes]:
        yield (HEAD + BODY.format("de", "")).encode().partition(b"\n</body>")[0]
        for number in range(3_000):
            yield (unit(f"Satz {number} " + "und weiter " * 20) + "\n").encode() * 2
        yield b"</body></tmx>"

    tracemalloc.start()
    try:
        outcome = await imported(Store(keep=False), parts())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome.units == outcome.new == 6_000
    assert peak < 3_000_000


TAGS = ["<x1>", "</x1>", "<x2/>", "<xbr3/>", "<b>", "<x01>", "</x1/>", "&", "\r\n", "]]>", '"']
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8
)
SAID = st.lists(st.one_of(st.sampled_from(TAGS), WORDS), min_size=1, max_size=8).map("".join)
HASH = st.integers(0, 2**63 - 1)


@given(st.lists(st.tuples(SAID, SAID, HASH, HASH), max_size=5), st.integers(1, 500))
def test_what_is_written_is_read_as_it_was(
    texts: list[tuple[str, str, int, int]], step: int
) -> None:
    entries = [
        MemoryEntry(number, *each, "correction", NOON, None, shared=False)
        for number, each in enumerate(texts)
    ]
    written = tmx_head(PAIR) + tmx_units(entries, PAIR) + TMX_TAIL
    found = read(written.encode(), step)
    assert [
        (each.texts["de"], each.texts["en"], each.before, each.after) for each in found
    ] == texts
    assert all(each.made_at == NOON for each in found)
