"""Long texts side by side."""

import asyncio
import os
import subprocess
import sys

import httpx

from tests.support.instance import ROOT, Instance, free_port
from tests.support.texts import book

ASYNC = {"Prefer": "respond-async"}


async def test_a_page_does_not_wait_for_the_end_of_older_books(instance: Instance) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=120) as http:
        books = [
            (
                await http.post("/translate", json={"text": book(200_000, seed)}, headers=ASYNC)
            ).json()
            for seed in range(30, 36)  # more of them than there are workers
        ]
        try:
            page = await http.post("/translate", json={"text": book(9_000, seed=36)})
            assert page.json()["status"] == "done"
            states = await asyncio.gather(
                *(http.get(f"/translations/{each['id']}.json") for each in books)
            )
            assert "running" in {state.json()["status"] for state in states}
        finally:
            for each in books:
                await http.post(f"/translations/{each['id']}/cancel")


async def test_a_passage_that_fails_three_times_does_not_stop_the_rest(instance: Instance) -> None:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=60) as http:
        # A language that no installed model knows, as after a model was removed. It is "running"
        # last, when all of it is there.
        instance.query(
            "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
            "model, origin, characters, passages, status) VALUES "
            "(MD5(RAND()), UTC_TIMESTAMP(3), 'Titel', 'xx', 'en', '', 'api', 26, 2, 'done')"
        )
        (row,) = instance.query("SELECT MAX(id) AS id FROM translations WHERE source_lang = 'xx'")
        where = f"/translations/{row['id']}"
        for seq, status in enumerate(("open", "open")):
            instance.query(
                "INSERT INTO passages (translation_id, seq, source, status) "
                "VALUES (%s, %s, %s, %s)",
                row["id"],
                seq,
                "Guten Morgen!",
                status,
            )
        instance.query("UPDATE translations SET status = 'running' WHERE id = %s", row["id"])
        wait = {"Prefer": "wait=60"}
        failed = (await http.get(f"{where}.json", headers=wait)).json()
        assert (failed["status"], failed["text"]) == ("done", "Guten Morgen!" * 2)
        attempts = "SELECT attempts, status FROM passages WHERE translation_id = %s"
        assert instance.query(attempts, row["id"]) == [{"attempts": 3, "status": "failed"}] * 2
        assert "2 of them could not be translated" in (await http.get(where)).text
        instance.query("UPDATE translations SET source_lang = 'de' WHERE id = %s", row["id"])
        assert (await http.post(f"{where}/retry")).status_code == 303
        done = (await http.get(f"{where}.json", headers=wait)).json()
        assert (done["status"], done["text"]) == ("done", "Good morning!" * 2)


async def test_two_replicas_share_a_book(own: Instance) -> None:
    port = free_port()
    settings = {
        "PORT": str(port),
        "TRANSLATOR_URL": own.translator_url,
        "DB_SOCKET": str(own.run_dir / "db.sock"),
        "DB_USER_FILE": str(own.secrets_dir / "db_user"),
        "DB_PASSWORD_FILE": str(own.secrets_dir / "db_password"),
        "SPOOL_DIR": str(own.run_dir / "spool"),
    }
    text = book(50_000, seed=50)
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "web", cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL
    )
    try:
        async with httpx.AsyncClient(timeout=120) as http:
            async with asyncio.timeout(30):
                while True:  # until it listens
                    try:
                        (await http.get(f"http://127.0.0.1:{port}/health")).raise_for_status()
                        break
                    except httpx.ConnectError:
                        await asyncio.sleep(0)  # let others run
            # Handed in at one, asked for at the other.
            url = f"{own.web_url}/translate"
            answer = await http.post(url, json={"text": text}, headers=ASYNC)
            where = f"http://127.0.0.1:{port}{answer.headers['Content-Location']}.json"
            whole = (await http.get(where, headers={"Prefer": "wait=100"})).json()
    finally:
        second.terminate()
        await second.wait()
    assert whole["status"] == "done"
    assert whole["text"].count("\n") == text.count("\n")
    workers = own.query("SELECT claimed_by, COUNT(*) AS n FROM passages GROUP BY claimed_by")
    assert len(workers) == 2
    assert all(row["n"] > 1 for row in workers)


async def test_a_cancelled_book_frees_its_workers_at_once(own: Instance) -> None:
    own.stop()
    own.settings["WORKERS"] = "2"
    own.up()
    async with httpx.AsyncClient(base_url=own.web_url, timeout=60) as http:

        async def begun(seed: int) -> str:
            answer = await http.post(
                "/translate", json={"text": book(200_000, seed)}, headers=ASYNC
            )
            return str(answer.headers["Content-Location"])

        async def until_claimed(address: str, passages: int) -> None:
            claimed = (
                "SELECT COUNT(*) AS n FROM passages WHERE translation_id = %s AND seq > 0 "
                "AND status = 'open' AND claimed_until > UTC_TIMESTAMP()"
            )
            async with asyncio.timeout(30):
                while own.query(claimed, int(address.rpartition("/")[2])) != [{"n": passages}]:
                    await http.get(f"{address}.json", headers={"Prefer": "wait=1"})

        first = await begun(seed=40)
        await until_claimed(first, 2)
        with own.stopped("translator"):  # what is asked of it now is not answered
            second = await begun(seed=41)
            await http.post(f"{first}/cancel")
            await until_claimed(second, 1)  # the other worker has its first passage
        await http.post(f"{second}/cancel")
