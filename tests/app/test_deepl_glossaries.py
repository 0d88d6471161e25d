"""DeepL's glossaries: those of one pair (v2) and of several (v3), and texts translated with one."""

import uuid
from typing import Any

import httpx
import pytest

from tests.support.fakes import FakeTranslator
from tests.support.glossaries import ENTRIES, GLOSSARY, glossary_of, refused, translations
from tests.support.web_service import WebService

DICTIONARY = {"source_lang": "de", "target_lang": "en", "entries": ENTRIES, "entries_format": "tsv"}
REVERSED = {
    "source_lang": "en",
    "target_lang": "de",
    "entries": "lease,Mietvertrag",
    "entries_format": "csv",
}
INVALID = "Invalid glossary entries provided"


async def made_of_several(http: httpx.AsyncClient, *dictionaries: Any) -> dict[str, Any]:
    sent = {"name": "Miete", "dictionaries": dictionaries}
    answer = await http.post("/v3/glossaries", json=sent)
    assert answer.status_code == 201, answer.text
    glossary: dict[str, Any] = answer.json()
    return glossary


async def entries(http: httpx.AsyncClient, glossary_id: str, source: str, target: str) -> str:
    pair = {"source_lang": source, "target_lang": target}
    answer = await http.get(f"/v3/glossaries/{glossary_id}/entries", params=pair)
    assert answer.status_code == 200, answer.text
    (dictionary,) = answer.json()["dictionaries"]
    form = {"source_lang": source.lower(), "target_lang": target.lower(), "entries_format": "tsv"}
    assert {name: dictionary[name] for name in form} == form
    found: str = dictionary["entries"]
    return found


async def test_a_glossary_is_made_listed_read_and_deleted(http: httpx.AsyncClient) -> None:
    glossary = await glossary_of(http)
    address = f"/v2/glossaries/{glossary['glossary_id']}"
    assert glossary == {
        "glossary_id": str(uuid.UUID(glossary["glossary_id"])),
        "name": "Miete",
        "ready": True,
        "source_lang": "de",
        "target_lang": "en",
        "creation_time": glossary["creation_time"],
        "entry_count": 2,
    }
    assert glossary["creation_time"][10] == "T"
    assert glossary["creation_time"].endswith("Z")
    assert (await http.get("/v2/glossaries")).json() == {"glossaries": [glossary]}
    assert (await http.get(address)).json() == glossary
    capitals = f"/v2/glossaries/{glossary['glossary_id'].upper()}"
    assert (await http.get(capitals)).json() == glossary
    accepted: list[dict[str, str]] = [
        {},
        {"Accept": "text/tab-separated-values"},
        {"Accept": "application/json, text/plain, */*"},
    ]
    for headers in accepted:
        answer = await http.get(f"{address}/entries", headers=headers)
        assert answer.text == ENTRIES
        assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    wrong = await http.get(f"{address}/entries", headers={"Accept": "application/json"})
    refused(wrong, 415, "No supported media type specified in Accept header")
    gone = await http.delete(address)
    assert (gone.status_code, gone.content) == (204, b"")
    for answer in (
        await http.get(address),
        await http.get(f"{address}/entries"),
        await http.delete(address),
    ):
        refused(answer, 404, "Glossary not found")
    assert (await http.get("/v2/glossaries")).json() == {"glossaries": []}


async def test_entries_come_as_csv_too_and_in_a_form(http: httpx.AsyncClient) -> None:
    csv = (
        '"Kauf, Miete",purchase and rent,de,en\r\nKaution,"a ""deposit""",DE,EN-US\n'
        "lease,Mietvertrag,en,de\n\nNebenkosten,service charge,de,en\n"
    )
    answer = await http.post(
        "/v2/glossaries", data=GLOSSARY | {"entries": csv, "entries_format": "csv"}
    )
    assert answer.json()["entry_count"] == 3
    found = await http.get(f"/v2/glossaries/{answer.json()['glossary_id']}/entries")
    assert found.text.splitlines() == [
        "Kauf, Miete\tpurchase and rent",
        'Kaution\ta "deposit"',
        "Nebenkosten\tservice charge",
    ]


