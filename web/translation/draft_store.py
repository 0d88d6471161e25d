"""SQL for changed translations: drafts, and sentences that a user chooses."""

from collections.abc import Callable
from dataclasses import replace

from web.database import Database
from web.glossary.terms import GlossaryVersion, glossary_at
from web.text.sentences import Sentence
from web.text.titles import title_of
from web.translation.store import (
    NewTranslation,
    Passage,
    glossary_columns,
    quality_column,
    save_spans,
)


class DraftStore:
    """Draft store: changes stored translations.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def sentences(
        self,
        translation_id: int,
        source_lang: str,
        target_lang: str,
        glossary: GlossaryVersion | None,
    ) -> list[Sentence]:
        """The sentences of a translation that the page has made, of one passage in this pair.

        Where it was made with another glossary, those alone that a person has chosen.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT glossary_id, glossary_version, seq, source, target, score, "
                "passages.status, spans FROM passages "
                "LEFT JOIN sentences USING (translation_id, seq) "
                "JOIN translations ON id = translation_id "
                "WHERE translation_id = %s AND source_lang = %s AND target_lang = %s "
                "AND origin = 'page' AND translations.status = 'done' AND passages = 1 "
                "AND deleted_at IS NULL",
                (translation_id, source_lang, target_lang),
            )
            row = await cursor.fetchone()
        if row is None:
            return []
        found = Passage(*row[2:]).sentences
        same = glossary_at(*row[:2]) == glossary
        return [each for each in found if same or each.chosen]

    async def change_done(  # noqa: PLR0913, PLR0917 - a row has as many parts as it has
        self,
        translation_id: int,
        new: NewTranslation,
        source: str,
        target: str,
        score: float | None,
        spans: str,
    ) -> bool:
        """Replace the text of a translation of one passage that the page has made.

        `score` is from 0 to 1, `spans` as in `web.text.sentences`. False when there is no such
        translation. A title that a user gave it stays.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT title, LEFT(source, 4000) FROM translations "
                "JOIN passages ON translation_id = id WHERE id = %s AND origin = 'page' "
                "AND translations.status = 'done' AND passages = 1 AND deleted_at IS NULL "
                "FOR UPDATE",
                (translation_id,),
            )
            row = await cursor.fetchone()
            if row is None:
                return False
            title, before = row
            await cursor.execute(
                "UPDATE translations SET title = %s, characters = %s, model = %s, "
                "source_lang = %s, target_lang = %s, quality = %s, glossary_id = %s, "
                "glossary_version = %s, finished_at = UTC_TIMESTAMP(3) WHERE id = %s",
                (
                    new.title if title == title_of(before) else title,
                    len(source),
                    new.model,
                    new.source_lang,
                    new.target_lang,
                    quality_column(new.quality),
                    *glossary_columns(new.glossary),
                    translation_id,
                ),
            )
            await cursor.execute(
                "UPDATE passages SET source = %s, target = %s, score = %s "
                "WHERE translation_id = %s AND seq = 0",
                (source, target, score, translation_id),
            )
            await save_spans(cursor, translation_id, 0, spans)
            return True

    async def change_passage(
        self,
        translation_id: int,
        seq: int,
        change: Callable[[Passage], tuple[str, str] | None],
    ) -> Passage | None:
        """Give a passage the target and spans that `change` makes of it.

        The changed passage; None when there is none, or `change` gives None.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT seq, source, target, score, passages.status, spans FROM passages "
                "LEFT JOIN sentences USING (translation_id, seq) "
                "JOIN translations ON id = translation_id "
                "WHERE translation_id = %s AND seq = %s AND deleted_at IS NULL FOR UPDATE",
                (translation_id, seq),
            )
            row = await cursor.fetchone()
            changed = change(Passage(*row)) if row else None
            if changed is None:
                return None
            target, spans = changed
            await cursor.execute(
                "UPDATE passages SET target = %s WHERE translation_id = %s AND seq = %s",
                (target, translation_id, seq),
            )
            await save_spans(cursor, translation_id, seq, spans)
            return replace(Passage(*row), target=target, spans=spans)
