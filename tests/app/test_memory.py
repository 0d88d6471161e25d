"""The translation memory: exact matches take the model's place, for their owner alone."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.support.database import Database
from tests.support.fakes import FakeTranslator
from tests.support.web_service import WebService
from web.database import open_database
from web.memory.entries import NewEntry
from web.memory.normal_form import context_hash
from web.memory.service import Memory, UnknownEntryError
from web.memory.store import MemoryStore
from web.settings import Settings
from web.translator_client.client import TranslatorClient

PAIR = ("de", "en")
NOON = datetime.fromisoformat("2026-03-01T12:00:00")


class Sentences(TranslatorClient):
    """A translator's client that cuts texts at line breaks, and can do nothing else."""

    def __init__(self) -> None:
        pass

    async def segments(
        self,
        texts: Sequence[str],
        source: str,  # noqa: ARG002
        target: str,  # noqa: ARG002
        *,
        sentences: bool = True,  # noqa: ARG002
    ) -> list[list[str]]:
        return [text.split("\n") for text in texts]


@pytest.fixture
async def store(database: Database) -> AsyncIterator[MemoryStore]:
    settings = Settings(
        db_socket=database.address,
        db_user_file=database.secrets_dir / "db_user",
        db_password_file=database.secrets_dir / "db_password",
    )
    async with open_database(settings) as opened:
        yield MemoryStore(opened)


@pytest.fixture
async def memory(store: MemoryStore) -> Memory:
    made = Memory(store, Sentences())
    await made.begin()
    return made


async def known(memory: Memory, text: str, owner: str = "") -> dict[str, str]:
    return {each.source: each.target for each in await memory.known(owner, PAIR, [text])}


async def test_the_same_sentence_has_its_target_white_space_and_figures_apart(
    memory: Memory,
) -> None:
    await memory.remember("", PAIR, "Die  Frist ist 14 Tage.", "The period is 14 days.")
    assert await known(memory, "Die Frist ist 30\u00a0Tage.\nEine Frist ist 14 Tage.") == {
        "Die Frist ist 30\u00a0Tage.": "The period is 30 days."
    }


async def test_the_day_of_its_last_use_is_noted(memory: Memory, database: Database) -> None:
    await memory.remember("", PAIR, "Eins.", "one")
    await memory.remember("", PAIR, "Zwei.", "two")
    await known(memory, "Zwei.")
    await memory.note_used()
    rows = database.query("SELECT target, used_on = UTC_DATE() AS today FROM memory_entries")
    assert [(row["target"], row["today"]) for row in rows] == [("one", None), ("two", 1)]


async def test_an_owner_sees_his_own_entries_and_shared_ones(memory: Memory) -> None:
    await memory.remember("anna", PAIR, "Hallo.", "Hi.")
    await memory.add("team", PAIR, [NewEntry("Tschüss.", "See you.")], shared=True)
    await memory.add("team", PAIR, [NewEntry("Geheim.", "Secret.")])
    text = "Hallo.\nTschüss.\nGeheim."
    assert await known(memory, text, "anna") == {"Hallo.": "Hi.", "Tschüss.": "See you."}
    assert await known(memory, text, "ben") == {"Tschüss.": "See you."}
    assert await known(memory, text, "team") == {"Tschüss.": "See you.", "Geheim.": "Secret."}
    assert await memory.known(None, PAIR, [text]) == []
    assert await memory.known("anna", ("en", "de"), [text]) == []
    for owner, seen in (("anna", {"Hi."}), ("ben", set()), ("team", {"Secret."})):
        found = set()
        for source in ("Hallo.", "Geheim."):
            found |= {each.target for each in await memory.suggestions(owner, PAIR, source)}
        assert found == seen
    anna = await memory.version("anna", PAIR)
    assert (anna, await memory.version("ben", PAIR)) == (3, 2)


