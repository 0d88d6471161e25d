"""Export: translations as TMX and JSON lines, written while they are read."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from xml.sax.saxutils import escape, quoteattr

from web import __version__
from web.history.store import HistoryStore
from web.translation.following import Following
from web.translation.store import Passage, Translation

# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


async def tmx_parts(translation: Translation, following: Following) -> AsyncIterator[str]:
    """TMX 1.4 of a translation in pieces, with a unit per paragraph.

    Raises StoreUnavailableError when the database does not answer.
    """
    source_lang, target_lang = (
        quoteattr(translation.source_lang),
        quoteattr(translation.target_lang),
    )
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="unlimited-translation" creationtoolversion="{__version__}" '
        'segtype="paragraph" o-tmf="unlimited-translation" adminlang="en" '
        f'srclang={source_lang} datatype="plaintext"/>\n<body>\n'
    )
    async for source, target in paragraph_pairs(following, translation.id):
        yield (
            f"<tu><tuv xml:lang={source_lang}><seg>{_xml(source)}</seg></tuv>"
            f"<tuv xml:lang={target_lang}><seg>{_xml(target)}</seg></tuv></tu>\n"
        )
    yield "</body>\n</tmx>\n"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


async def paragraph_pairs(
    following: Following, translation_id: int
) -> AsyncIterator[tuple[str, str]]:
    """Pairs of source and target, by paragraphs that are translated.

    Raises StoreUnavailableError when the database does not answer.
    """
    async for passage in following.texts(translation_id):
        if passage.target is not None:
            for pair in _paragraphs(passage.source, passage.target):
                yield pair


def _paragraphs(source: str, target: str) -> Iterator[tuple[str, str]]:
    """A passage's paragraphs side by side; the whole passage when they do not pair up."""
    sides = [re.split(r"\n[ \t]*\n\s*", text.strip()) for text in (source, target)]
    if len(sides[0]) != len(sides[1]):
        sides = [[source.strip()], [target.strip()]]
    yield from (pair for pair in zip(*sides, strict=True) if pair[0])


async def jsonl(history: HistoryStore) -> AsyncIterator[str]:
    """JSON lines of all translations in pieces: a book is one line, and is never held as a whole.

    Raises StoreUnavailableError when the database does not answer.
    """
    open_line: int | None = None
    async for translation, passage in history.everything():
        if translation.id != open_line:
            if open_line is not None:
                yield "]}\n"
            open_line = translation.id
            yield json.dumps(_head(translation), ensure_ascii=False)[:-1] + ', "passages": ['
        elif passage:
            yield ", "
        if passage:
            yield json.dumps(_part(passage), ensure_ascii=False)
    if open_line is not None:
        yield "]}\n"


def _head(translation: Translation) -> dict[str, object]:
    return {
        "id": translation.id,
        "created_at": translation.created_at.isoformat(timespec="milliseconds") + "Z",
        "title": translation.title,
        "source_lang": translation.source_lang,
        "target_lang": translation.target_lang,
        "model": translation.model,
        "status": translation.status,
    }


def _part(passage: Passage) -> dict[str, object]:
    return {"source": passage.source, "target": passage.target, "status": passage.status}
