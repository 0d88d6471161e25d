"""Import of a TMX file into a translation memory: `python -m web.memory` (see scripts/).

Standard input is the file.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator

from web.database import open_database
from web.errors import StoreUnavailableError
from web.memory.importing import ImportOutcome, TmxImport
from web.memory.store import MemoryStore
from web.settings import Settings

# Bytes that are read at once.
PIECE = 262_144
# Pause between two lines about the progress, in seconds.
TOLD_SECONDS = 2.0


def main() -> None:
    """Import, print what was done, and exit with 1 when the file could not be read to its end."""
    options = argparse.ArgumentParser(prog="import-memory", description=__doc__)
    options.add_argument("--owner", default="", help="the name of a key; without keys: empty")
    options.add_argument("--shared", action="store_true", help="everybody sees the entries")
    options.add_argument("--name", default="the file", help="the file's name, for messages")
    chosen = options.parse_args()
    outcome = ImportOutcome()
    why = ""
    try:
        asyncio.run(_import(chosen.owner, outcome, shared=chosen.shared))
    except (StoreUnavailableError, OSError) as error:
        why = str(error)
    if outcome.error is not None:
        why = outcome.error.message
    sys.stdout.write(
        f"{chosen.name}: {outcome.new} entries imported, {outcome.old} were there already, "
        f"{outcome.passed} units passed over\n"
    )
    for each in outcome.passed_over:
        sys.stdout.write(f"  line {each.line}: {each.why}\n")
    if outcome.passed > len(outcome.passed_over):
        sys.stdout.write("  and others\n")
    if why:
        sys.exit(
            f"import-memory: {chosen.name}: {why}\nWhat was imported before this stays; run it "
            "again when that is mended, and nothing will be doubled."
        )


async def _import(owner: str, outcome: ImportOutcome, *, shared: bool) -> None:
    told = time.monotonic()

    def tell() -> None:
        nonlocal told
        if time.monotonic() - told > TOLD_SECONDS:
            told = time.monotonic()
            sys.stderr.write(f"{outcome.received / 1e6:.0f} MB read, {outcome.units} units\n")

    async with open_database(Settings()) as database:
        await TmxImport(MemoryStore(database).add, owner, shared=shared).run(
            _standard_input(), outcome, tell
        )


async def _standard_input() -> AsyncIterator[bytes]:
    while data := await asyncio.to_thread(sys.stdin.buffer.read, PIECE):
        yield data


if __name__ == "__main__":
    main()
