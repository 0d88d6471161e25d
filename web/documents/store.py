"""Document store in SQL: the files as they came, in parts."""

import io
from dataclasses import dataclass

from web.database import Database
from web.documents.options import (
    NO_OPTIONS,
    DocumentOptions,
    NewVersion,
    options_json,
    options_of_json,
)

# Size of a stored part, in bytes.
PART_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """Stored document, by its translation; a client that knows `key` may fetch it."""

    translation_id: int
    key: str
    name: str
    options: DocumentOptions = NO_OPTIONS
    version: NewVersion | None = None


class DocumentStore:
    """Document store: the tables `documents` and `document_parts`.

    Every method raises StoreUnavailableError when the database does not answer, and RuntimeError
    when it refuses a statement.
    """

    def __init__(self, database: Database) -> None:
        """`database` must be open."""
        self._database = database

    async def save(self, stored: StoredDocument, content: bytes) -> None:
        """Store a document; it can be found once all of it is stored."""
        for seq, start in enumerate(range(0, len(content), PART_BYTES)):
            async with self._database.transaction() as cursor:
                # In hexadecimal, because aiomysql 0.3 cannot write bytes into a statement.
                await cursor.execute(
                    "INSERT INTO document_parts (translation_id, seq, content) "
                    "VALUES (%s, %s, UNHEX(%s))",
                    (stored.translation_id, seq, content[start : start + PART_BYTES].hex()),
                )
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "INSERT INTO documents (translation_id, document_key, name, options) "
                "VALUES (%s, %s, %s, %s)",
                (
                    stored.translation_id,
                    stored.key,
                    stored.name,
                    options_json(stored.options, stored.version),
                ),
            )

    async def find(self, document_id: str) -> StoredDocument | None:
        """Find a document by the request key of its translation; None when there is none."""
        return await self._find("request_key", document_id)

    async def of_translation(self, translation_id: int) -> StoredDocument | None:
        """The document of a translation; None when it is of a text."""
        return await self._find("id", translation_id)

    async def _find(self, column: str, value: str | int) -> StoredDocument | None:
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "SELECT translation_id, document_key, name, options FROM documents "  # noqa: S608 - constant
                "JOIN translations ON translations.id = translation_id "
                f"WHERE translations.{column} = %s AND deleted_at IS NULL",
                (value,),
            )
            row = await cursor.fetchone()
            if row is None:
                return None
            translation_id, key, name, said = row
            return StoredDocument(translation_id, key, name, *options_of_json(said))

    async def content(self, stored: StoredDocument) -> bytes:
        """Bytes of the document as it came; empty when it is not there."""
        content = io.BytesIO()
        seq = 0
        while True:
            async with self._database.transaction() as cursor:
                await cursor.execute(
                    "SELECT content FROM document_parts WHERE translation_id = %s AND seq = %s",
                    (stored.translation_id, seq),
                )
                row = await cursor.fetchone()
            if row is None:
                return content.getvalue()
            content.write(row[0])
            seq += 1
