"""Glossaries of the own API: made, read, changed, exported, and nobody else's."""

from typing import Any

import httpx
import pytest

from tests.support.web_service import WebService

CONTRACT = {"source": "Vertrag", "target": "agreement"}
LAW = {"name": "Law", "source": "de", "target": "en", "terms": [CONTRACT]}
CSV = "source,target,match_case,inflected,compounds,note\n"


async def made(http: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await http.post("/glossaries.json", json=LAW | fields)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_glossary_is_made_read_changed_and_deleted(http: httpx.AsyncClient) -> None:
    law = await made(http)
    assert law["own"]
    assert (law["name"], law["terms"], law["version"], law["default"]) == ("Law", 1, 1, False)
    assert law["created_at"].endswith("Z")
    address = f"/glossaries/{law['id']}"
    for name in (law["id"], law["public_id"]):
        assert (await http.get(f"/glossaries/{name}.json")).json() == law
    assert (await http.get("/glossaries.json")).json() == {"glossaries": [law]}
    assert (await http.get("/glossaries.json?source=en")).json() == {"glossaries": []}
    changed = await http.patch(f"{address}.json", json={"name": "Tech", "default": True})
    assert changed.json() | {"changed_at": ""} == law | {
        "name": "Tech",
        "default": True,
        "changed_at": "",
    }
    assert (await http.delete(f"{address}.json")).status_code == 204
    assert (await http.get(f"{address}.json")).status_code == 404
    assert (await http.post(f"{address}/restore.json")).json() == changed.json()


async def test_terms_are_replaced_merged_and_removed(http: httpx.AsyncClient) -> None:
    law = await made(http)
    terms = f"/glossaries/{law['id']}/terms"
    yard = {"source": "Hof", "target": "yard", "match_case": True, "note": None}
    merged = await http.patch(f"{terms}.json", json={"terms": [yard]})
    assert (merged.json()["terms"], merged.json()["version"]) == (2, 2)
    found = (await http.get(f"{terms}.json", params={"search": "yard"})).json()["terms"]
    assert [(each["source"], each["match_case"], each["note"]) for each in found] == [
        ("Hof", True, "")
    ]
    assert (await http.delete(f"{terms}/{found[0]['id']}.json")).status_code == 204
    assert (await http.delete(f"{terms}/{found[0]['id']}.json")).status_code == 404
    replaced = await http.put(f"{terms}.json", json={"terms": [yard]})
    assert replaced.json()["terms"] == 1
    changes = f"/glossaries/{law['id']}/changes"
    (_, removed) = (await http.get(f"{changes}.json?most=2")).json()["changes"]
    assert removed["kind"] == "removed"
    assert removed["before"]["source"] == "Vertrag"
    older = await http.get(f"{changes}.json", params={"before": removed["id"]})
    kinds = [each["kind"] for each in older.json()["changes"]]
    assert kinds == ["removed", "added", "added"]
    undone = await http.post(f"{changes}/{removed['id']}/undo.json")
    assert undone.json()["terms"] == 2
    again = await http.post(f"{changes}/{removed['id']}/undo.json")
    assert (again.status_code, again.json()["code"]) == (400, "glossary_refused")


@pytest.mark.parametrize("kind", ["csv", "tsv", "tbx"])
async def test_terms_go_out_and_come_in_as_files(http: httpx.AsyncClient, kind: str) -> None:
    noted = CONTRACT | {"compounds": True, "note": "by two"}
    first = await made(http, terms=[noted, {"source": "Hof", "target": "Hof"}])
    second = await made(http, name="Second", terms=[])
    file = await http.get(f"/glossaries/{first['id']}/terms.{kind}")
    assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''Law.{kind}"
    for method in ("PUT", "PATCH"):
        address = f"/glossaries/{second['id']}/terms"
        answer = await http.request(method, f"{address}.{kind}", content=file.content)
        assert answer.json()["terms"] == 2
        assert answer.json()["version"] == 2
        again = await http.get(f"{address}.{kind}")
        assert again.content == file.content


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        ("csv", CSV + 'Hof,yard\n"Tor,gate', "Line 3: A quotation mark is opened here"),
        ("csv", CSV + "Hof,yard\nhof,court", "Line 3: “hof” is translated as “court” here"),
        ("csv", "x" * 8_000_001, "The body is over 8,000,000 bytes"),
        ("tsv", "Hof\tyard\n<b>\tfett", "Line 2: The term holds a tag"),
        ("tbx", "<tbx><text>", "Line 1: The file is no well-formed XML"),
        ("json", '{"terms": [{"source": "Hof"}]}', "Line 1: This is no term"),
        ("json", '{"terms": [{"source": "Hof", "target": 1}]}', "Line 1: This is no term"),
        ("json", '{"terms": [{"source": "1", "target": "x"}]}', "Line 1: The term is nothing but"),
        ("json", '{"terms": {}}', 'The field "terms" is a list'),
        ("json", "{}", 'The field "terms" is missing'),
    ],
)
async def test_a_wrong_file_changes_nothing(
    http: httpx.AsyncClient, kind: str, content: str, message: str
) -> None:
    law = await made(http)
    for method in ("PUT", "PATCH"):
        address = f"/glossaries/{law['id']}/terms.{kind}"
        refused = await http.request(method, address, content=content.encode())
        assert refused.status_code in {400, 413}
        # Plain text where a file is sent without its type, as `curl -T` does.
        plain = method == "PUT" and kind != "json"
        said = refused.text.strip() if plain else refused.json()["error"]
        assert said.startswith(message)
        assert said.endswith("Nothing was stored.")
    assert (await http.get(f"/glossaries/{law['id']}.json")).json() == law


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "glossary_refused"),
        ({"name": 1}, "bad_request"),
        ({"source": "en"}, "glossary_refused"),
        ({"target": None}, "bad_request"),
        ({"shared": "yes"}, "bad_request"),
        ({"terms": [CONTRACT, CONTRACT | {"target": "deal"}]}, "glossary_refused"),
        ({"terms": [CONTRACT | {"x": 1}]}, "glossary_refused"),
        ({"terms": ["Vertrag"]}, "glossary_refused"),
    ],
)
async def test_a_wrong_glossary_is_not_made(
    http: httpx.AsyncClient, fields: dict[str, Any], code: str
) -> None:
    refused = await http.post("/glossaries.json", json=LAW | fields)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert (await http.get("/glossaries.json")).json() == {"glossaries": []}


