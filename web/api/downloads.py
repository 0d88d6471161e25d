"""Translations as files, written while they are read, so that none stands in memory as a whole."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from web import __version__
from web.api import schema as api_schema
from web.dependencies import HistoryDep, TranslationsDep
from web.history.store import HistoryStore
from web.translation.service import Translations
from web.translation.store import Passage, Translation

router = APIRouter()

# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@router.get(
    "/translations/{translation_id}.tsv",
    response_class=Response,
    responses=api_schema.file("text/tab-separated-values") | api_schema.ONE,
)
async def tsv(translation_id: int, translations: TranslationsDep) -> Response:
    """A paragraph and its translation per line, with a tab between; white space inside is one."""
    await translations.get(translation_id)

    async def lines() -> AsyncIterator[str]:
        async for source, target in _pairs(translations, translation_id):
            yield f"{' '.join(source.split())}\t{' '.join(target.split())}\n"

    return _file(lines(), "text/tab-separated-values; charset=utf-8", f"{translation_id}.tsv")


@router.get(
    "/translations/{translation_id}.tmx",
    response_class=Response,
    responses=api_schema.file("application/x-tmx+xml") | api_schema.ONE,
)
async def tmx(translation_id: int, translations: TranslationsDep) -> Response:
    """A translation memory, TMX 1.4, with a unit per paragraph."""
    translation = await translations.get(translation_id)
    return _file(_tmx(translation, translations), "application/x-tmx+xml", f"{translation_id}.tmx")


@router.get(
    "/history.jsonl",
    response_class=Response,
    responses=api_schema.file("application/jsonl") | api_schema.ONE,
)
async def history(history: HistoryDep) -> Response:
    """Every translation that is not deleted, oldest first, one JSON object per line."""
    return _file(_jsonl(history), "application/jsonl; charset=utf-8", "history.jsonl")


async def _tmx(translation: Translation, translations: Translations) -> AsyncIterator[str]:
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
    async for source, target in _pairs(translations, translation.id):
        yield (
            f"<tu><tuv xml:lang={source_lang}><seg>{_xml(source)}</seg></tuv>"
            f"<tuv xml:lang={target_lang}><seg>{_xml(target)}</seg></tuv></tu>\n"
        )
    yield "</body>\n</tmx>\n"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


async def _pairs(translations: Translations, translation_id: int) -> AsyncIterator[tuple[str, str]]:
    """What is translated, paragraph by paragraph."""
    async for passage in translations.texts(translation_id):
        if passage.target is not None:
            for pair in _paragraphs(passage.source, passage.target):
                yield pair


def _paragraphs(source: str, target: str) -> Iterator[tuple[str, str]]:
    """A passage's paragraphs side by side; the whole passage when they do not pair up."""
    sides = [re.split(r"\n[ \t]*\n\s*", text.strip()) for text in (source, target)]
    if len(sides[0]) != len(sides[1]):
        sides = [[source.strip()], [target.strip()]]
    yield from (pair for pair in zip(*sides, strict=True) if pair[0])


async def _jsonl(history: HistoryStore) -> AsyncIterator[str]:
    """Lines in pieces: a book is one line, and is not held as a whole either."""
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


def _file(content: AsyncIterator[str], media_type: str, name: str) -> Response:
    name = name if name.startswith("history") else f"translation-{name}"
    return StreamingResponse(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