async def test_terms_that_differ_in_their_capitals_are_two(http: httpx.AsyncClient) -> None:
    glossary = await glossary_of(http, entries="Essen\tEssen\nessen\teat\nKaution\tdeposit")
    assert glossary["entry_count"] == 3
    own = await http.get(f"/v2/glossaries/{glossary['glossary_id']}/entries")
    assert own.text == "Essen\tEssen\nessen\teat\nKaution\tdeposit"


@pytest.mark.parametrize(
    ("change", "message", "detail"),
    [
        ({"name": None}, "Missing or invalid argument: name", ""),
        ({"name": "  "}, "Missing or invalid argument: name", ""),
        ({"name": 7}, "Missing or invalid argument: name", ""),
        ({"source_lang": None}, "Parameter 'source_lang' not specified.", ""),
        ({"target_lang": ""}, "Parameter 'target_lang' not specified.", ""),
        ({"target_lang": 7}, "Value for 'target_lang' not supported.", ""),
        (
            {"target_lang": "FR"},
            "Unsupported glossary source and target language pair",
            "No model for de→fr is installed.",
        ),
        (
            {"source_lang": "EN", "target_lang": "EN-GB"},
            "Unsupported glossary source and target language pair",
            "en→en",
        ),
        ({"entries": None}, "Missing or invalid argument: entries", ""),
        ({"entries": ["a\tb"]}, "Missing or invalid argument: entries", ""),
        ({"entries": "\n \n"}, INVALID, "There is no entry."),
        ({"entries_format": "xlsx"}, "Unsupported entry format specified", ""),
        ({"entries_format": ["csv"]}, "Unsupported entry format specified", ""),
        (
            {"entries": "Miete\trent\nMiete\thire"},
            INVALID,
            "(starting at position 11) duplicates key with the index 0 (starting at position 0)",
        ),
        (
            {"entries": "Miete,rent\n\nMiete,rent", "entries_format": "csv"},
            INVALID,
            "Key with the index 1 (starting at position 12) duplicates key with the index 0",
        ),
        (
            {"entries": "Miete\trent\nKaution"},
            INVALID,
            "Line 2: Key with the index 1 (starting at position 11) misses separator",
        ),
        ({"entries": "Miete\trent\thire"}, INVALID, "Line 1: "),
        ({"entries": "Miete\trent\n\t deposit"}, INVALID, "Line 2: The term is empty."),
        ({"entries": "Miete\t "}, INVALID, "Line 1: The translation is empty."),
        ({"entries": f"\n{'x' * 501}\ty"}, INVALID, "Line 2: The term has 501 characters;"),
        ({"entries": "<b>\tfett"}, INVALID, "Line 1: "),
        ({"entries": "12,5\tzwölf"}, INVALID, "Line 1: "),
        (
            {"entries": 'a,b\nc,"d\n', "entries_format": "csv"},
            INVALID,
            "Line 2: A quotation mark is opened here and never closed.",
        ),
        ({"entries": 'a,"b" c', "entries_format": "csv"}, INVALID, "Line 1: "),
        (
            {"entries": "\n".join(f"Wort{n}\tword{n}" for n in range(10_001))},
            INVALID,
            "10,000 terms",
        ),
    ],
)
async def test_a_wrong_glossary_is_refused_in_its_words_and_nothing_is_stored(
    http: httpx.AsyncClient, change: dict[str, Any], message: str, detail: str
) -> None:
    refused(await http.post("/v2/glossaries", json=GLOSSARY | change), 400, message, detail)
    dictionary = {name: value for name, value in (GLOSSARY | change).items() if name != "name"}
    sent = {"name": (GLOSSARY | change)["name"], "dictionaries": [dictionary]}
    refused(await http.post("/v3/glossaries", json=sent), 400, message, detail)
    assert (await http.get("/v3/glossaries")).json() == {"glossaries": []}


@pytest.mark.parametrize("version", ["v2", "v3"])
async def test_an_id_that_is_none_or_of_nothing(http: httpx.AsyncClient, version: str) -> None:
    await glossary_of(http)
    for unknown, status, message in (
        ("Miete", 400, "Invalid or missing glossary id"),
        ("1", 400, "Invalid or missing glossary id"),
        (str(uuid.uuid4()), 404, "Glossary not found"),
    ):
        address = f"/{version}/glossaries/{unknown}"
        pair = {"source_lang": "DE", "target_lang": "EN"}
        answers = [
            await http.get(address),
            await http.get(f"{address}/entries", params=pair),
            await http.delete(address),
        ]
        if version == "v3":
            answers += [
                await http.patch(address, json={"name": "Neu"}),
                await http.put(f"{address}/dictionaries", json=DICTIONARY),
                await http.delete(f"{address}/dictionaries", params=pair),
            ]
        for answer in answers:
            refused(answer, status, message)


