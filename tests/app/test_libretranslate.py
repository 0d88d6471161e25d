"""LibreTranslate's interface: its questions, answers and errors, over the fake translator."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.texts import book
from tests.support.web_service import WebService

GERMAN = {"source": "de", "target": "en"}
ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"
FRENCH = "Le train pour Paris part à huit heures du matin, n'oublie pas ton billet."
# Words that are taken for one of another language when nothing else is known.
SHORT = (
    *("Montag", "Wetter", "Hallo", "Auto", "Winter", "Name", "Butter", "Hand", "Arm", "Wind"),
    *("Kindergarten", "Handy", "Chef", "Taxi", "Amt", "Rat", "gut", "Bank", "Ball", "Land"),
    *("Guten Morgen", "Bis morgen", "Alles klar"),
)
SENTENCE = "Der Zug nach Hamburg fährt heute leider erst um halb neun ab."


async def asked(http: httpx.AsyncClient, **question: Any) -> Any:
    answer = await http.post("/translate", json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_question_is_answered_in_its_own_form(http: httpx.AsyncClient) -> None:
    assert await asked(http, q="Guten Morgen!", **GERMAN) == {"translatedText": "GUTEN MORGEN!"}
    several = await asked(http, q=["Guten Morgen!", "", "Hallo Welt"], **GERMAN)
    assert several == {"translatedText": ["GUTEN MORGEN!", "", "HALLO WELT"]}
    form = await http.post("/translate", data={"q": "Guten Morgen!", **GERMAN})
    assert form.json() == {"translatedText": "GUTEN MORGEN!"}
    query = await http.post("/translate", params={"q": "Guten Morgen!", **GERMAN})
    assert query.json() == {"translatedText": "GUTEN MORGEN!"}


async def test_a_language_is_found_out(http: httpx.AsyncClient) -> None:
    answer = await asked(http, q=[SENTENCE, ENGLISH], source="auto", target="en")
    assert answer["translatedText"] == [translated(SENTENCE), ENGLISH]
    assert [each["language"] for each in answer["detectedLanguage"]] == ["de", "en"]
    (first, *_) = (await http.post("/detect", json={"q": SENTENCE})).json()
    assert first["language"] == "de"
    assert 50 < first["confidence"] <= 100


async def test_alternatives_come_when_asked_for(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    answer = await asked(http, q="Hallo. Du!", alternatives=2, **GERMAN)
    assert answer == {
        "translatedText": "HALLO. DU!",
        "alternatives": ["HALLO. (1) DU! (1)", "HALLO. (2) DU! (2)"],
    }
    assert translator.questions[-1].alternatives == 2


async def test_html_keeps_its_markup(http: httpx.AsyncClient, translator: FakeTranslator) -> None:
    page = '<p class="a">Ein <b>rotes</b> Haus</p>\n<pre>bleibt so</pre>'
    answer = (await asked(http, q=page, format="html", **GERMAN))["translatedText"]
    assert answer.startswith('<p class="a">')
    assert answer.endswith("</p>\n<pre>bleibt so</pre>")
    assert "<b>ROTES</b>" in answer
    assert "bleibt so" not in translator.questions[0].text


async def test_languages_and_settings_follow_the_models(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-de-fr", "de", "fr")
    async with service.started() as http:
        assert (await http.get("/languages")).json() == [
            {"code": "de", "name": "German", "targets": ["de", "en", "fr"]},
            {"code": "en", "name": "English", "targets": ["en"]},
            {"code": "fr", "name": "French", "targets": ["fr"]},
        ]
        settings = (await http.get("/frontend/settings")).json()
    assert (settings["charLimit"], settings["keyRequired"]) == (-1, False)
    assert settings["language"]["target"] == {"code": "en", "name": "English"}


async def test_what_is_short_is_not_stored_and_what_is_long_is_translated_once(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    await asked(http, q=["Guten Morgen!"] * 3, **GERMAN)
    assert await service.rows("SELECT COUNT(*) AS n FROM translations") == [{"n": 0}]
    text = book(9_000, seed=90)
    asking = (asked(http, q=text, **GERMAN) for _ in range(3))
    answers = [each["translatedText"] for each in await asyncio.gather(*asking)]
    assert answers == [translated(text)] * 3
    (row,) = await service.rows("SELECT origin, passages, status FROM translations")
    assert (row["origin"], row["status"]) == ("libretranslate", "done")
    assert len(translator.questions) == 3 + row["passages"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (GERMAN, "Invalid request: missing q parameter"),
        ({"q": "", **GERMAN}, "Invalid request: missing q parameter"),
        ({"q": [], **GERMAN}, "Invalid request: missing q parameter"),
        (
            {"q": "Hello", "source": "auto", "target": "de"},
            "German (de) is not available as a target language",
        ),
        ({"q": "Hallo", "target": "en"}, "Invalid request: missing source parameter"),
        ({"q": "Hallo", "source": "de", "target": "zz"}, "zz is not supported"),
        (
            {"q": "Hello", "source": "en", "target": "de"},
            "German (de) is not available as a target language from English (en)",
        ),
        ({"q": "Hallo", **GERMAN, "format": "pdf"}, "pdf format is not supported"),
    ],
)
async def test_errors_are_those_of_the_original(
    http: httpx.AsyncClient, question: dict[str, Any], said: str
) -> None:
    answer = await http.post("/translate", json=question)
    assert (answer.status_code, answer.json()) == (400, {"error": said})


async def test_a_list_of_nothing_is_answered_with_nothing(http: httpx.AsyncClient) -> None:
    assert await asked(http, q=["", ""], **GERMAN) == {"translatedText": ["", ""]}
    found = await asked(http, q=["", " "], source="auto", target="en")
    assert found["translatedText"] == ["", " "]
    assert [each["language"] for each in found["detectedLanguage"]] == ["de", "de"]


@pytest.mark.parametrize("word", SHORT)
async def test_detection_names_what_auto_takes_among_what_is_here(
    http: httpx.AsyncClient, word: str
) -> None:
    detected = (await http.post("/detect", json={"q": word})).json()
    taken = (await asked(http, q=word, source="auto", target="en"))["detectedLanguage"]
    assert detected[0] == taken
    assert len(detected) <= 3
    assert {each["language"] for each in detected} <= {"de", "en"}
    confidences = [each["confidence"] for each in detected]
    assert confidences == sorted(confidences, reverse=True)
    assert all(isinstance(each, int) for each in confidences)


async def test_a_language_that_is_not_here_is_not_named(http: httpx.AsyncClient) -> None:
    detected = (await http.post("/detect", json={"q": FRENCH})).json()
    assert {each["language"] for each in detected} <= {"de", "en"}
    assert max(each["confidence"] for each in detected) < 10
    nothing = (await http.post("/detect", json={"q": "1234"})).json()
    assert nothing == [{"confidence": 0, "language": "de"}]


@pytest.mark.parametrize(
    "path", ["//translate", "///translate", "//languages", "//detect", "//frontend//settings"]
)
async def test_a_slash_at_the_end_of_the_servers_address_does_no_harm(
    http: httpx.AsyncClient, path: str
) -> None:
    once = path.replace("///", "/").replace("//", "/")
    method = "POST" if once in {"/translate", "/detect"} else "GET"
    sent = {"q": "Hallo", **GERMAN} if method == "POST" else None
    # As a string, the client would take the path for the name of a host.
    url = httpx.URL("http://127.0.0.1:8080", raw_path=path.encode())
    answer = await http.request(method, url, json=sent)
    assert answer.status_code == 200, answer.text
    assert answer.json() == (await http.request(method, once, json=sent)).json()


async def test_a_type_without_a_body_is_none(http: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    query = {"q": "Hallo", **GERMAN}
    for content in (b"", b"{}"):
        answer = await http.post("/translate", params=query, headers=headers, content=content)
        assert answer.json() == {"translatedText": "HALLO"}
    detected = await http.post("/detect", params={"q": SENTENCE}, headers=headers)
    assert detected.json()[0]["language"] == "de"
    assert (await http.get("/languages", headers=headers)).status_code == 200


async def test_the_form_of_a_list_is_said(http: httpx.AsyncClient) -> None:
    for path in ("/translate", "/detect"):
        answer = await http.post(path, data={"q": ["Hallo", "Du"], **GERMAN})
        assert answer.status_code == 400
        assert answer.json()["error"].startswith("Send one value for 'q', not several.")
        assert '{"q": ["…", "…"]}' in answer.json()["error"]


async def test_its_description_is_how_clients_know_it(service: WebService) -> None:
    service.add_key("anna")
    async with service.started() as http:
        described = (await http.get("/spec")).json()
    assert described["info"]["title"] == "LibreTranslate"
    assert described["info"]["version"]
    addresses = ["/translate", "/detect", "/languages", "/frontend/settings", "/translate_file"]
    assert described["paths"].keys() == {*addresses, "/download_file/{document_id}", "/suggest"}
    question = described["paths"]["/translate"]["post"]["requestBody"]["content"]
    assert question["application/json"]["schema"]["required"] == ["q", "source", "target"]
    assert "/v2/translate" not in described["paths"]


async def test_a_translator_that_is_away_is_said_in_its_form(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    assert (await http.get("/languages")).status_code == 200
    translator.busy = 9
    answer = await http.post("/translate", json={"q": "Hallo", **GERMAN})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "9")
    assert answer.json().keys() == {"error"}


@pytest.mark.parametrize("address", ["/translate_file", "/translate"])
async def test_an_empty_document_is_said_to_be_empty(http: httpx.AsyncClient, address: str) -> None:
    answer = await http.post(address, data=GERMAN, files={"file": ("a.docx", b"")})
    assert answer.status_code == 400
    assert "The file is empty" in answer.json()["error"]


async def test_pages_of_other_sites_may_ask(http: httpx.AsyncClient) -> None:
    origin = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    answer = await http.post("/translate", json={"q": "Hallo", **GERMAN}, headers=origin)
    assert answer.json() == {"translatedText": "HALLO"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    sent = {"file": ("a.txt", b"Guten Morgen!")}
    made = await http.post("/translate_file", data=GERMAN, files=sent, headers=origin)
    for address in ("/health", "/spec", made.json()["translatedFileUrl"]):
        answer = await http.get(address, headers=origin)
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    gone = await http.get("/download_file/nothing", headers=origin)
    assert (gone.status_code, gone.json().keys()) == (404, {"error"})
    assert gone.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in (await http.get("/", headers=origin)).headers


async def test_with_keys_it_says_what_its_clients_know(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        question = {"q": "Hallo", **GERMAN}
        missing = await http.post("/translate", json=question)
        assert missing.status_code == 403
        assert missing.json() == {"error": "Please contact the server operator to get an API key"}
        wrong = await http.post("/translate", json=question | {"api_key": "guess"})
        assert (wrong.status_code, wrong.json()) == (403, {"error": "Invalid API key"})
        right = await http.post("/translate", json=question | {"api_key": key})
        assert right.json() == {"translatedText": "HALLO"}
        in_query = await http.post("/translate", params={"api_key": key}, json=question)
        assert in_query.json() == {"translatedText": "HALLO"}
        sent = {"file": ("a.txt", b"Hallo")}
        document = await http.post(
            "/translate_file", params={"api_key": key}, data=GERMAN, files=sent
        )
        assert document.status_code == 200
        assert (await http.get("/frontend/settings")).json()["keyRequired"] is True
    assert await service.spent("anna") == 15