async def test_of_several_the_newest_in_the_same_context_then_the_newest(memory: Memory) -> None:
    before, after = context_hash(PAIR, "Eins."), context_hash(PAIR, "Drei.")
    entries = [
        NewEntry("Zwei.", "two in context", before, after, made_at=NOON),
        NewEntry("Zwei.", "two in context, newer", before, after, made_at=NOON + timedelta(1)),
        NewEntry("Zwei.", "two after one", before, 7, made_at=NOON + timedelta(3)),
        NewEntry("Zwei.", "two", made_at=NOON + timedelta(2)),
    ]
    await memory.add("", PAIR, entries)
    assert (await known(memory, "Eins.\nZwei.\nDrei."))["Zwei."] == "two in context, newer"
    assert (await known(memory, "Eins.\nZwei."))["Zwei."] == "two after one"
    assert (await known(memory, "Zwei."))["Zwei."] == "two"  # the beginning is a context, too


async def test_an_entry_that_comes_again_is_not_doubled_and_is_as_new(
    memory: Memory, store: MemoryStore
) -> None:
    for target, day in (("one", 0), ("two", 1), ("one", 2)):
        entry = NewEntry("Eins.", target, made_at=NOON + timedelta(day))
        await memory.add("", PAIR, [entry, entry])
    assert await known(memory, "Eins.") == {"Eins.": "one"}
    (facts,) = await store.memories("")
    assert (facts.entries, facts.shared, facts.version) == (2, 0, 3)
    # What changes nothing makes no new version, and a file without dates no entry newer.
    await memory.add("", PAIR, [NewEntry("Eins.", "two", made_at=NOON)])
    await memory.add("", PAIR, [NewEntry("Eins.", "two", origin="tmx")])
    assert (await store.memories(""))[0].version == 3
    await memory.add("", PAIR, [NewEntry("Eins.", "two")], shared=True)
    (facts,) = await store.memories("")
    assert (facts.entries, facts.shared, facts.version) == (2, 1, 4)
    assert await known(memory, "Eins.") == {"Eins.": "two"}


async def test_a_deleted_entry_is_not_used_and_comes_back(
    memory: Memory, store: MemoryStore, database: Database
) -> None:
    await memory.add("anna", PAIR, [NewEntry("Hallo Welt.", "Hi.")], shared=True)
    entry_id = database.query("SELECT id FROM memory_entries")[0]["id"]
    for owner, number in (("ben", entry_id), ("anna", entry_id + 1)):
        with pytest.raises(UnknownEntryError):
            await memory.forget(owner, number)
    await memory.forget("anna", entry_id)
    assert await known(memory, "Hallo Welt.", "anna") == {}
    assert await memory.suggestions("anna", PAIR, "Hallo Welt!") == []
    with pytest.raises(UnknownEntryError):
        await memory.forget("anna", entry_id)
    await memory.restore("anna", entry_id)
    assert await known(memory, "Hallo Welt.", "ben") == {"Hallo Welt.": "Hi."}
    assert (await store.memories("anna"))[0].shared == 1
    await memory.forget("anna", entry_id)
    assert await store.purge() == 0
    database.query("UPDATE memory_entries SET deleted_at = deleted_at - INTERVAL 25 HOUR")
    assert await store.purge() == 1
    assert database.query("SELECT * FROM memory_features") == []
    with pytest.raises(UnknownEntryError):
        await memory.restore("anna", entry_id)


async def test_the_switch_keeps_corrections_out_and_nothing_else(memory: Memory) -> None:
    await memory.switch("", PAIR, remember=False)
    await memory.remember("", PAIR, "Eins.", "one")
    await memory.remember("", PAIR, "Zwei.", "two", origin="api")
    assert await known(memory, "Eins.\nZwei.") == {"Zwei.": "two"}
    await memory.switch("", PAIR, remember=True)
    await memory.remember("", PAIR, "Eins.", "one")
    assert await known(memory, "Eins.") == {"Eins.": "one"}