async def test_a_glossary_of_several_pairs(both_ways: WebService) -> None:
    async with both_ways.started() as http:
        glossary = await made_of_several(http, DICTIONARY, REVERSED)
        glossary_id = glossary["glossary_id"]
        described = [
            {"source_lang": "de", "target_lang": "en", "entry_count": 2},
            {"source_lang": "en", "target_lang": "de", "entry_count": 1},
        ]
        assert glossary == {
            "glossary_id": glossary_id,
            "name": "Miete",
            "dictionaries": described,
            "creation_time": glossary["creation_time"],
        }
        single = await glossary_of(http, name="Einzeln")
        listed = (await http.get("/v3/glossaries")).json()["glossaries"]
        assert glossary in listed
        assert [each["name"] for each in listed] == ["Miete", "Einzeln"]
        assert (await http.get(f"/v3/glossaries/{glossary_id}")).json() == glossary
        assert await entries(http, glossary_id, "DE", "EN") == ENTRIES
        assert await entries(http, glossary_id, "en", "de") == "lease\tMietvertrag"
        # The older version has no form for it.
        assert (await http.get("/v2/glossaries")).json()["glossaries"] == [single]
        old = await http.get(f"/v2/glossaries/{glossary_id}")
        refused(old, 404, "Glossary not found", "several pairs")
        gone = await http.delete(f"/v3/glossaries/{glossary_id}")
        assert gone.status_code == 204
        refused(await http.get(f"/v3/glossaries/{glossary_id}"), 404, "Glossary not found")


async def test_dictionaries_in_a_form_are_numbered(both_ways: WebService) -> None:
    sent = {"name": "Miete"} | {
        f"dictionaries[{number}].{name}": value
        for number, each in ((10, REVERSED), (2, DICTIONARY))
        for name, value in each.items()
    }
    async with both_ways.started() as http:
        answer = await http.post("/v3/glossaries", data=sent)
        assert answer.status_code == 201, answer.text
        found = answer.json()["dictionaries"]
    assert [(each["source_lang"], each["entry_count"]) for each in found] == [("de", 2), ("en", 1)]


async def test_a_glossary_is_renamed_and_its_entries_merged_and_replaced(
    both_ways: WebService,
) -> None:
    async with both_ways.started() as http:
        glossary_id = (await made_of_several(http, DICTIONARY))["glossary_id"]
        address = f"/v3/glossaries/{glossary_id}"
        merged = DICTIONARY | {"entries": "Kaution\tsecurity deposit\nMiete\trent"}
        answer = await http.patch(address, json={"name": "Wohnen", "dictionaries": [merged]})
        assert answer.status_code == 200, answer.text
        assert answer.json()["name"] == "Wohnen"
        assert answer.json()["dictionaries"][0]["entry_count"] == 3
        assert sorted((await entries(http, glossary_id, "de", "en")).splitlines()) == [
            "Kaution\tsecurity deposit",
            "Miete\trent",
            "Mietvertrag\tlease",
        ]
        answer = await http.patch(address, json={"dictionaries": [REVERSED]})
        assert [each["entry_count"] for each in answer.json()["dictionaries"]] == [3, 1]
        answer = await http.put(f"{address}/dictionaries", json=DICTIONARY)
        assert answer.json() == {"source_lang": "de", "target_lang": "en", "entry_count": 2}
        assert await entries(http, glossary_id, "de", "en") == ENTRIES
        renamed = await http.patch(address, data={"name": "Miete und mehr"})
        assert renamed.json()["name"] == "Miete und mehr"
        assert (await http.get(address)).json() == renamed.json()


