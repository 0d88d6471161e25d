"""Doubtful places of a document, in fields that LibreTranslate's and DeepL's clients pass over."""

from typing import Any

from web.formats.inline import bare
from web.text.sentences import doubts
from web.translation.doubt_store import DoubtStore


async def document_doubts(store: DoubtStore, translation_id: int) -> dict[str, Any]:
    """The fields `warnings`, of the first places, and `doubtful_places`; none without any.

    Texts are as people see them, without the tags of the document's lines. Raises
    StoreUnavailableError when the database does not answer.
    """
    count = await store.count(translation_id)
    if not count:
        return {}
    places = await store.places(translation_id)
    warnings = [
        warning | {"source": bare(warning["source"]), "target": bare(warning["target"])}
        for warning in doubts(place.sentence for place in places)
    ]
    return {"warnings": warnings, "doubtful_places": count}