@pytest.mark.parametrize("sides", [(" ", "a"), ("a", "\n"), ("a" * 10_001, "a")])
async def test_nothing_blank_or_too_long_is_remembered(
    memory: Memory, store: MemoryStore, sides: tuple[str, str]
) -> None:
    await memory.remember("", PAIR, *sides)
    assert await store.memories() == []


async def test_similar_sentences_are_suggested_the_most_similar_first(memory: Memory) -> None:
    sources = [
        "Der Mieter zahlt die Kosten der Reinigung.",
        "Der Mieter zahlt die Kosten der Renovierung.",
        "Der Mieter trägt die Kosten einer Reinigung.",
        "Das Wetter wird morgen besser.",
    ]
    for each in sources:
        await memory.remember("", PAIR, each, each.upper())
    found = await memory.suggestions("", PAIR, "Der Mieter zahlt die Kosten der Reparatur.", 9)
    assert [each.source for each in found] == [sources[1], sources[0], sources[2]]
    assert all(70 <= each.percentage < 100 for each in found)
    (first, *_) = await memory.suggestions("", PAIR, sources[0])
    assert (first.target, first.percentage) == (sources[0].upper(), 100)


async def test_an_entry_with_other_figures_is_suggested_as_it_fits_and_not_as_it_is(
    memory: Memory,
) -> None:
    await memory.remember("", PAIR, "Wir haben 3 Zimmer frei.", "We have 3 free rooms.")
    (found,) = await memory.suggestions("", PAIR, "Wir haben 7 Zimmer frei.")
    assert (found.target, found.percentage) == ("We have 7 free rooms.", 100)


async def test_a_shared_entry_is_found_by_its_likeness_after_it_was_private(
    memory: Memory,
) -> None:
    entry = NewEntry("Die Lieferung erfolgt frei Haus.", "Delivery is free.")
    await memory.add("anna", PAIR, [entry])
    assert await memory.suggestions("ben", PAIR, "Die Lieferung erfolgt bald.") == []
    await memory.add("anna", PAIR, [entry], shared=True)
    asked = "Die Lieferung erfolgt frei Hof."
    for owner in ("anna", "ben"):
        (found,) = await memory.suggestions(owner, PAIR, asked)
        assert found.target == "Delivery is free."


async def add(service: WebService, *pairs: tuple[str, str], owner: str = "") -> None:
    """Entries as another program adds them."""
    async with _store(service) as store:
        await store.add(owner, PAIR, [NewEntry(*pair) for pair in pairs])


@asynccontextmanager
async def _store(service: WebService) -> AsyncIterator[MemoryStore]:
    secrets = service.database.secrets_dir
    settings = Settings(
        db_socket=service.database.address,
        db_user_file=secrets / "db_user",
        db_password_file=secrets / "db_password",
    )
    async with open_database(settings) as opened:
        yield MemoryStore(opened)


TEXT = "Der Hund bellt. Die Katze schläft."


@pytest.fixture
async def remembering(service: WebService) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service whose memory has one of TEXT's sentences."""
    await add(service, ("Der Hund bellt.", "The hound barks."))
    async with service.started() as client:
        yield client


async def test_a_short_text_takes_what_the_memory_has(
    remembering: httpx.AsyncClient, translator: FakeTranslator, service: WebService
) -> None:
    answer = await remembering.post("/translate", json={"text": TEXT})
    assert answer.json()["text"] == "The hound barks. DIE KATZE SCHLÄFT."
    assert list(translator.questions[-1].known) == ["Der Hund bellt."]
    (row,) = await service.rows("SELECT score FROM passages")
    assert row["score"] == pytest.approx(0.9)  # the model's alone
    answer = await remembering.post("/translate", json={"text": TEXT, "memory": False})
    assert answer.json()["text"] == "DER HUND BELLT. DIE KATZE SCHLÄFT."
    refused = await remembering.post("/translate", json={"text": TEXT, "memory": "maybe"})
    assert refused.status_code == 400


