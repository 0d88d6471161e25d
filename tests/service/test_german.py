"""The page in the language that a browser asks for: whole pages, fragments, events and refusals."""

import re

import httpx
import pytest

from tests.support.closed import Closed
from tests.support.instance import Instance

HTML = {"Accept": "text/html"}
FORM = {"pair": "de en", "text": "Guten Morgen!"}


def asked(language: str | None) -> dict[str, str]:
    return HTML | ({} if language is None else {"Accept-Language": language})


@pytest.mark.parametrize("language", ["de", "de-AT,en;q=0.9", "fr,de;q=0.5"])
def test_a_german_reader_gets_german(instance: Instance, language: str) -> None:
    answer = httpx.get(instance.web_url, headers=asked(language))
    assert '<html lang="de">' in answer.text
    assert "Frühere Übersetzungen" in answer.text
    assert "Earlier translations" not in answer.text


@pytest.mark.parametrize("language", ["en-GB,de;q=0.5", "fr", "", None])
def test_everybody_else_gets_english(instance: Instance, language: str | None) -> None:
    with httpx.Client() as http:
        http.headers.pop("Accept-Language", None)
        answer = http.get(instance.web_url, headers=asked(language))
    assert '<html lang="en">' in answer.text
    assert "Earlier translations" in answer.text
    assert "Frühere" not in answer.text


@pytest.mark.parametrize("path", ["/", "/status", "/history/delete", "/translations/999999999"])
def test_no_cache_gives_a_page_to_readers_of_the_other_language(
    instance: Instance, path: str
) -> None:
    answer = httpx.get(f"{instance.web_url}{path}", headers=asked("de"))
    assert '<html lang="de">' in answer.text
    assert "accept-language" in answer.headers["Vary"].lower()


def test_fragments_and_their_errors_are_in_german(instance: Instance) -> None:
    answer = httpx.post(
        f"{instance.web_url}/live", data=FORM | {"text": " "}, headers=asked("de") | HTML
    )
    assert answer.status_code == 400
    assert "Es gibt keinen Text zum Übersetzen." in answer.text
    assert "accept-language" in answer.headers["Vary"].lower()


def test_an_error_without_german_is_marked_as_english(instance: Instance) -> None:
    answer = httpx.get(f"{instance.web_url}/translations/1?from=x", headers=asked("de"))
    assert re.search(r'role="alert".*\s*<p><span lang="en">query\.from: ', answer.text)


def test_the_events_of_a_long_translation_are_in_german(instance: Instance) -> None:
    text = "\n\n".join(f"Satz {number}: Wir gehen nach Hause." for number in range(400))
    answer = httpx.post(
        f"{instance.web_url}/translate", data=FORM | {"text": text}, headers=HTML, timeout=60
    )
    address = f"{instance.web_url}{answer.headers['Location']}/events"
    with httpx.stream("GET", address, headers={"Accept-Language": "de"}, timeout=120) as events:
        assert "accept-language" in events.headers["Vary"].lower()
        html = "".join(events.iter_text())
    assert re.search(r"Fertig:\s+(data: )?\s*\d+ von \d+ Abschnitten, 1\d\.\d{3} Zeichen\.", html)
    assert "passages," not in html


def test_the_api_stays_english(instance: Instance) -> None:
    answer = httpx.post(
        f"{instance.web_url}/translate", json={"text": " "}, headers={"Accept-Language": "de"}
    )
    assert answer.json()["error"].startswith("There is no text to translate.")


def test_who_is_not_let_in_is_told_so_in_german(closed: Closed) -> None:
    login = httpx.get(f"{closed.web_url}/login", headers=asked("de"))
    assert "Anmelden</button>" in login.text
    wrong = httpx.post(f"{closed.web_url}/login", data={"key": "x"}, headers=asked("de"))
    assert "Dieser Schlüssel ist hier nicht bekannt." in wrong.text
    refused = httpx.post(f"{closed.web_url}/translate", data=FORM, headers=asked("de"))
    assert refused.status_code == 401
    assert "nicht oder nicht mehr angemeldet" in refused.text