async def test_a_change_keeps_the_settings_of_a_term_and_tells_capitals_apart(
    http: httpx.AsyncClient, service: WebService
) -> None:
    glossary_id = (await made_of_several(http, DICTIONARY))["glossary_id"]
    await service.rows("UPDATE terms SET compounds = 1, note = 'Wohnung' WHERE source = 'Kaution'")
    changes = "SELECT source, target, match_case, compounds, note FROM terms"
    changes += " WHERE until_version IS NULL ORDER BY source, target"
    lease = {"source": "Mietvertrag", "target": "lease", "match_case": 0, "compounds": 0}
    address = f"/v3/glossaries/{glossary_id}"
    for entries_sent, capitals, change in (
        ("Kaution\tbond", 0, "PUT"),
        ("Kaution\tbail\nMietvertrag\tlease", 0, "PATCH"),
        ("kaution\tguarantee", 1, "PATCH"),
    ):
        sent = DICTIONARY | {"entries": entries_sent}
        if change == "PUT":
            answer = await http.put(f"{address}/dictionaries", json=sent)
        else:
            answer = await http.patch(address, json={"dictionaries": [sent]})
        assert answer.status_code == 200, answer.text
        rows = await service.rows(changes)
        (deposit,) = [each for each in rows if each["source"] == "Kaution"]
        kept = {"match_case": capitals, "compounds": 1, "note": "Wohnung"}
        assert kept.items() <= deposit.items()
    assert lease | {"note": ""} in rows
    assert sorted((await entries(http, glossary_id, "de", "en")).splitlines()) == [
        "Kaution\tbail",
        "Mietvertrag\tlease",
        "kaution\tguarantee",
    ]


async def test_a_dictionary_is_deleted_and_the_last_one_takes_the_glossary_along(
    both_ways: WebService,
) -> None:
    async with both_ways.started() as http:
        glossary_id = (await made_of_several(http, DICTIONARY, REVERSED))["glossary_id"]
        address = f"/v3/glossaries/{glossary_id}"
        there = {"source_lang": "DE", "target_lang": "EN"}
        back = {"source_lang": "EN", "target_lang": "DE"}
        gone = await http.delete(f"{address}/dictionaries", params=back)
        assert gone.status_code == 204
        answers = [
            await http.delete(f"{address}/dictionaries", params=back),
            await http.get(f"{address}/entries", params=back),
        ]
        for answer in answers:
            refused(answer, 404, "Dictionary not found")
        missing = await http.delete(f"{address}/dictionaries", params={"source_lang": "EN"})
        refused(missing, 400, "Parameter 'target_lang' not specified.")
        answer = await http.put(f"{address}/dictionaries", json=REVERSED)
        assert answer.json()["entry_count"] == 1
        for pair in (back, there):
            gone = await http.delete(f"{address}/dictionaries", params=pair)
            assert gone.status_code == 204
        refused(await http.get(address), 404, "Glossary not found")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"dictionaries": []}, "Glossary dictionaries must be provided"),
        ({}, "Glossary dictionaries must be provided"),
        ({"dictionaries": ["de"]}, "Value for 'dictionaries' not supported."),
        ({"dictionaries": [DICTIONARY, DICTIONARY]}, "Value for 'dictionaries' not supported."),
        ({"dictionaries": [DICTIONARY, REVERSED | {"entries": "lease"}]}, INVALID),
    ],
)
async def test_of_a_glossary_with_a_wrong_dictionary_none_is_stored(
    both_ways: WebService, sent: dict[str, Any], message: str
) -> None:
    async with both_ways.started() as http:
        refused(await http.post("/v3/glossaries", json={"name": "Miete"} | sent), 400, message)
        assert (await http.get("/v3/glossaries")).json() == {"glossaries": []}


async def test_a_wrong_change_changes_nothing(both_ways: WebService) -> None:
    async with both_ways.started() as http:
        glossary = await made_of_several(http, DICTIONARY)
        address = f"/v3/glossaries/{glossary['glossary_id']}"
        wrong = DICTIONARY | {"entries": "Kaution\tbail\nMiete"}
        answer = await http.patch(address, json={"name": "Neu", "dictionaries": [wrong]})
        refused(answer, 400, INVALID)
        refused(await http.put(f"{address}/dictionaries", json=wrong), 400, INVALID)
        refused(
            await http.patch(address, json={"name": ""}), 400, "Missing or invalid argument: name"
        )
        long = {"name": "n" * 201, "dictionaries": [DICTIONARY | {"entries": "Miete\trent"}]}
        assert (await http.patch(address, json=long)).status_code == 400
        both_pairs = {"name": "Neu", "dictionaries": [DICTIONARY, REVERSED]}
        refused(
            await http.patch(address, json=both_pairs),
            400,
            "Only one dictionary can be changed at a time.",
        )
        assert (await http.get(address)).json() == glossary
        assert await entries(http, glossary["glossary_id"], "de", "en") == ENTRIES


