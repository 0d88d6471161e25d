"""Long texts side by side."""

import asyncio

import httpx

from tests.instance import Instance
from tests.texts import book

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
