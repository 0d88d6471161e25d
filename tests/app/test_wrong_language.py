"""A text that is clearly in another language: the page asks first, programs are warned."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.languages import ENGLISH, FRENCH, UNCLEAR
from tests.support.web_service import WebService

COUNT = "SELECT COUNT(*) AS n FROM translations"
HTMX = {"HX-Request": "true"}
BROWSER = {"Accept": "text/html"}
FORM = {"pair": "de en"}
BOOK = f"{FRENCH}\n\n" * 100
PAGE = f"<h1>Paris</h1>\n<p>{FRENCH}</p>\n".encode()
FIRST = FRENCH.partition(".")[0] + "."


def question(page: str) -> str:
    """The question on a page, as it is read; empty where there is none."""
    found = re.search(r'<div class="wrong-language".*?</div>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", found[0])).split()) if found else ""


def addresses(page: str) -> list[str]:
    """Where the buttons of a question lead to."""
    return [html.unescape(each) for each in re.findall(r'formaction="([^"]*)"', page)]


async def sent(http: httpx.AsyncClient, text: str, address: str = "/translate") -> httpx.Response:
    """The page's form, as a browser sends it."""
    parts = {"pair": (None, "de en"), "text": (None, text)}
    return await http.post(address, files=parts, headers=BROWSER)


@pytest.mark.parametrize("text", [FRENCH, BOOK])
async def test_the_page_asks_before_it_translates(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator, text: str
) -> None:
    answer = await sent(http, text)
    assert answer.status_code == 409
    assert question(answer.text) == (
        "This looks like French. Installed are: German → English . Translate all the same"
    )
    assert html.escape(text, quote=False).replace("&#x27;", "'") in answer.text.replace(
        "&#39;", "'"
    )
    assert 'value="de en"' in answer.text
    assert translator.questions == []
    assert await service.rows(COUNT) == [{"n": 0}]


@pytest.mark.parametrize("text", [FRENCH, BOOK])
async def test_one_click_translates_all_the_same(http: httpx.AsyncClient, text: str) -> None:
    asked = await sent(http, text)
    assert addresses(asked.text) == ["/translate?seems=fr"]
    answer = await sent(http, text, "/translate?seems=fr")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    whole = await http.get(f"{where}.json", headers={"Prefer": "wait=20"})
    assert whole.json()["text"] == translated(text)


async def test_a_click_for_one_language_is_none_for_another(http: httpx.AsyncClient) -> None:
    assert (await sent(http, FRENCH, "/translate?seems=en")).status_code == 409


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
async def test_what_is_not_clear_is_translated(http: httpx.AsyncClient, text: str) -> None:
    assert (await sent(http, text)).status_code == 303
    assert (await http.post("/live", data=FORM | {"text": text}, headers=HTMX)).status_code == 200


async def test_a_form_that_leaves_the_source_open_is_asked_about(http: httpx.AsyncClient) -> None:
    form = {"source": "auto", "target": "en", "text": FRENCH}
    answer = await http.post("/translate", data=form, headers=BROWSER)
    assert answer.status_code == 409
    assert question(answer.text).startswith("This looks like French.")


async def test_english_is_english_already(http: httpx.AsyncClient) -> None:
    answer = await sent(http, ENGLISH)
    assert question(answer.text).startswith("This looks like English already.")


