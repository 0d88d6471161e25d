"""Doubtful places on the page: their heading, the way from one to the next, and their list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from web.text.sentences import Sentence
from web.translation.doubt_store import MOST_PLACES, Doubt, DoubtStore
from web.translation.store import Translation

# Passages on one page of a long translation.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class DoubtsShown:
    """Doubtful places as a page tells of them; one page may be of many of a long translation.

    `first` and `last` are the addresses that lead to the next and to the previous place without
    JavaScript; `onward` and `back` those of the places on other pages, empty where there is none.
    `listed` are the first places, each with its address.
    """

    count: int
    first: str = ""
    last: str = ""
    onward: str = ""
    back: str = ""
    listed: tuple[tuple[str, Doubt], ...] = ()


def doubts_of_sentences(sentences: Sequence[Sentence], *, listed: bool = False) -> DoubtsShown:
    """Those of a text of one passage, all of it on the page; with a list when a page is whole."""
    places = [Doubt(0, each) for each in sentences if each.doubtful]
    if not places:
        return DoubtsShown(0)
    found = tuple((_anchor(each), each) for each in places)
    first, last = found[0][0], found[-1][0]
    return DoubtsShown(len(places), first, last, listed=found[:MOST_PLACES] if listed else ())


async def doubts_of_page(
    store: DoubtStore, translation: Translation, start: int, *, before: int | None = None
) -> DoubtsShown:
    """Those of a long translation, on the page of its passages from number `start` on.

    With `before` only the passages below that number are counted, and nothing is listed: they are
    those that the page holds while the others are being translated. Raises StoreUnavailableError
    when the database does not answer.
    """
    number, end = translation.id, start + SHOWN
    count = await (store.count(number) if before is None else store.count(number, before))
    if not count:
        return DoubtsShown(0)
    first = next(iter(await store.places(number, start, 1)), None)
    last = await store.last(number, end)
    shown = DoubtsShown(
        count,
        _anchor(first) if first and first.seq < end else "",
        _anchor(last) if last and last.seq >= start else "",
    )
    if before is not None:
        return shown
    if start or translation.passages > end:
        after = first if first and first.seq >= end else None
        after = after or next(iter(await store.places(number, end, 1)), None)
        after = after or next(iter(await store.places(number, 0, 1)), None)
        earlier = await store.last(number, start) or await store.last(number)
        onward = _elsewhere(number, after, start, end)
        back = _elsewhere(number, earlier, start, end)
        shown = replace(
            shown, first=shown.first or onward, last=shown.last or back, onward=onward, back=back
        )
    listed = [
        (_elsewhere(number, each, start, end) or _anchor(each), each)
        for each in await store.places(number)
    ]
    return replace(shown, listed=tuple(listed))


def with_new(shown: DoubtsShown, places: Sequence[Doubt], end: int) -> DoubtsShown:
    """The same when further places have come, on the page or, from passage `end` on, after it."""
    here = [_anchor(each) for each in places if each.seq < end]
    return replace(
        shown,
        count=shown.count + len(places),
        first=shown.first or next(iter(here), ""),
        last=here[-1] if here else shown.last,
    )


def _elsewhere(translation_id: int, place: Doubt | None, start: int, end: int) -> str:
    """Address of a place that is on another page; empty when it is on this one."""
    if place is None or start <= place.seq < end:
        return ""
    first = place.seq // SHOWN * SHOWN
    page = f"/translations/{translation_id}" + (f"?from={first}" if first else "")
    return page + _anchor(place)


def _anchor(place: Doubt) -> str:
    return f"#doubt-{place.seq}-{place.sentence.number}"
