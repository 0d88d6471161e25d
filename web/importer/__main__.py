"""Importer: takes over the history of the older program, `python -m web.importer` (see scripts/).

Standard input is the dump, or with `--from` the password of the running server.
"""

import argparse
import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from pymysql.err import MySQLError

from web.database import open_database
from web.errors import StoreUnavailableError
from web.importer.old_table import OldRow, OldTableError, rows_of_dump, rows_of_server
from web.settings import Settings
from web.text.passages import aligned
from web.text.titles import title_of
from web.translation.store import FinishedTranslation, NewTranslation, Store

# Rows that are stored in one transaction.
BATCH = 100
ORIGIN = "import"


def main() -> None:
    """Import, print how many translations there were, and exit with 1 when it could not be done."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--from", dest="server", help="mysql://user@host:port/database[?socket=…]")
    chosen = options.parse_args()
    try:
        new, old = asyncio.run(_import(chosen.server))
    except (OldTableError, StoreUnavailableError, MySQLError, UnicodeDecodeError, OSError) as error:
        # An error of decoding would quote the dump.
        why = "It is not in UTF-8." if isinstance(error, UnicodeDecodeError) else str(error)
        sys.exit(
            f"import-history: {why}\nWhat was imported before this stays; run it again when "
            "that is mended, and nothing will be doubled."
        )
    sys.stdout.write(f"{new} translations imported, {old} were there already\n")


async def _import(server: str | None) -> tuple[int, int]:
    async with open_database(Settings()) as database:
        store = Store(database)
        new = old = 0
        async for batch in _batches(_rows(server)):
            stored = await store.save_all_done([_done(row) for row in batch])
            new += stored
            old += len(batch) - stored
        return new, old


async def _rows(server: str | None) -> AsyncIterator[OldRow]:
    if server is None:
        sys.stdin.reconfigure(encoding="utf-8-sig", newline="")  # type: ignore[union-attr]
        rows = rows_of_dump(sys.stdin)
        while batch := list(islice(rows, BATCH)):
            for row in batch:
                yield row
        return
    address = urlsplit(server)
    if address.scheme != "mysql" or not address.hostname or not address.path.strip("/"):
        raise OldTableError("The address of the server is mysql://user@host:port/database.")
    socket = dict(parse_qsl(address.query)).get("socket")
    async for row in rows_of_server(
        **({"unix_socket": socket} if socket else {}),
        host=address.hostname,
        port=address.port or 3306,
        user=unquote(address.username or "root"),
        password=sys.stdin.read().strip(),
        db=address.path.strip("/"),
    ):
        yield row


async def _batches(rows: AsyncIterator[OldRow]) -> AsyncIterator[list[OldRow]]:
    batch: list[OldRow] = []
    async for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _done(row: OldRow) -> FinishedTranslation:
    """The row as a translation, with a key that it gets every time."""
    key = hashlib.sha256(f"{row.id}\0{row.text_de}".encode("utf-8", "replace")).hexdigest()[:32]
    new = NewTranslation(key, title_of(row.text_de), "de", "en", "", ORIGIN)
    return FinishedTranslation(new, aligned(row.text_de, row.text_en))


if __name__ == "__main__":
    main()