async def test_an_installed_pair_for_the_language_is_offered(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    for source, target in (("fr", "de"), ("fr", "en"), ("en", "fr")):
        translator.install(f"fake-{source}-{target}", source, target)
    asked = await sent(http, FRENCH)
    assert "French → English French → German Translate all the same" in question(asked.text)
    first, *others = addresses(asked.text)
    assert [first, *others] == [
        *("/translate?pair=fr+en", "/translate?pair=fr+de", "/translate?seems=fr")
    ]
    answer = await sent(http, FRENCH, first)
    assert answer.status_code == 303
    assert (translator.questions[-1].source, translator.questions[-1].target) == ("fr", "en")


async def test_the_question_is_in_the_readers_language(http: httpx.AsyncClient) -> None:
    german = {"Accept": "text/html", "Accept-Language": "de"}
    answer = await http.post("/translate", data=FORM | {"text": FRENCH}, headers=german)
    assert question(answer.text) == (
        "Der Text ist offenbar auf Französisch. Installiert sind: Deutsch → Englisch . "
        "Trotzdem übersetzen"
    )


async def test_who_types_is_asked_in_the_translations_place(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    form = FORM | {"text": FRENCH, "keep": "1"}
    answer = await http.post("/live", data=form, headers=HTMX)
    assert answer.status_code == 409
    assert question(answer.text).startswith("This looks like French.")
    assert "autofocus" not in answer.text
    assert (translator.questions, await service.rows(COUNT)) == ([], [{"n": 0}])
    again = await http.post("/live", data=form | {"seems": "fr"}, headers=HTMX)
    assert again.status_code == 200


async def test_the_page_of_such_a_translation_says_so_and_lets_its_user_type_on(
    http: httpx.AsyncClient,
) -> None:
    where = (await sent(http, FRENCH, "/translate?seems=fr")).headers["Location"]
    page = (await http.get(where)).text
    assert '<input type="hidden" name="seems" value="fr">' in page
    assert "The text seems to be in French." in page
    german = (await sent(http, "Guten Morgen!")).headers["Location"]
    assert "seems" not in (await http.get(german)).text


async def test_a_text_that_an_answer_cannot_hold_is_asked_about_by_htmx_alone(
    http: httpx.AsyncClient,
) -> None:
    text = BOOK * 15
    assert len(text) > 200_000
    assert (await sent(http, text)).status_code == 303
    parts = {"pair": (None, "de en"), "text": (None, text)}
    answer = await http.post("/translate", files=parts, headers=BROWSER | HTMX)
    assert answer.status_code == 409


async def test_a_text_that_arrives_is_asked_about_before_its_end(http: httpx.AsyncClient) -> None:
    head = (
        '--x\r\nContent-Disposition: form-data; name="pair"\r\n\r\nde en\r\n'
        '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    )

    async def parts() -> AsyncIterator[bytes]:
        yield head.encode()
        for _ in range(20):  # more than is waited for, and more than an answer would hold
            yield BOOK.encode()
        await answered.wait()
        yield b"\r\n--x--\r\n"

    answered = asyncio.Event()
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    async with http.stream(
        "POST", "/translate", content=parts(), headers=BROWSER | HTMX | kind
    ) as answer:
        assert answer.status_code == 409
        answered.set()


async def test_a_document_is_asked_about_before_it_is_stored(
    http: httpx.AsyncClient, service: WebService
) -> None:
    files = {"file": ("page.html", PAGE)}
    answer = await http.post("/translate", data=FORM, files=files, headers=BROWSER)
    assert answer.status_code == 409
    assert question(answer.text).startswith("This looks like French.")
    assert "Choose the file again." in answer.text
    assert await service.rows(COUNT) == [{"n": 0}]
    answer = await http.post("/translate?seems=fr", data=FORM, files=files, headers=BROWSER)
    assert answer.status_code == 303
    where = answer.headers["Location"]
    whole = await http.get(f"{where}.json", headers={"Prefer": "wait=20"})
    assert whole.json()["detected_language"]["language"] == "fr"
    assert (await http.get(where)).status_code == 200


async def test_a_program_that_sends_the_form_gets_the_code(http: httpx.AsyncClient) -> None:
    answer = await http.post("/translate", data=FORM | {"text": FRENCH})
    assert answer.status_code == 409
    assert answer.json()["code"] == "wrong_language"
    assert "This looks like French, not German." in answer.json()["error"]


def warning(target: str = FIRST.upper(), source: str = FIRST) -> dict[str, Any]:
    return {"code": "language", "source": source, "target": target, "language": "fr"}


async def test_the_own_api_translates_with_the_language_and_a_warning(
    http: httpx.AsyncClient,
) -> None:
    answer = (await http.post("/translate", json={"text": FRENCH, "source": "de"})).json()
    assert answer["text"] == translated(FRENCH)
    assert answer["detected_language"]["language"] == "fr"
    assert answer["detected_language"]["confidence"] > 0.9
    assert answer["warnings"] == [warning()]
    again = (await http.get(f"/translations/{answer['id']}.json")).json()
    assert again["detected_language"] == answer["detected_language"]
    assert again["warnings"] == answer["warnings"]


async def test_a_long_text_has_its_language_before_it_is_translated(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    with translator.holding():
        answer = await http.post(
            "/translate", json={"text": BOOK}, headers={"Prefer": "respond-async"}
        )
        assert answer.status_code == 202
        assert answer.json()["detected_language"]["language"] == "fr"
        assert [each["code"] for each in answer.json()["warnings"]] == ["language"]
    where = f"/translations/{answer.json()['id']}.json"
    whole = (await http.get(where, headers={"Prefer": "wait=20"})).json()
    assert whole["text"] == translated(BOOK)
    assert whole["warnings"] == [warning()]


async def test_a_german_text_has_its_language_without_a_warning(http: httpx.AsyncClient) -> None:
    text = "Der Zug nach Hamburg fährt heute leider erst um halb neun ab."
    answer = (await http.post("/translate", json={"text": text})).json()
    assert answer["detected_language"]["language"] == "de"
    assert answer["warnings"] == []
    short = (await http.post("/translate", json={"text": "Hallo Tom"})).json()
    assert "detected_language" not in short


@pytest.mark.parametrize("text", [FRENCH, BOOK])
async def test_plain_text_has_the_warning_in_its_head(http: httpx.AsyncClient, text: str) -> None:
    plain = {"Content-Type": "text/plain"}
    answer = await http.post("/translate", content=text, headers=plain)
    assert answer.text == translated(text)
    assert answer.headers["Warning"] == '199 - "the text seems to be in another language: fr"'
    german = await http.post("/translate", content="Guten Morgen!", headers=plain)
    assert "Warning" not in german.headers


async def test_libretranslate_and_deepl_warn_of_a_source_that_was_named(
    http: httpx.AsyncClient,
) -> None:
    wanted = {"source": "de", "target": "en", "q": [FRENCH, "Ja.", BOOK]}
    theirs = (await http.post("/translate", json=wanted)).json()
    assert theirs["translatedText"] == [translated(FRENCH), "JA.", translated(BOOK)]
    assert theirs["warnings"] == [[warning()], [], [warning()]]
    named = {"text": [FRENCH, "Ja."], "source_lang": "DE", "target_lang": "EN-GB"}
    first, second = (await http.post("/v2/translate", json=named)).json()["translations"]
    assert first["warnings"] == [warning()]
    assert "warnings" not in second


async def test_a_language_that_is_found_out_is_as_it_was(http: httpx.AsyncClient) -> None:
    english = {"source": "auto", "target": "en", "q": ENGLISH}
    answer = (await http.post("/translate", json=english)).json()
    assert answer["translatedText"] == ENGLISH
    assert "warnings" not in answer
    answer = (await http.post("/translate", json=english | {"q": FRENCH})).json()
    assert answer == {"error": "fr is not supported"}


async def test_documents_of_other_interfaces_are_warned_of_when_they_are_sent(
    http: httpx.AsyncClient,
) -> None:
    files = {"file": ("page.html", PAGE)}
    named = {"source": "de", "target": "en"}
    answer = (await http.post("/translate_file", data=named, files=files)).json()
    assert answer["warnings"] == [warning("", "")]
    named = {"source_lang": "DE", "target_lang": "EN-GB"}
    answer = (await http.post("/v2/document", data=named, files=files)).json()
    assert answer["warnings"] == [warning("", "")]
    german = {"file": ("page.html", b"<p>Guten Morgen!</p>")}
    assert "warnings" not in (await http.post("/v2/document", data=named, files=german)).json()
