"""A disk that is full, the database's or the spool's: nothing that was promised is lost."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.support.instance import Instance
from tests.support.texts import book
from tests.support.traffic import PLAIN, Traffic


@contextmanager
def disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own for a folder; to mount one takes root."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """A disk without a free byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    assert os.statvfs(folder).f_bavail == 0
    try:
        yield
    finally:
        ballast.unlink()


@pytest.fixture(scope="module")
def small() -> Iterator[Instance]:
    """An instance on a small disk, whose spool has a very small one."""
    instance = Instance(settings={"DB_SECONDS": "2"})
    spool = instance.run_dir / "spool"
    with ExitStack() as disks:
        disks.enter_context(disk(instance.run_dir, "700m"))
        disks.enter_context(disk(spool, "1m"))
        instance.up()
        try:
            yield instance
        finally:
            instance.stop()
    instance.run_dir.rmdir()


async def test_nothing_is_lost_when_the_database_has_no_room(small: Instance) -> None:
    async with (
        Traffic(small, "no room") as traffic,
        httpx.AsyncClient(base_url=small.web_url, timeout=60) as http,
    ):
        metrics = f"{small.metrics_url}/metrics"
        text = book(400_000, seed=1)  # more than the tables have room for
        async with http.stream("PUT", "/translate", content=text, headers=PLAIN) as answer:
            address = answer.headers["Content-Location"]
            with full(small.run_dir):
                while (
                    'web_database_errors_total{kind="away"} 0.0' in (await http.get(metrics)).text
                ):
                    await traffic.some("answered", 1)
            while (await http.get(f"{address}.json")).json()["status"] == "receiving":
                await traffic.some("answered", 1)
        number = int(address.rpartition("/")[2])
        arrived = "SELECT characters FROM translations WHERE id = %s"
        assert small.query(arrived, number) == [{"characters": len(text)}]
        assert (await http.post(f"{address}/cancel")).status_code == 303
        await traffic.some("stored")
    await traffic.settled()


async def test_a_full_spool_says_that_nothing_is_kept(small: Instance) -> None:
    spool = small.run_dir / "spool"
    async with (
        Traffic(small, "no spool") as traffic,
        httpx.AsyncClient(base_url=small.web_url, timeout=60) as http,
    ):
        with full(spool):
            await asyncio.to_thread(small.kill, "database")
            await traffic.some("only_translated")
            page = await http.post("/translate", data={"text": "Guten Morgen!"})
            assert "Good morning!" in page.text
        await traffic.some("kept")
        await asyncio.to_thread(small.up)
        await traffic.some("stored")
    await traffic.settled()
    assert list(spool.iterdir()) == []
