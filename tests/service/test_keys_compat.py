"""With keys: what the clients of LibreTranslate and DeepL are told."""

import json
import urllib.error
from typing import Any

import deepl
import httpx
import pytest
from libretranslatepy import LibreTranslateAPI

from tests.support.closed import Closed, until

GERMAN = {"q": "Guten Tag!", "source": "de", "target": "en"}


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """DeepL's client asks five times more before it tells of a 429."""
    monkeypatch.setattr(deepl.http_client, "max_network_retries", 0)


def client(closed: Closed, key: str) -> deepl.DeepLClient:
    return deepl.DeepLClient(key, server_url=closed.web_url)


def test_deepl_with_a_key_and_without(closed: Closed) -> None:
    key = closed.key("deepl", "--budget", "1000")
    result = client(closed, key).translate_text("Guten Morgen!", target_lang="EN-US")
    assert str(result) == "Good morning!"
    used = client(closed, key).get_usage().character
    assert (used.count, used.limit) == (13, 1000)
    with pytest.raises(deepl.AuthorizationException):
        client(closed, "wrong").translate_text("Guten Morgen!", target_lang="EN-US")
    with pytest.raises(deepl.AuthorizationException):
        client(closed, "wrong").get_usage()
    answer = httpx.post(f"{closed.web_url}/v2/translate", json={"text": ["x"]})
    assert (answer.status_code, answer.json()["message"]) == (403, "Authorization failed.")
    old = {"auth_key": key, "text": "Guten Morgen!", "target_lang": "EN"}
    assert httpx.post(f"{closed.web_url}/v2/translate", data=old).status_code == 200


def test_deepl_over_the_budget(closed: Closed) -> None:
    key = closed.key("thrifty", "--budget", "20")
    with pytest.raises(deepl.QuotaExceededException):
        client(closed, key).translate_text(["Guten Morgen!"] * 2, target_lang="EN-US")
    assert closed.spent("thrifty") == 0
    assert str(client(closed, key).translate_text("Guten Tag!", target_lang="EN-US"))
    until(lambda: closed.spent("thrifty") == 10)
    with pytest.raises(deepl.QuotaExceededException):
        client(closed, key).translate_document(
            b"Guten Morgen!", memoryview(bytearray(1)), filename="a.txt", target_lang="EN-US"
        )


def test_deepl_too_often(closed: Closed) -> None:
    key = closed.key("hasty", "--rate", "2")
    hasty = client(closed, key)

    def ask() -> None:
        for _ in range(4):
            hasty.get_usage()

    with pytest.raises(deepl.TooManyRequestsException):
        ask()
    answer = httpx.get(
        f"{closed.web_url}/v2/usage", headers={"Authorization": f"DeepL-Auth-Key {key}"}
    )
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_libretranslate_with_a_key_and_without(closed: Closed) -> None:
    key = closed.key("libre")
    mine = LibreTranslateAPI(closed.web_url, key)
    assert mine.translate("Guten Morgen!", "de", "en") == "Good morning!"
    assert mine.detect("Guten Morgen, wie geht es dir?")[0]["language"] == "de"
    assert mine.languages()
    with pytest.raises(urllib.error.HTTPError) as refused:
        LibreTranslateAPI(closed.web_url, "wrong").translate("Guten Tag!", "de", "en")
    with refused.value as error:
        assert error.code == 403
        assert json.load(error) == {"error": "Invalid API key"}
    ways: list[dict[str, Any]] = [{"json": GERMAN}, {"data": GERMAN}, {"params": GERMAN}]
    for sent in ways:
        answer = httpx.post(f"{closed.web_url}/translate", **sent)
        assert answer.status_code == 403
        assert answer.json() == {"error": "Please contact the server operator to get an API key"}
        kind, fields = next(iter(sent.items()))
        again = httpx.post(f"{closed.web_url}/translate", **{kind: fields | {"api_key": key}})
        assert "translatedText" in again.json()
    odd = httpx.post(f"{closed.web_url}/translate", json=GERMAN | {"api_key": 7})
    assert odd.status_code == 400
    settings = httpx.get(f"{closed.web_url}/frontend/settings").json()
    assert (settings["apiKeys"], settings["keyRequired"]) == (True, True)


def test_metrics_are_for_keys(closed: Closed) -> None:
    address = f"{closed.web_url}/metrics"
    assert httpx.get(address).status_code == 401
    with closed.client(closed.key("prometheus")) as http:
        assert "web_http_requests_total" in http.get(address).text
    assert httpx.get(f"http://127.0.0.1:{closed.metrics_port}/metrics").status_code == 200
