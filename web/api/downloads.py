"""Downloads: translations as files, streamed, so that none stands in memory as a whole."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from web.api import schema
from web.dependencies import FollowingDep, HistoryDep
from web.formats.bilingual_text import bilingual_text
from web.history.export import jsonl, paragraph_pairs, tmx_parts
from web.http.ids import TRANSLATION_ID
from web.translation.following import target_of

router = APIRouter()


@router.get(
    "/translations/{translation_id}.tsv",
    response_class=Response,
    responses=schema.file("text/tab-separated-values") | schema.ONE,
)
async def tsv(translation_id: int, following: FollowingDep) -> Response:
    """A paragraph and its translation per line, with a tab between; white space inside is one."""
    await following.get(translation_id)

    async def lines() -> AsyncIterator[str]:
        async for source, target in paragraph_pairs(following, translation_id):
            yield f"{' '.join(source.split())}\t{' '.join(target.split())}\n"

    return _file(lines(), "text/tab-separated-values; charset=utf-8", f"{translation_id}.tsv")


@router.get(
    "/translations/{translation_id}.tmx",
    response_class=Response,
    responses=schema.file("application/x-tmx+xml") | schema.ONE,
)
async def tmx(translation_id: int, following: FollowingDep) -> Response:
    """A translation memory, TMX 1.4, with a unit per paragraph."""
    translation = await following.get(translation_id)
    return _file(
        tmx_parts(translation, following), "application/x-tmx+xml", f"{translation_id}.tmx"
    )


@router.get(
    "/history.jsonl",
    response_class=Response,
    responses=schema.file("application/jsonl") | schema.ONE,
)
async def history(history: HistoryDep) -> Response:
    """Every translation that is not deleted, oldest first, one JSON object per line."""
    return _file(jsonl(history), "application/jsonl; charset=utf-8", "history.jsonl")


@router.get(f"/translations/{TRANSLATION_ID}.txt", include_in_schema=False)
async def download(
    translation_id: int,
    following: FollowingDep,
    bilingual: Annotated[Literal["below", ""], Query()] = "",
) -> Response:
    """The translation as a text file; what is not translated yet stands there as its source.

    With `bilingual`, each paragraph is followed by its translation.
    """
    await following.get(translation_id)

    async def parts() -> AsyncIterator[str]:
        async for passage in following.texts(translation_id):
            target = target_of(passage)
            yield bilingual_text(passage.source, target) if bilingual else target

    return _file(parts(), "text/plain", f"{translation_id}.txt")


def _file(content: AsyncIterator[str], media_type: str, name: str) -> Response:
    name = name if name.startswith("history") else f"translation-{name}"
    return StreamingResponse(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
