"""Live requests of the page while its user types.

Nothing is stored until it says so, and a request that is given up takes its work along.
"""

import html
import itertools
import re
import select
import socket
import threading
import time
from urllib.parse import urlencode

import httpx
import pytest

from tests.support.instance import Instance

PAIR = {"pair": "de en"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def live(instance: Instance, **fields: str) -> httpx.Response:
    return httpx.post(f"{instance.web_url}/live", data=PAIR | fields, timeout=60)


def count(instance: Instance) -> int:
    (row,) = instance.query("SELECT COUNT(*) AS n FROM translations")
    return int(row["n"])


def given_up(instance: Instance) -> int:
    """The translator's requests whose client had gone."""
    text = httpx.get(f"{instance.translator_url}/metrics").text
    found = re.findall(
        r'^translator_http_requests_total\{.*status="499".*\} (\S+)$', text, re.MULTILINE
    )
    return int(sum(map(float, found)))


def test_nothing_is_stored_until_it_is_kept(instance: Instance) -> None:
    before = count(instance)
    answer = live(instance, text="Guten Morgen! Ich bin hier.")
    assert html.unescape(re.sub("<[^>]*>", "", answer.text)).strip() == "Good morning! I'm here."
    assert count(instance) == before
    kept = live(instance, text="Guten Morgen! Ich bin hier.", keep="1")
    address = kept.headers["HX-Replace-Url"]
    assert count(instance) == before + 1
    draft = address.rpartition("/")[2]
    again = live(instance, text="Guten Abend!", keep="1", draft=draft)
    assert again.headers["HX-Replace-Url"] == address
    assert count(instance) == before + 1
    stored = httpx.get(f"{instance.web_url}{address}.json").json()
    assert "evening" in stored["text"]


def test_only_drafts_of_the_page_are_changed(instance: Instance) -> None:
    answer = httpx.post(f"{instance.web_url}/translate", json={"text": "Guten Tag!"}).json()
    kept = live(instance, text="Guten Abend!", keep="1", draft=str(answer["id"]))
    assert kept.headers["HX-Replace-Url"] != f"/translations/{answer['id']}"
    stored = httpx.get(f"{instance.web_url}/translations/{answer['id']}.json").json()
    assert stored["text"] == answer["text"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"text": " "}, 400), ({"text": "a" * 5001}, 400), ({"text": "x" * 99_999}, 413), ({}, 400)],
)
def test_what_is_not_short_is_refused(
    instance: Instance, fields: dict[str, str], status: int
) -> None:
    answer = live(instance, **fields)
    assert answer.status_code == status
    assert "<html" not in answer.text


def test_a_request_that_is_given_up_takes_its_work_along(instance: Instance) -> None:
    book = "\n\n".join(f"Gestern kamen {number} Leute in unser Haus." for number in range(3000))
    busy = threading.Thread(
        target=lambda: httpx.post(
            f"{instance.translator_url}/translate", json={"text": book}, timeout=120
        )
    )
    busy.start()
    before = given_up(instance)
    end = time.monotonic() + 30
    for attempt in itertools.count():
        text = " ".join(f"Der Nachbar {attempt}/{number} wartet auf uns." for number in range(80))
        body = urlencode(PAIR | {"text": text}).encode()
        with socket.create_connection(("127.0.0.1", instance.web_port)) as client:
            client.sendall(
                b"POST /live HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\n%s" % (len(body), body)
            )
            # Who goes at once is gone before the translator hears of it; who waits has an answer.
            select.select([client], [], [], 0.02 * (1 + attempt % 20))
        if given_up(instance) > before:
            break
        assert time.monotonic() < end, "the translator still works for nobody"
    busy.join()


def test_a_sentence_is_exchanged_once_it_is_the_same_still(instance: Instance) -> None:
    kept = live(instance, text="Guten Morgen! Ich bin hier.", keep="1")
    address = f"{instance.web_url}{kept.headers['HX-Replace-Url']}/passages/0/sentences/1/edit"
    part = {"HX-Request": "true"}
    others = httpx.post(
        f"{instance.web_url}/alternatives", data=PAIR | {"source": "Ich bin hier.", "shown": ""}
    )
    assert "data-choice=" in others.text
    changed = httpx.post(
        address, data={"source": "Ich bin hier.", "text": "Here I am."}, headers=part
    )
    assert "Here I am." in changed.text
    stale = httpx.post(
        address, data={"source": "Ich war hier.", "text": "I was here."}, headers=part
    )
    assert stale.status_code == 404
    lines = httpx.post(
        address, data={"source": "Ich bin hier.", "text": "Two\nlines"}, headers=part
    )
    assert lines.status_code == 400
    stored = httpx.get(f"{instance.web_url}{kept.headers['HX-Replace-Url']}.json").json()
    assert stored["text"] == "Good morning! Here I am."
