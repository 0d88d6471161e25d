"""Doubtful places of a document, in fields that LibreTranslate's and DeepL's clients pass over."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from web.formats.base import DocumentNote
from web.formats.inline import bare
from web.text.sentences import doubts
from web.translation.doubt_store import MOST_PLACES, DoubtStore


async def document_doubts(
    store: DoubtStore, translation_id: int, notes: Sequence[DocumentNote]
) -> dict[str, Any]:
    """The fields `warnings`, of the first places and notes, and `doubtful_places`, their number.

    A note is no doubtful place: the words may be right. Texts are as people see them, without the
    tags of the document's lines. Fields that would say nothing are not there. Raises
    StoreUnavailableError when the database does not answer.
    """
    count = await store.count(translation_id)
    places = await store.places(translation_id) if count else []
    warnings = [
        warning | {"source": bare(warning["source"]), "target": bare(warning["target"])}
        for warning in doubts(place.sentence for place in places)
    ]
    warnings += map(_warning, islice(notes, MOST_PLACES))
    return ({"warnings": warnings} if warnings else {}) | (
        {"doubtful_places": count} if count else {}
    )


def _warning(note: DocumentNote) -> dict[str, Any]:
    return {
        "code": note.code,
        "source": note.source,
        "target": note.target,
        "place": note.place,
    } | ({} if note.figure is None else {"figures": [str(note.figure)]})