async def test_without_a_memory_nobody_is_asked_for_segments(
    http: httpx.AsyncClient, translator: FakeTranslator
) -> None:
    await http.post("/translate", json={"text": TEXT})
    assert (translator.segmented, translator.questions[-1].known) == (0, {})


async def test_a_long_text_takes_what_the_memory_has(
    remembering: httpx.AsyncClient, translator: FakeTranslator, service: WebService
) -> None:
    text = "\n\n".join([TEXT] * 400)
    answer = (await remembering.post("/translate", json={"text": text})).json()
    assert answer["status"] == "done"
    assert answer["text"].count("The hound barks.") == 400
    rows = await service.rows("SELECT memory_owner FROM translations")
    assert [row["memory_owner"] for row in rows] == [""]
    whole = {"text": text, "memory": False}
    answer = (await remembering.post("/translate", json=whole)).json()
    assert "The hound" not in answer["text"]
    assert all("Der Hund bellt." not in each.known for each in translator.questions[-3:])


async def test_a_document_and_a_list_take_what_the_memory_has(
    remembering: httpx.AsyncClient,
) -> None:
    answer = await remembering.post(
        "/translate", json={"q": [TEXT, "Nein."], "source": "de", "target": "en"}
    )
    assert answer.json()["translatedText"] == ["The hound barks. DIE KATZE SCHLÄFT.", "NEIN."]
    files = {"file": ("hund.md", b"# Hund\n\nDer Hund bellt. Ja.\n")}
    data = {"source": "de", "target": "en"}
    answer = await remembering.post("/translate_file", data=data, files=files)
    document = await remembering.get(answer.json()["translatedFileUrl"])
    assert document.text == "# HUND\n\nThe hound barks. JA.\n"


async def test_a_draft_takes_what_the_memory_has_and_marks_it(
    remembering: httpx.AsyncClient,
) -> None:
    for keep in ({}, {"keep": "1"}):
        page = await remembering.post("/live", data={"text": TEXT, "pair": "de en", **keep})
        assert "The hound barks." in page.text
        assert page.text.count('data-mark="from memory"') == 1


async def test_a_text_is_translated_while_the_database_is_away(
    remembering: httpx.AsyncClient, service: WebService
) -> None:
    await remembering.post("/translate", json={"text": TEXT})
    with service.database.away():
        answer = await remembering.post("/translate", json={"text": TEXT})
    assert answer.json()["text"] == "DER HUND BELLT. DIE KATZE SCHLÄFT."


async def test_a_key_has_its_own_memory(service: WebService) -> None:
    await add(service, ("Der Hund bellt.", "The hound barks."), owner="anna")
    keys = {name: service.add_key(name) for name in ("anna", "ben")}
    async with service.started() as http:
        texts: dict[str, Any] = {}
        for name, key in keys.items():
            headers = {"Authorization": f"Bearer {key}"}
            answer = await http.post("/translate", json={"text": TEXT}, headers=headers)
            texts[name] = answer.json()["text"].partition(".")[0]
    assert texts == {"anna": "The hound barks", "ben": "DER HUND BELLT"}


async def test_a_correction_that_was_taken_back_is_forgotten(
    memory: Memory, store: MemoryStore
) -> None:
    await memory.remember("", PAIR, "Eins.", "one")
    await memory.remember("", PAIR, "Eins.", "one", "Null.")
    await memory.remember("", PAIR, "Eins.", "One")
    await memory.remember("", PAIR, "Eins.", "one", origin="api")
    await memory.remember("anna", PAIR, "Eins.", "one")
    version = await memory.version("", PAIR)
    await memory.take_back("", PAIR, "Zwei.", "one")
    assert await memory.version("", PAIR) == version
    await memory.take_back("", PAIR, "Eins.", "one")
    entries = {each.owner: each.entries for each in await store.memories()}
    assert entries == {"": 1, "anna": 1}
    assert await known(memory, "Eins.") == {"Eins.": "One"}
