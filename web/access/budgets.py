"""Budgets: characters that each caller has had translated this month, counted in the database.

Replicas share the count, and it survives them. While the database is away, translating goes on:
characters are counted in memory and added when it is back; a replica that ends meanwhile loses
that count.
"""

import asyncio
import calendar
import logging
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from web.access.keys import Caller
from web.database import Database
from web.errors import BudgetSpentError, StoreUnavailableError
from web.messages import N_, Message
from web.telemetry.supervision import Supervisor

log = logging.getLogger(__name__)

# Longest wait of a text for its characters to be counted, in seconds.
COUNT_SECONDS = 2.0
# Pause between two attempts to add the count to the database, in seconds.
RETRY_SECONDS = 1.0
_AWAY = (StoreUnavailableError, TimeoutError)
_NOT_COUNTED = (*_AWAY, RuntimeError)  # RuntimeError: the table is not there yet

Account = tuple[str, str]  # a caller's name and a month


def _now() -> datetime:
    return datetime.now(UTC)


class Budgets:
    """Budgets: characters charged to callers, by the calendar month (UTC)."""

    def __init__(self, database: Database, now: Callable[[], datetime] = _now) -> None:
        """Use `running_budgets` instead. `now` gives the time in UTC."""
        self._database = database
        self._now = now
        self._away = False
        # Both have an entry per caller at most, but for those of a month that has just ended.
        self._owed: dict[Account, int] = {}
        self._known: dict[str, tuple[str, int]] = {}
        self._owes = asyncio.Event()

    async def charge(self, caller: Caller, characters: int, note: str = "") -> Account | None:
        """Count characters that are about to be translated; all of them or none.

        `note` ends the message of the BudgetSpentError that is raised when they are too many.
        """
        if not caller.name or not characters:
            return None
        now = self._now()
        account = caller.name, f"{now:%Y-%m}"
        most = math.inf if caller.budget is None else caller.budget
        if characters > most:
            raise _too_much(caller, characters, await self.used(caller), now, note)
        if not self._away:
            try:
                async with asyncio.timeout(COUNT_SECONDS):
                    total = await self._add(account, characters, caller.budget)
            except _NOT_COUNTED as error:
                log.warning("spending is counted in memory: %s", type(error).__name__)
                self._away = True
            else:
                if total is None:
                    raise _too_much(caller, characters, await self.used(caller), now, note)
                self._known[caller.name] = account[1], total
                return account
        if self._remembered(account) + characters > most:
            raise _too_much(caller, characters, self._remembered(account), now, note)
        self._owe(account, characters)
        return account

    @asynccontextmanager
    async def charging(
        self, caller: Caller, characters: int, note: str = ""
    ) -> AsyncIterator[None]:
        """Spend characters, and give them back when the block fails."""
        account = await self.charge(caller, characters, note)
        try:
            yield
        except BaseException:
            if account:
                self._owe(account, -characters)
            raise

    async def used(self, caller: Caller) -> int:
        """The characters that a caller has spent this month, as far as is known."""
        account = caller.name, f"{self._now():%Y-%m}"
        if not self._away:
            with suppress(*_NOT_COUNTED):
                async with asyncio.timeout(COUNT_SECONDS), self._database.transaction() as cursor:
                    await cursor.execute(
                        "SELECT characters FROM spending WHERE name = %s AND month = %s", account
                    )
                    row = await cursor.fetchone()
                self._known[caller.name] = account[1], int(row[0]) if row else 0
        return max(0, self._remembered(account))

    async def run(self) -> None:
        """Add what is owed to the database as soon as it takes it. Until cancelled.

        Raises RuntimeError when the database refuses it; it is owed still.
        """
        while True:
            await self._owes.wait()
            while self._owed:
                try:
                    await self.pay()
                except _AWAY:
                    await asyncio.sleep(RETRY_SECONDS)
            self._owes.clear()
            self._away = False

    async def pay(self) -> None:
        """Add what is owed. Raises StoreUnavailableError, TimeoutError, RuntimeError."""
        for account, characters in list(self._owed.items()):
            async with asyncio.timeout(COUNT_SECONDS):
                await self._add(account, characters, None)
            left = self._owed.pop(account) - characters  # more may have come meanwhile
            if left:
                self._owed[account] = left

    def _remembered(self, account: Account) -> int:
        month, total = self._known.get(account[0], ("", 0))
        return (total if month == account[1] else 0) + self._owed.get(account, 0)

    def _owe(self, account: Account, characters: int) -> None:
        self._owed[account] = self._owed.get(account, 0) + characters
        self._owes.set()

    async def _add(self, account: Account, characters: int, budget: int | None) -> int | None:
        """Add to a count in one statement; the new count, or None when it would be too high.

        LAST_INSERT_ID keeps the count for us: the answer to the statement has it.
        """
        most = 2**62 if budget is None else budget
        async with self._database.transaction() as cursor:
            await cursor.execute(
                "INSERT INTO spending (name, month, characters) VALUES (%s, %s, GREATEST(0, %s)) "
                "ON DUPLICATE KEY UPDATE characters = IF("
                "CAST(characters AS SIGNED) + %s <= %s, "
                "LAST_INSERT_ID(GREATEST(0, CAST(characters AS SIGNED) + %s)), characters)",
                (*account, characters, characters, most, characters),
            )
            if not cursor.rowcount:
                return None
            return int(cursor.lastrowid) or characters


def _too_much(
    caller: Caller, characters: int, used: int, now: datetime, note: str
) -> BudgetSpentError:
    begins = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins += timedelta(days=calendar.monthrange(now.year, now.month)[1])
    return BudgetSpentError(
        N_(
            "The key {name!r} has {budget} characters a month, of which {used} are used; this is "
            "{more} more. It has new ones on {begins:d MMMM} (UTC), or when the operator of this "
            "service gives it a larger budget. {note}"
        ),
        math.ceil((begins - now).total_seconds()),
        name=caller.name,
        budget=caller.budget or 0,
        used=used,
        more=characters,
        begins=begins,
        note=Message(note),
    )


@asynccontextmanager
async def running_budgets(database: Database, supervisor: Supervisor) -> AsyncIterator[Budgets]:
    """Spending that is brought to the database while the block runs, and at its end.

    `supervisor` runs the loop that brings it there.
    """
    budgets = Budgets(database)
    try:
        async with supervisor.running("budgets", budgets.run):
            yield budgets
    finally:
        with suppress(*_NOT_COUNTED):
            await budgets.pay()