async def test_a_glossary_of_another_key_is_as_an_unknown_one(service: WebService) -> None:
    anna = {"Authorization": f"Bearer {service.add_key('anna')}"}
    bert = {"Authorization": f"Bearer {service.add_key('bert')}"}
    async with service.started() as http:
        law = (await http.post("/glossaries.json", json=LAW, headers=anna)).json()
        terms = await http.get(f"/glossaries/{law['id']}/terms.json", headers=anna)
        term = terms.json()["terms"][0]
        assert term["changed_by"] == "anna"
        assert (await http.get("/glossaries.json", headers=bert)).json() == {"glossaries": []}
        assert (await http.get(f"/glossaries/{law['id']}.json")).status_code == 401
        for method, address, body in (
            ("GET", "{}.json", None),
            ("PATCH", "{}.json", {"name": "Mine"}),
            ("DELETE", "{}.json", None),
            ("GET", "{}/terms.json", None),
            ("PUT", "{}/terms.json", {"terms": []}),
            ("PATCH", "{}/terms.json", {"terms": []}),
            ("DELETE", "{}/terms/" + f"{term['id']}.json", None),
            ("GET", "{}/terms.csv", None),
            ("PUT", "{}/terms.csv", None),
            ("PATCH", "{}/terms.tbx", None),
            ("GET", "{}/changes.json", None),
            ("POST", "{}/changes/" + f"{2 * term['id']}/undo.json", None),
            ("POST", "{}/restore.json", None),
        ):
            answers = [
                await http.request(
                    method, "/glossaries/" + address.format(number), json=body, headers=bert
                )
                for number in (law["id"], 987_654)
            ]
            assert [each.status_code for each in answers] == [404, 404], (method, address)
            his, unknown = (each.text.replace(str(law["id"]), "987654") for each in answers)
            assert his == unknown
        for name in (law["id"], "Law", law["public_id"]):
            question = {"text": "Vertrag.", "glossary": name}
            answer = await http.post("/translate", json=question, headers=bert)
            assert answer.status_code == 404
        assert (await http.get(f"/glossaries/{law['id']}.json", headers=anna)).json() == law


async def test_a_shared_glossary_is_used_by_others_and_tells_no_names(service: WebService) -> None:
    anna = {"Authorization": f"Bearer {service.add_key('anna')}"}
    bert = {"Authorization": f"Bearer {service.add_key('bert')}"}
    async with service.started() as http:
        shared = LAW | {"shared": True, "default": True}
        law = (await http.post("/glossaries.json", json=shared, headers=anna)).json()
        seen = await http.get(f"/glossaries/{law['id']}.json", headers=bert)
        assert seen.json() == law | {"own": False, "default": False}
        terms = await http.get(f"/glossaries/{law['id']}/terms.json", headers=bert)
        assert terms.json()["terms"][0]["source"] == "Vertrag"
        assert "anna" not in terms.text + seen.text
        changes = await http.get(f"/glossaries/{law['id']}/changes.json", headers=bert)
        assert changes.status_code == 403
        assert (await http.delete(f"/glossaries/{law['id']}.json", headers=bert)).status_code == 403
        for question, text in (
            ({"glossary": "Law"}, "DER agreement."),
            ({}, "DER VERTRAG."),  # the default is its owner's alone
        ):
            answer = await http.post(
                "/translate", json={"text": "Der Vertrag."} | question, headers=bert
            )
            assert answer.json()["text"] == text
        answer = await http.post("/translate", json={"text": "Der Vertrag."}, headers=anna)
        assert answer.json()["text"] == "DER agreement."
