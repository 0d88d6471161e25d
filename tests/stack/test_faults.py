"""A service whose name nobody knows for a while: nothing is lost, and all is well afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.stack.conftest import Stack, run
from tests.support.texts import book


@contextmanager
def away(stack: Stack, service: str) -> Iterator[None]:
    """The service is on no network, so its name stands for nothing."""
    described = stack.inspect(service)
    (network,) = described["NetworkSettings"]["Networks"]
    run("docker", "network", "disconnect", network, described["Id"])
    try:
        yield
    finally:
        run("docker", "network", "connect", "--alias", service, network, described["Id"])


def until_well(http: httpx.Client) -> None:
    for _ in range(600):
        if http.get("/health").json() == {"status": "ok"}:
            return
    raise AssertionError(http.get("/health").text)


def test_nothing_is_lost_while_the_translator_has_no_name(stack: Stack) -> None:
    with httpx.Client(base_url=stack.url, timeout=60) as http:
        text = book(20_000, seed=61)
        http.post("/translate", json={"text": "Guten Morgen!"}).raise_for_status()
        with away(stack, "translator"):
            headers = {"Prefer": "respond-async"}
            begun = http.post("/translate", json={"text": text}, headers=headers)
            assert begun.status_code == 202  # the models are known still
            answer = http.post("/translate", json={"text": "Ich habe keinen Hunger."})
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert http.get("/health").json()["translator"] == "away"
        until_well(http)
        address = begun.headers["Content-Location"] + ".json"
        whole = http.get(address, headers={"Prefer": "wait=50"}).json()
        assert whole["status"] == "done"
        assert len(whole["text"].splitlines()) == len(text.splitlines())


def test_nothing_is_lost_while_the_database_has_no_name(stack: Stack) -> None:
    with httpx.Client(base_url=stack.url, timeout=60) as http:
        with away(stack, "database"):
            for number in range(3):
                text = f"Ich habe {number} Bücher ohne Namen."
                answer = http.post("/translate", json={"text": text}).json()
                assert (answer["stored"], answer["kept"]) == (False, True)
        until_well(http)
    count = "SELECT COUNT(*) FROM translation.passages WHERE source LIKE '%Bücher ohne Namen.'"
    assert stack.query(count) == "3\n"
