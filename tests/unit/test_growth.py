"""Time grows with the text and not faster, whatever is repeated in it."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.support.naughty import UNITS
from translator.text import (
    at_joints,
    changed_placeholders,
    formed,
    is_english,
    is_language,
    is_name,
    is_shouting,
    loses_joint,
    lost_persons,
    may_be_name,
    model_text,
    projected,
    protect,
    repetition,
    segment,
    shares,
    splitting,
    take_out,
    to_capitals,
    to_lower_for_model,
    word_places,
)
from translator.text.code_lines import is_code
from translator.text.figures import compare, figures, restate
from translator.text.terms import Glossary, Term, said_words, with_forms, with_terms
from web.formats.base import Document, DocumentError
from web.formats.html.document import HtmlFile
from web.formats.inline import bare
from web.formats.markdown.document import Markdown
from web.formats.subtitles.document import Subtitles
from web.formats.xml import open_xml
from web.glossary.files import read_csv
from web.glossary.matching import TermMatcher
from web.glossary.terms import GlossaryError
from web.glossary.terms import Term as WebTerm
from web.history.snippets import context, has_all, words
from web.text.passages import Splitter, aligned

# Twice the text takes twice the time; were it quadratic, four times. Noise weighs less over a
# larger step, so the text is made four times as long: 5.3 is 2.3 twice, and quadratic is 16.
STEP = 4
MOST = 2.3**2
# Below this a clock tells nothing, and nobody has to wait.
SECONDS = 0.004
TRIES = 8


def read(text: str) -> None:
    """Read a text as the translator does before the model."""
    for part in segment(text):
        model_text(part.source)


def planned(text: str) -> None:
    """Prepare and restore one segment as it does before and after the model."""
    text = model_text(text)
    tagged = take_out(text, "de")
    if tagged is not None:
        text = tagged.text
        projected(tagged, text, shares(text, text, text, text, ()), ("de", "en"))
    is_language(text)
    if is_shouting(text):
        to_capitals(to_lower_for_model(text))
    compare(text, text, "de", "en")
    plan = protect(text)
    if plan is not None and plan.text is not None:
        plan.restore(plan.text)


def cut(text: str) -> None:
    splitting.split(text, len, 256)
    repetition.loops(text, "Ja.")
    word_places(text)


def counted(text: str) -> None:
    """The translator's work on the figures of a segment and of its translation."""
    figures(text, "de")
    figures(text, "en")
    compare(text, text[::-1], "de", "en")


def stored(text: str) -> None:
    splitter = Splitter()
    aligned("".join([*splitter.feed(text), *splitter.finish()]), text)


def found(text: str) -> None:
    looked_for = words(text)
    has_all(text, looked_for or ["a"])
    context(text, ["ende"])
    bare(text)


def matched(text: str) -> None:
    words = ["Wort", "Ja", "a", "aaaa", "Ende", "nehmen"]
    terms = [WebTerm(each, "x", compounds=part) for each in words for part in (False, True)]
    TermMatcher(terms, "de").found_in(text)
    TermMatcher(terms, "zh").found_in(text)


def imported(text: str) -> None:
    for content in (text, text.replace(" ", ",").replace(".", "\n"), f'a,"{text}'):
        with suppress(GlossaryError):
            read_csv(content.encode())


def written(document: Document) -> None:
    document.rebuilt([f"{line} Ä" for line in document.lines])


def cue(text: str) -> bytes:
    return f"00:00:01,000 --> 00:00:02,000\n{text}".encode()


def cues(text: str) -> bytes:
    """An .srt of 30 characters a cue."""
    parts = (text[start : start + 30] for start in range(0, len(text), 30))
    return b"\n\n".join(map(cue, parts))


def dialogue(text: str) -> bytes:
    return f"[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,A,,0,0,0,,{text}".encode()


def copied(text: str) -> None:
    """The decisions about what is copied, and what comes back, for one line."""
    is_code(text)
    is_name(text)
    may_be_name(text)
    is_english(text)
    lost_persons(text, text[::-1])
    changed_placeholders(text, text[::-1])
    loses_joint(text, "x")
    at_joints(text)
    formed(text, text[::-1])


