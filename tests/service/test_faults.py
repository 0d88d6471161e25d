"""Whatever fails for a while: nothing is lost, nothing is doubled, and all is well afterwards."""

import asyncio
import contextlib
import json
import shutil
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pymysql
import pytest

from tests.support.instance import ROOT, Instance
from tests.support.traffic import Traffic

DEMONSTRATION = ROOT / "translator/models/demo-de-en"
Fault = Callable[[Instance, Traffic], Awaitable[None]]


@pytest.fixture(scope="module")
def patient() -> Iterator[Instance]:
    """An instance that gives up soon what does not answer, so that a fault is seen soon."""
    with Instance(settings={"DB_SECONDS": "2", "TRANSLATOR_SECONDS": "4"}) as instance:
        yield instance


async def killed_translator(instance: Instance, traffic: Traffic) -> None:
    await asyncio.to_thread(instance.kill, "translator")
    await traffic.some("refused")
    await asyncio.to_thread(instance.up)


async def stopped_translator(instance: Instance, traffic: Traffic) -> None:
    with instance.stopped("translator"):
        await traffic.some("refused")


async def slow_translator(instance: Instance, traffic: Traffic) -> None:
    for _ in range(5):
        with instance.stopped("translator"):
            await asyncio.sleep(0.5)
        await traffic.some("stored", 1)


async def killed_database(instance: Instance, traffic: Traffic) -> None:
    await asyncio.to_thread(instance.kill, "database")
    await traffic.some("kept")
    await asyncio.to_thread(instance.up)


async def stopped_database(instance: Instance, traffic: Traffic) -> None:
    with instance.stopped("database"):
        await traffic.some("kept")


async def restarted_database(instance: Instance, traffic: Traffic) -> None:
    await asyncio.to_thread(instance.kill, "database", signal.SIGTERM)
    await traffic.some("kept", 1)
    await asyncio.to_thread(instance.up)


async def read_only_database(instance: Instance, traffic: Traffic) -> None:
    with instance.root() as run:
        run("SET GLOBAL read_only = ON")
        await traffic.some("kept")
        run("SET GLOBAL read_only = OFF")


async def no_connection_left(instance: Instance, traffic: Traffic) -> None:
    with instance.root() as run, contextlib.ExitStack() as others:
        ((most,),) = run("SELECT @@max_connections")
        run("SET GLOBAL max_connections = 10")
        await asyncio.to_thread(take_all, instance, run, others)
        await traffic.some("kept")
        run("SET GLOBAL max_connections = %s", most)


def take_all(
    instance: Instance, run: Callable[..., list[tuple[Any, ...]]], others: contextlib.ExitStack
) -> None:
    """Connect until nobody else is connected."""
    mine: set[int] = set()
    user = (instance.secrets_dir / "db_user").read_text().strip()
    while True:
        with contextlib.suppress(pymysql.err.OperationalError):
            while True:
                mine.add(others.enter_context(connected(instance)).thread_id())
        every = run("SELECT id FROM information_schema.processlist WHERE user = %s", user)
        theirs = {number for (number,) in every} - mine
        if not theirs:
            return
        for number in theirs:
            with contextlib.suppress(pymysql.err.OperationalError):  # it has ended by itself
                run("KILL %s", number)


def connected(instance: Instance) -> "pymysql.Connection[pymysql.cursors.Cursor]":
    return pymysql.connect(
        unix_socket=str(instance.run_dir / "db.sock"),
        user=(instance.secrets_dir / "db_user").read_text().strip(),
        password=(instance.secrets_dir / "db_password").read_text().strip(),
    )


async def killed_web(instance: Instance, traffic: Traffic) -> None:
    await traffic.arrived()
    await asyncio.to_thread(instance.kill, "web")
    await asyncio.to_thread(instance.up)


async def another_model(instance: Instance, traffic: Traffic) -> None:
    models = instance.run_dir / "models"
    shutil.copytree(DEMONSTRATION, models / "new")
    # What it translates stays the same, so it is asked as the other one is.
    card = json.loads((models / "new/model.json").read_text("utf-8"))
    card |= {"name": "new-de-en", "demonstration": False}
    (models / "new/model.json").write_text(json.dumps(card))
    instance.settings["MODELS_DIR"] = str(models)
    await asyncio.to_thread(instance.kill, "translator")
    await asyncio.to_thread(instance.up)
    await traffic.some("stored")
    named = "SELECT model FROM translations ORDER BY id DESC LIMIT 1"
    assert instance.query(named) == [{"model": "new-de-en"}]


FAULTS: list[Fault] = [
    killed_translator,
    stopped_translator,
    slow_translator,
    killed_database,
    stopped_database,
    restarted_database,
    read_only_database,
    no_connection_left,
    killed_web,
    another_model,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
async def test_nothing_is_lost_or_doubled_with_a(patient: Instance, fault: Fault) -> None:
    async with Traffic(patient, fault.__name__) as traffic:
        await fault(patient, traffic)
        await traffic.some("stored")
    await traffic.settled(stream_breaks=fault is killed_web)
