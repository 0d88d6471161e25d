"""Long texts as jobs: what fails for a while, what fails for good, and who takes what."""

import httpx
import pytest

from tests.support.fakes import FakeTranslator, translated
from tests.support.web_service import INNER_URL, WebService, figure

ASYNC = {"Prefer": "respond-async"}
WAIT = {"Prefer": "wait=20"}
PASSAGE = "Ein Absatz, der für sich steht. Er hat zwei Sätze.\n\n"


def passages(number: int, mark: str = "") -> str:
    """A text of a short passage and so many long ones, with a mark in the second."""
    long = "".join("Wort " * 960 + f"Ende {each}.\n\n" for each in range(number))
    return PASSAGE * 4 + long.replace("Ende 0.", f"Ende 0. {mark}" if mark else "Ende 0.")


async def begun(http: httpx.AsyncClient, text: str) -> str:
    """The address of a text that is taken in."""
    answer = await http.post("/translate", json={"text": text}, headers=ASYNC)
    assert answer.status_code == 202, answer.text
    return str(answer.headers["Content-Location"])


async def test_it_goes_on_when_the_translator_is_back(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    assert (await http.get("/health")).json() == {"status": "ok"}  # the models are known
    translator.away = True
    where = await begun(http, passages(2))
    assert (await http.get("/health")).json() == {
        "status": "degraded",
        "translator": "away",
        "database": "ok",
    }
    translator.away = False
    done = (await http.get(f"{where}.json", headers=WAIT)).json()
    assert (done["status"], done["text"]) == ("done", translated(passages(2)))
    rows = await service.rows("SELECT attempts, status FROM passages")
    assert rows == [{"attempts": 0, "status": "done"}] * done["passages"]


async def test_an_answer_that_breaks_off_is_asked_for_again(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    text = "Das ist ein Bruch. Hier geht es weiter.\n\n" + passages(2)
    translator.broken = "Bruch"
    said = ""
    async with http.stream("PUT", "/translate", content=text.encode()) as answer:
        async for part in answer.aiter_text():
            said += part
            translator.broken = ""
    assert said == translated(text)
    assert len([each for each in translator.questions if "Bruch" in each.text]) == 2
    rows = await service.rows("SELECT source, target FROM passages ORDER BY seq")
    assert "".join(row["target"] for row in rows) == translated(text)


async def test_a_passage_that_fails_three_times_does_not_stop_the_rest(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    translator.refused = "verboten"
    text = passages(3, mark="Das ist verboten.")
    where = await begun(http, text)
    failed = (await http.get(f"{where}.json", headers=WAIT)).json()
    assert (failed["status"], failed["passages_done"]) == ("done", failed["passages"])
    rows = await service.rows("SELECT source, target, attempts, status FROM passages ORDER BY seq")
    (bad,) = [row for row in rows if row["status"] == "failed"]
    assert (bad["attempts"], bad["target"]) == (3, None)
    assert {row["status"] for row in rows if row is not bad} == {"done"}
    assert failed["text"] == "".join(row["target"] or row["source"] for row in rows)
    assert (
        "1 of them could not be translated and stands as its source."
        in (await http.get(where)).text
    )

    translator.refused = ""
    assert (await http.post(f"{where}/retry")).status_code == 303
    done = (await http.get(f"{where}.json", headers=WAIT)).json()
    assert (done["status"], done["text"]) == ("done", translated(text))
    assert "could not be translated" not in (await http.get(where)).text


async def test_what_the_translator_never_answers_is_its_fault_and_not_the_passages(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(translator_seconds=0.05) as http:
        with translator.holding():
            where = await begun(http, passages(1))
            await translator.until(lambda: translator.given_up > 0)
        done = (await http.get(f"{where}.json", headers=WAIT)).json()
    assert (done["status"], done["text"]) == ("done", translated(passages(1)))
    rows = await service.rows("SELECT DISTINCT attempts FROM passages")
    assert rows == [{"attempts": 0}]


async def test_a_cancelled_text_keeps_what_is_done_and_frees_its_workers(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    text = passages(9)
    with translator.holding():
        where = await begun(http, text)
        await translator.asked(4)
        cancelled = await http.post(f"{where}/cancel")
        assert (cancelled.status_code, cancelled.headers["Location"]) == (303, where)
        await translator.until(lambda: translator.given_up == 4)
        state = (await http.get(f"{where}.json")).json()
        assert (state["status"], state["text"]) == ("cancelled", text)
        second = await begun(http, PASSAGE + text)
        await translator.asked(8)  # the workers are free for it
    done = (await http.get(f"{second}.json", headers=WAIT)).json()
    assert done["status"] == "done"
    assert (await http.get(f"{where}.json")).json()["passages_done"] == 0


async def test_no_more_passages_are_held_than_there_are_workers(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(workers=2) as http:
        with translator.holding():
            await begun(http, passages(9))
            await translator.asked(2)
            text = (await http.get(f"{INNER_URL}/metrics")).text
            assert figure(text, "web_jobs_held") == figure(text, "web_jobs_limit") == 2
            assert figure(text, "web_queue_open_passages") == 10
        assert len(translator.questions) == 2


async def test_a_page_does_not_wait_for_the_end_of_an_older_book(
    service: WebService, translator: FakeTranslator
) -> None:
    async with service.started(workers=1) as http:
        with translator.holding():
            old = await begun(http, passages(30))
            new = await begun(http, passages(3))
        done = (await http.get(f"{new}.json", headers=WAIT)).json()
        assert done["status"] == "done"
        assert (await http.get(f"{old}.json")).json()["status"] == "running"
        await http.post(f"{old}/cancel")


async def test_two_replicas_share_a_book(service: WebService, translator: FakeTranslator) -> None:
    text = passages(9)
    async with service.started(workers=2) as one, service.started(workers=2) as other:
        with translator.holding():
            where = await begun(one, text)
            await translator.asked(4)  # two of each
        # Handed in at one, asked for at the other.
        done = (await other.get(f"{where}.json", headers=WAIT)).json()
    assert (done["status"], done["text"]) == ("done", translated(text))
    workers = await service.rows("SELECT claimed_by, COUNT(*) AS n FROM passages GROUP BY 1")
    assert len(workers) == 2
    assert all(row["n"] > 1 for row in workers)
    assert sorted({each.text for each in translator.questions}) == sorted(
        each.text for each in translator.questions
    )  # and none was translated twice


async def test_what_a_replica_had_in_work_is_done_by_the_next(
    service: WebService, translator: FakeTranslator
) -> None:
    text = passages(5)
    with translator.holding():
        async with service.started() as http:
            where = await begun(http, text)
            await translator.asked(4)
        left = "SELECT claimed_by FROM passages WHERE claimed_until > UTC_TIMESTAMP(3)"
        assert len(await service.rows(left)) == 4
    # As if its leases had run out since.
    await service.rows("UPDATE passages SET claimed_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND")
    async with service.started() as http:
        done = (await http.get(f"{where}.json", headers=WAIT)).json()
    assert (done["status"], done["text"]) == ("done", translated(text))


async def test_a_lease_that_lasts_is_anothers(
    service: WebService, translator: FakeTranslator
) -> None:
    with translator.holding():
        async with service.started() as http:
            where = await begun(http, passages(1))
            await translator.asked(2)
    asked = len(translator.questions)
    async with service.started() as http:
        answer = (await http.get(f"{where}.json", headers={"Prefer": "wait=1"})).json()
    assert (answer["status"], answer["passages_done"]) == ("running", 0)
    assert len(translator.questions) == asked


@pytest.mark.parametrize("action", ["cancel", "retry"])
async def test_what_is_not_there_can_be_neither_stopped_nor_tried_again(
    http: httpx.AsyncClient, action: str
) -> None:
    assert (await http.post(f"/translations/1{'0' * 12}/{action}")).status_code == 404


async def test_of_a_book_nobody_waits_for_more_than_its_first_passage(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await http.post("/translate", json={"text": "Hallo."})
    await http.post("/translate", json={"q": "Hallo.", "source": "de", "target": "en"})
    where = await begun(http, passages(3))
    await http.get(f"{where}.json", headers=WAIT)
    short, shared, first, *others = translator.questions
    assert not any(each.background for each in (short, shared, first))
    assert len(others) == 3
    assert all(each.background for each in others)


async def test_a_text_of_5000_characters_is_no_job(
    http: httpx.AsyncClient, service: WebService, translator: FakeTranslator
) -> None:
    text = ("Wort " * 1000).strip() + "."
    assert len(text) == 5000
    answer = await http.post("/translate", json={"q": text, "source": "de", "target": "en"})
    assert answer.json()["translatedText"] == translated(text)
    assert [each.background for each in translator.questions] == [False]
    assert await service.rows("SELECT id FROM translations") == []