async def test_nothing_of_a_key_shows_to_another(service: WebService) -> None:
    keys = {name: service.add_key(name) for name in ("anna", "ben")}
    async with service.started() as http:
        refused(await http.get("/v3/glossaries"), 403, "Authorization failed.")
        refused(await http.post("/v2/glossaries", json=GLOSSARY), 403, "Authorization failed.")
        http.headers["Authorization"] = f"DeepL-Auth-Key {keys['anna']}"
        glossary_id = (await glossary_of(http))["glossary_id"]
        http.headers["Authorization"] = f"DeepL-Auth-Key {keys['ben']}"
        pair = {"source_lang": "DE", "target_lang": "EN"}
        for version in ("v2", "v3"):
            listed = await http.get(f"/{version}/glossaries")
            assert listed.json() == {"glossaries": []}
            address = f"/{version}/glossaries/{glossary_id}"
            for answer in (
                await http.get(address),
                await http.get(f"{address}/entries", params=pair),
                await http.delete(address),
            ):
                refused(answer, 404, "Glossary not found")
        address = f"/v3/glossaries/{glossary_id}"
        for answer in (
            await http.patch(address, json={"name": "Bens"}),
            await http.put(f"{address}/dictionaries", json=DICTIONARY),
            await http.delete(f"{address}/dictionaries", params=pair),
            await http.post(
                "/v2/translate", json=pair | {"text": ["Miete"], "glossary_id": glossary_id}
            ),
        ):
            refused(answer, 404, "Glossary not found")
        http.headers["Authorization"] = f"DeepL-Auth-Key {keys['anna']}"
        assert (await http.get(f"/v2/glossaries/{glossary_id}")).json()["name"] == "Miete"


async def test_a_shared_glossary_is_read_and_used_by_others_and_changed_by_none(
    both_ways: WebService, translator: FakeTranslator
) -> None:
    keys = {name: both_ways.add_key(name) for name in ("anna", "ben")}
    async with both_ways.started() as http:
        http.headers["Authorization"] = f"DeepL-Auth-Key {keys['anna']}"
        glossary = await glossary_of(http)
        glossary_id = glossary["glossary_id"]
        await both_ways.rows("UPDATE glossaries SET shared = 1")
        http.headers["Authorization"] = f"DeepL-Auth-Key {keys['ben']}"
        assert (await http.get("/v2/glossaries")).json() == {"glossaries": [glossary]}
        assert await entries(http, glossary_id, "de", "en") == ENTRIES
        pair = {"source_lang": "DE", "target_lang": "EN"}
        sent = pair | {"text": ["Die Kaution ist hoch."], "glossary_id": glossary_id}
        assert await translations(http, **sent) == ["DIE deposit IST HOCH."]
        assert translator.questions[-1].terms == {"Kaution": "deposit"}
        address = f"/v3/glossaries/{glossary_id}"
        for answer in (
            await http.patch(address, json={"name": "Bens"}),
            await http.patch(address, json={"dictionaries": [DICTIONARY]}),
            await http.patch(address, json={"dictionaries": [REVERSED]}),
            await http.put(f"{address}/dictionaries", json=DICTIONARY),
            await http.put(f"{address}/dictionaries", json=REVERSED),
            await http.delete(f"{address}/dictionaries", params=pair),
            await http.delete(address),
            await http.delete(f"/v2/glossaries/{glossary_id}"),
        ):
            assert answer.status_code == 403
            assert "alone can change it" in answer.json()["message"]
        assert (await http.get("/v2/glossaries")).json() == {"glossaries": [glossary]}


async def test_languages_of_glossaries_are_those_of_the_models(both_ways: WebService) -> None:
    async with both_ways.started() as http:
        pairs = await http.get("/v2/glossary-language-pairs")
        assert pairs.json() == {
            "supported_languages": [
                {"source_lang": "de", "target_lang": "en"},
                {"source_lang": "en", "target_lang": "de"},
            ]
        }
        found = (await http.get("/v3/languages", params={"resource": "glossary"})).json()
        form = {
            "usable_as_source": True,
            "usable_as_target": True,
            "features": {},
            "status": "stable",
        }
        assert found == [
            {"lang": "de", "name": "German"} | form,
            {"lang": "en", "name": "English"} | form,
        ]
