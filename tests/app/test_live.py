"""Live requests: the page asks while its user types, and stores nothing until it says so."""

import asyncio
import html
import re

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService

TEXT = "Guten Morgen! Das ist vielleicht gut."
COUNT = "SELECT COUNT(*) AS n FROM translations"


async def live(http: httpx.AsyncClient, text: str, **fields: str) -> httpx.Response:
    headers = {"HX-Request": "true"}
    form = {"pair": "de en", "text": text} | fields
    return await http.post("/live", data=form, headers=headers)


def seen(answer: httpx.Response) -> str:
    """Text of a part of a page, as it is read."""
    return html.unescape(re.sub("<[^>]*>", "", answer.text)).strip()


async def test_nothing_is_stored_of_what_is_typed(
    http: httpx.AsyncClient, service: WebService
) -> None:
    answer = await live(http, TEXT)
    assert answer.status_code == 200
    assert seen(answer) == "GUTEN MORGEN! DAS IST VIELLEICHT GUT."
    assert "HX-Replace-Url" not in answer.headers
    assert await service.rows(COUNT) == [{"n": 0}]


async def test_each_sentence_has_its_source_and_says_when_it_is_unsure(
    http: httpx.AsyncClient,
) -> None:
    answer = await live(http, TEXT)
    found = re.findall(
        r'<span class="(sentence[^"]*)" data-sentence="([\d-]+)".*? data-source="([^"]*)"',
        answer.text,
    )
    assert found == [
        ("sentence", "0-0", "Guten Morgen!"),
        ("sentence unsure", "0-1", "Das ist vielleicht gut."),
    ]


async def test_white_space_and_markup_stay_as_they_are(http: httpx.AsyncClient) -> None:
    answer = await live(http, "  <b>Hallo</b> & du\n\nEnde")
    assert "&lt;B&gt;HALLO&lt;/B&gt; &amp; DU</span>\n\n<span" in answer.text


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("", 400, "There is no text to translate"),
        (" \n", 400, "There is no text to translate"),
        ("a" * 5001, 400, "Over 5,000 characters a text is translated by the button"),
        ("a" * 80_000, 413, "The form is over"),
        ("Hallo\x00", 400, "NUL"),
    ],
)
async def test_what_is_not_short_is_refused_in_the_translations_place(
    http: httpx.AsyncClient, translator: FakeTranslator, text: str, status: int, said: str
) -> None:
    answer = await live(http, text)
    assert answer.status_code == status
    assert said in seen(answer)
    assert answer.text.startswith('<span class="hint"')
    assert translator.questions == []


async def test_a_translator_that_is_away_is_said_in_the_translations_place(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    translator.away = True
    answer = await live(http, TEXT)
    assert answer.status_code == 503
    assert seen(answer).startswith("The translator does not answer just now.")
    assert answer.text.startswith('<span class="hint"')


@pytest.mark.parametrize("quality", ["best", "fast"])
async def test_what_is_typed_is_a_draft_until_the_pause(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator, quality: str
) -> None:
    await live(http, TEXT, quality=quality)
    kept = await live(http, TEXT, quality=quality, keep="1")
    number = kept.headers["HX-Replace-Url"].rpartition("/")[2]
    await live(http, f"{TEXT} Ja.", quality=quality, draft=number)
    await live(http, f"{TEXT} Ja.", quality=quality, draft=number, keep="1")
    assert [each.quality for each in translator.questions] == ["draft", quality] * 2
    rows = await service.rows("SELECT quality FROM translations")
    assert rows == [{"quality": None if quality == "best" else quality}]


async def test_what_is_kept_is_not_decoded_greedily_again(
    service: WebService, translator: FakeTranslator
) -> None:
    translator.install("fake-en-de", "en", "de")
    async with service.started() as http:
        kept = await live(http, f"{TEXT} Er verliert.", keep="1")
        number = kept.headers["HX-Replace-Url"].rpartition("/")[2]
        await live(http, f"{TEXT} Er verliert. Ja.", draft=number)
        # Nothing that is doubtful, and nothing of other languages.
        assert set(translator.questions[-1].known) == {"Guten Morgen!", "Das ist vielleicht gut."}
        await live(http, f"{TEXT} Ja.", draft=number, pair="en de")
        assert translator.questions[-1].known == {}


@pytest.mark.parametrize("path", ["/live", "/alternatives"])
async def test_a_question_that_is_given_up_takes_its_work_along(
    http: httpx.AsyncClient, translator: FakeTranslator, path: str
) -> None:
    fields = {"pair": "de en", "text": TEXT, "source": TEXT}
    with translator.holding():
        asking = asyncio.create_task(http.post(path, data=fields))
        await translator.asked(1)
        asking.cancel()
        await translator.until(lambda: translator.given_up == 1)
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_other_translations_of_a_sentence(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    fields = {"pair": "de en", "source": "Guten Morgen!", "shown": "GUTEN MORGEN! (2)"}
    answer = await http.post("/alternatives", data=fields)
    assert re.findall('data-choice="([^"]*)"', answer.text) == [
        "GUTEN MORGEN!",
        *(f"GUTEN MORGEN! ({number})" for number in (1, 3, 4, 5)),
    ]
    (question,) = translator.questions
    assert (question.alternatives, question.sentences) == (5, False)
    assert await service.rows(COUNT) == [{"n": 0}]


async def test_typing_counts_neither_for_the_rate_nor_for_the_budget(service: WebService) -> None:
    key = service.add_key("anna", rate=3, budget=1000)
    headers = {"Authorization": f"Bearer {key}"}
    async with service.started() as http:
        http.headers.update(headers)
        for _ in range(5):
            assert (await live(http, TEXT)).status_code == 200
        assert await service.spent("anna") == 0
        assert (await live(http, TEXT, keep="1")).headers["HX-Replace-Url"]
        assert await service.spent("anna") == len(TEXT)
        assert [(await http.get("/status")).status_code for _ in range(4)] == [200, 200, 200, 429]
