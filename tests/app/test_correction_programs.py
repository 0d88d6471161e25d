"""Corrections by programs, and those that a translation memory is told of."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.correcting import TEXT, stored, text_of
from tests.support.web_service import WebService
from web.database import open_database
from web.errors import StoreUnavailableError
from web.settings import Settings
from web.translation.correction_store import CorrectionStore
from web.translation.corrections import Corrections


async def test_a_program_corrects_and_undoes(
    service: WebService,
) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        http.headers["Authorization"] = f"Bearer {key}"
        address = await stored(http, TEXT)
        passage = (await http.get(f"{address}/passages/0.json")).json()
        assert (passage["seq"], passage["status"]) == (0, "done")
        assert passage["sentences"][1] == {
            "number": 1,
            "source": "Ja.",
            "target": "JA.",
            "separator": " ",
            "corrected": False,
        }
        path = f"{address}/passages/0/sentences/1"
        body: dict[str, Any] = {"target": "Yes.", "source": "Ja.", "seen": "JA."}
        made = (await http.patch(path, json=body)).json()
        assert made["sentence"]["corrected"]
        assert (made["equal"], made["equal_correction"], made["equal_changed"]) == (2, None, 0)
        stale = await http.patch(path, json=body | {"target": "Yeah."})
        assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
        all_of_them = await http.patch(path, json={"target": "Sure.", "equal": True})
        assert all_of_them.json()["equal_changed"] == 2
        assert await text_of(http, address) == "GUTEN MORGEN! Sure. WIR GEHEN. Sure. Sure."
        listed = (await http.get(f"{address}/corrections.json")).json()["corrections"]
        assert [(each["after"], each["sentences"], each["by"]) for each in listed] == [
            ("Sure.", 2, "anna"),
            ("Sure.", 1, "anna"),
            ("Yes.", 1, "anna"),
        ]
        for each in listed:
            undone = await http.delete(f"{address}/corrections/{each['id']}")
            assert undone.json() == {"undone": each["sentences"], "left": 0}
        assert await text_of(http, address) == TEXT.upper()
        rows = await service.rows("SELECT undone_by FROM corrections")
        assert [row["undone_by"] for row in rows] == ["anna"] * 4


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"target": 1}, 400),
        ({"target": "Yes.", "seen": 1}, 400),
        ({"target": "Yes.", "equal": "yes"}, 400),
        ({"target": "<x1>Yes.</x1>"}, 400),
        ({"target": "x" * 400_000}, 413),
    ],
)
async def test_a_wrong_question_changes_nothing(
    http: httpx.AsyncClient, body: dict[str, Any], status: int
) -> None:
    address = await stored(http, TEXT)
    answer = await http.patch(f"{address}/passages/0/sentences/1", json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "code"}
    assert await text_of(http, address) == TEXT.upper()


async def test_it_is_told_with_its_context_once(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, TEXT)
    number = int(address.rpartition("/")[2])
    told: list[tuple[Any, ...]] = []

    async def remember(*said: Any, **_: Any) -> None:
        await asyncio.sleep(0)
        told.append(said)

    async def forget(*said: Any, **_: Any) -> None:
        await asyncio.sleep(0)
        told.append(("forget", *said))

    async with open_database(settings_of(service)) as database:
        corrections = Corrections(CorrectionStore(database), remember, forget)
        made = await corrections.correct(number, 0, 1, "Yes.", "anna")
        assert told == [("anna", ("de", "en"), "Ja.", "Yes.", "Guten Morgen!", "Wir gehen.")]
        assert made.step is not None
        equal = await corrections.correct_equal(number, made.step, "anna")
        assert equal.step is not None
        await corrections.undo(number, equal.step, "berta")
        assert len(told) == 1  # the first one stands
        await corrections.undo(number, made.step, "berta")
        assert told[1:] == [("forget", "anna", ("de", "en"), "Ja.", "Yes.")]


async def test_it_is_forgotten_when_no_other_translation_has_it(
    http: httpx.AsyncClient, service: WebService
) -> None:
    numbers = [int((await stored(http, TEXT)).rpartition("/")[2]) for _ in range(3)]
    forgotten: list[tuple[Any, ...]] = []

    async def forget(*said: Any, **_: Any) -> None:
        await asyncio.sleep(0)
        forgotten.append(said)

    async with open_database(settings_of(service)) as database:
        corrections = Corrections(CorrectionStore(database), forget=forget)
        steps = [
            (await corrections.correct(number, 0, 1, "Yes.", by)).step
            for number, by in zip(numbers, ("anna", "anna", "berta"), strict=True)
        ]
        for number, step in list(zip(numbers, steps, strict=True))[:2]:
            assert step is not None
            assert not forgotten  # the other one of hers stands
            await corrections.undo(number, step, "anna")
    assert forgotten == [("anna", ("de", "en"), "Ja.", "Yes.")]


async def test_a_memory_that_is_away_changes_nothing_about_it(
    http: httpx.AsyncClient, service: WebService
) -> None:
    address = await stored(http, TEXT)
    number = int(address.rpartition("/")[2])

    async def away(*_: Any, **__: Any) -> None:
        await asyncio.sleep(0)
        raise StoreUnavailableError("It is away.")

    async with open_database(settings_of(service)) as database:
        corrections = Corrections(CorrectionStore(database), away, away)
        made = await corrections.correct(number, 0, 4, "Yes.", "")
        assert (await text_of(http, address)).endswith("Yes.")
        assert made.step is not None
        await corrections.undo(number, made.step, "")
    assert await text_of(http, address) == TEXT.upper()


def settings_of(service: WebService) -> Settings:
    folder = service.database.secrets_dir
    return Settings(
        db_socket=service.database.address,
        db_user_file=folder / "db_user",
        db_password_file=folder / "db_password",
    )
