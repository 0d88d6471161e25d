"""SQL for drafts: translations that change with their text."""

from collections.abc import Sequence

from web.database import Database
from web.glossary.terms import GlossaryVersion, glossary_at
from web.text.sentences import Sentence, with_choices_of, with_sentences
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
    ) -> tuple[list[Sentence], bool]:
        """The sentences of a translation that the page has made, of one passage in this pair.

        And whether it was made with this glossary.
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
            return [], True
        return Passage(*row[2:]).sentences, glossary_at(*row[:2]) == glossary

    async def change_done(
        self,
        translation_id: int,
        new: NewTranslation,
        now: Sequence[Sentence],
        score: float | None,
    ) -> list[Sentence] | None:
        """Replace the sentences of a translation of one passage that the page has made.

        A choice of its user stays. Gives the sentences as they are stored, None when there
        is no such translation. `score` is from 0 to 1. A title that a user gave it stays.
        """
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT title, source_lang, target_lang, seq, source, target, score, "
                "passages.status, spans FROM translations JOIN passages ON translation_id = id "
                "LEFT JOIN sentences USING (translation_id, seq) "
                "WHERE id = %s AND origin = 'page' "
                "AND translations.status = 'done' AND passages = 1 AND deleted_at IS NULL "
                "FOR UPDATE",
                (translation_id,),
            )
            row = await cursor.fetchone()
            if row is None:
                return None
            title, source_lang, target_lang, *rest = row
            before = Passage(*rest)
            same = (source_lang, target_lang) == (new.source_lang, new.target_lang)
            kept = with_choices_of(before.sentences if same else [], now)
            source = "".join(each.source + each.separator for each in kept)
            target, spans = with_sentences(kept)
            await cursor.execute(
                "UPDATE translations SET title = %s, characters = %s, model = %s, "
                "source_lang = %s, target_lang = %s, quality = %s, glossary_id = %s, "
                "glossary_version = %s, finished_at = UTC_TIMESTAMP(3) WHERE id = %s",
                (
                    new.title if title == title_of(before.source[:4000]) else title,
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
            return kept