def termed(text: str) -> None:
    """A glossary's terms in a segment, and in a translation that has its words in their order."""
    first = text.split()[:1] or ["Wort"]
    terms = (
        Term(first[0][:40], "term", compounds=True),
        Term(" ".join(first * 2)[:80], "a long term"),
        Term(first[0][:20], "x", inflected=False),
    )
    glossary = Glossary(terms, "de")
    glossary.may_occur(text)
    places = glossary.occurrences(text)
    rows = [{word: 0.9} for word in range(len(word_places(text)))]
    with_terms(text, text, places, rows, ("de", "en"))
    said_words(text, places, rows, "de")
    with_forms(text, places, "en")


# Each with the characters that it takes some hundredths of a second for.
WORK: dict[str, tuple[Callable[[str], object], int]] = {
    "segments": (read, 10_000),
    "segments of other languages": (lambda text: list(segment(text, "en")), 10_000),
    "whole lines": (lambda text: list(segment(text, whole_lines=True)), 10_000),
    "a plan": (planned, 4000),
    "terms": (termed, 4000),
    "figures": (counted, 4000),
    "restated figures": (lambda text: restate(text, text, "de", "en"), 2000),
    "what is copied": (copied, 10_000),
    "pieces": (cut, 10_000),
    "passages": (stored, 100_000),
    "a search": (found, 30_000),
    "terms to send": (matched, 10_000),
    "a glossary": (imported, 10_000),
    "html": (lambda text: written(HtmlFile(text.encode())), 16_000),
    "xml": (lambda text: open_xml(f"<a>{text}</a>"), 16_000),
    "markdown": (lambda text: written(Markdown(text.encode())), 8000),
    "srt": (lambda text: written(Subtitles(cue(text), notation="srt")), 16_000),
    "cues": (lambda text: written(Subtitles(cues(text), notation="srt")), 16_000),
    "ass": (lambda text: written(Subtitles(dialogue(text), notation="ass")), 16_000),
    "vtt": (lambda text: written(Subtitles(cue(text), notation="vtt")), 16_000),
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of the processor."""
    start = time.process_time()
    with suppress(DocumentError):
        work(text)
    return time.process_time() - start


def growth(work: Callable[[str], object], unit: str, characters: int) -> float:
    """How many times as long the longer text takes: the least of each, until all is well."""
    short, long = ("Ä " + unit * (each // len(unit)) for each in (characters // STEP, characters))
    first = second = float("inf")
    for _ in range(TRIES):
        second = min(second, seconds(work, long))
        if second < SECONDS:
            return 0.0
        first = min(first, seconds(work, short))
        if second < MOST * first:
            break
    return second / first


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """Collecting garbage takes the longer the more there is of others' objects."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("name", WORK)
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    work, characters = WORK[name]
    slow = dict.fromkeys(UNITS, MOST)
    for size in (1, 2, 4, 8):  # what is noise in a short time is less of a longer one
        ratios = {each: growth(work, UNITS[each], size * characters) for each in slow}
        slow = {each: round(ratio, 2) for each, ratio in ratios.items() if ratio >= MOST}
    assert slow == {}


@pytest.mark.slow
def test_a_table_of_a_million_signs_is_read_and_compared() -> None:
    row = "12\t345,67 €\t7.890,1\t-5 %\t30.11.2026\n"
    table = row * (1_000_000 // len(row))
    assert len(figures(table, "de")) == 5 * table.count("\n")
    assert not compare(table, table, "de", "de")


def test_ten_thousand_figures_in_a_line_are_told_apart() -> None:
    line = " ".join(f"{number:,}".replace(",", ".") for number in range(10_000, 20_000))
    assert not compare(line, line.replace(".", ","), "de", "en")
    difference = compare(line, line.replace(".", ",").replace("12,345", "12,354"), "de", "en")
    assert [each.text for each in difference.missing] == ["12.345"]
    assert [each.text for each in difference.added] == ["12,354"]
