"""Database: a connection pool, and transactions that are stored as a whole or not at all."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiomysql
from pymysql.constants import ER
from pymysql.err import InterfaceError, MySQLError, OperationalError

from web.errors import StoreUnavailableError
from web.messages import N_
from web.settings import Settings

log = logging.getLogger(__name__)


class Database:
    """Connection pool; connections are opened when they are needed."""

    def __init__(self, open_pool: Callable[[], Awaitable[Any]], pool: Any, seconds: float) -> None:
        """Use `open_database` instead."""
        self._open_pool = open_pool
        self._pool = pool
        self._seconds = seconds
        self._renewing = asyncio.Lock()
        self._away = False
        self.errors = Counter[str]()  # away, refused

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        """Transaction: a cursor; its changes are committed when the block ends, or rolled back.

        Raises StoreUnavailableError when the database does not answer, or the block takes longer
        than DB_SECONDS, and RuntimeError when the server refuses a statement.
        """
        async with self._answering() as connection:
            await connection.begin()
            async with connection.cursor() as cursor:
                yield cursor
            await connection.commit()

    async def at_once(self, statements: Sequence[tuple[str, Sequence[object]]]) -> list[int]:
        """Transaction of statements with their values, sent in one go; the id that each inserted.

        A statement cannot have values of the ones before, but for LAST_INSERT_ID(). The waits for
        five answers, one after the other, took half of what storing a sentence cost this service.
        Raises what `transaction` raises.
        """
        texts = ["BEGIN", *(sql for sql, _ in statements), "COMMIT"]
        values = [each for _, given in statements for each in given]
        async with self._answering() as connection, connection.cursor() as cursor:
            await cursor.execute("; ".join(texts), values)
            ids: list[int] = []
            while await cursor.nextset():
                ids.append(cursor.lastrowid)
        return ids[:-1]  # COMMIT inserts nothing

    @asynccontextmanager
    async def _answering(self) -> AsyncIterator[Any]:
        """A connection, which is closed when the block fails; see `transaction`."""
        try:
            async with asyncio.timeout(self._seconds), self._connection() as connection:
                try:
                    yield connection
                except BaseException:
                    # The server rolls back; a connection in an unknown state is not used again.
                    connection.close()
                    raise
                self._is_away(None)
        except (OperationalError, InterfaceError, OSError, TimeoutError) as error:
            self.errors["away"] += 1
            self._is_away(error)
            raise StoreUnavailableError(
                N_(
                    "The history cannot be reached just now: the database does not answer. "
                    "Try again in a moment."
                )
            ) from error
        except MySQLError as error:
            self.errors["refused"] += 1
            # The server quotes values in its messages, and texts do not belong into a log.
            number = next((each for each in error.args[:1] if isinstance(each, int)), "")
            log.warning("the database refused a statement: %s %s", type(error).__name__, number)
            raise RuntimeError(f"the database refused a statement: {number}") from None

    def _is_away(self, error: Exception | None) -> None:
        """Tell the operator when the database goes and when it is back, once each."""
        if self._away != (error is not None):
            self._away = error is not None
            if error is None:
                log.info("the database answers again")
            else:  # its number says enough, for instance 1114: no room; see its own log
                number = error.args[0] if isinstance(error, MySQLError) and error.args else ""
                log.warning("the database is away: %s %s", type(error).__name__, number)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        pool = self._pool
        try:
            connection = await _acquired(pool)
        except OperationalError as error:
            if error.args[0] != ER.ACCESS_DENIED_ERROR:
                raise
            pool = await self._renewed(pool)
            connection = await _acquired(pool)
        try:
            yield connection
        finally:
            await pool.release(connection)

    async def _renewed(self, refused: Any) -> Any:
        """A pool with the password as its file has it now: it may have been changed."""
        async with self._renewing:
            if self._pool is refused:
                self._pool = await self._open_pool()
                refused.close()  # connections that are still used end when they are given back
        return self._pool

    @property
    def connections(self) -> dict[str, int]:
        """Connections that are in use (`used`), and open but idle ones (`free`)."""
        return {"used": self._pool.size - self._pool.freesize, "free": self._pool.freesize}

    async def close(self) -> None:
        """Close all connections; one that is being opened just now is not waited for for ever."""
        self._pool.terminate()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await self._pool.wait_closed()


# Pause between two cancellations of a connection that is being opened, in seconds.
CANCEL_SECONDS = 0.05


async def _acquired(pool: Any) -> Any:
    """A connection of the pool, which may be opened for it.

    A cancellation is never lost here. In Python 3.11 it can be: `asyncio.wait_for`, with which
    aiomysql opens a connection, returns as if nothing were when it comes just as that is done
    (bpo-37658). A loop that is told to end would go on, and who waits for its end would for ever.
    """
    acquiring = asyncio.ensure_future(pool.acquire())
    try:
        return await asyncio.shield(acquiring)
    except asyncio.CancelledError:
        # Again and again: after a lost one it would wait for a greeting without an end.
        while not acquiring.done():
            acquiring.cancel()
            await asyncio.wait({acquiring}, timeout=CANCEL_SECONDS)
        if not acquiring.cancelled() and acquiring.exception() is None:
            await pool.release(acquiring.result())
        raise


def _secret(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Context manager: a database that is first connected to when it is used.

    So the service starts without it. Raises OSError when a file with a credential cannot be read.
    """
    where = (
        {"unix_socket": str(settings.db_socket)}
        if settings.db_socket
        else {"host": settings.db_host, "port": settings.db_port}
    )

    async def open_pool() -> Any:
        return await aiomysql.create_pool(
            minsize=0,
            maxsize=settings.db_pool,
            # A connection that the server or a proxy dropped while idle is not handed out.
            pool_recycle=300,
            user=_secret(settings.db_user_file),
            password=_secret(settings.db_password_file),
            db=settings.db_name,
            charset="utf8mb4",
            connect_timeout=min(5, settings.db_seconds),
            # Each statement sees all that others have committed, and claims lock single rows only.
            init_command="SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
            **where,
        )

    database = Database(open_pool, await open_pool(), settings.db_seconds)
    try:
        yield database
    finally:
        await database.close()
