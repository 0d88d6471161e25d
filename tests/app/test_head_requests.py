"""HEAD: the head of the answer that a GET would have."""

import httpx

from tests.support.texts import book
from tests.support.web_service import WebService


async def test_a_head_is_that_of_the_answer(http: httpx.AsyncClient) -> None:
    for path in ("/v2/languages", "/languages", "/health", "/", "/openapi.json"):
        head, whole = await http.head(path), await http.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert (await http.head("/v2/translate")).status_code == 400
    assert (await http.head("/translate")).status_code == 405


async def test_the_head_of_a_stream_ends(http: httpx.AsyncClient, service: WebService) -> None:
    await http.post("/translate", json={"text": book(9_000, seed=92)})
    (row,) = await service.rows("SELECT id FROM translations")
    for path in (f"/translations/{row['id']}/events", "/history.jsonl"):
        head = await http.head(path)
        assert (head.status_code, head.content) == (200, b"")
