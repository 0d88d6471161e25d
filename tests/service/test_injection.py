"""Script, SQL and headers in every field that is stored, shown or sent back: text, and no more."""

from collections.abc import Iterator
from urllib.parse import unquote

import httpx
import pytest

from tests.support import documents
from tests.support.instance import Instance
from tests.support.naughty import INJECTIONS
from tests.support.reading import Reading
from web.documents.service import MOST_NAME
from web.formats.package import MAX_ENTRIES

PAGE = {"Accept": "text/html"}
GERMAN = {"source": "de", "target": "en"}
HUGE = "9" * 5000
JSON = "application/json"
# What changes a sentence.
CHANGES = ("passages/0/sentences/0/edit", "corrections/1/equal", "corrections/1/undo")


@pytest.fixture
def http(instance: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=instance.web_url, timeout=60, headers=PAGE) as http:
        yield http


def harmless(answer: httpx.Response) -> Reading:
    """Content of a page, if nothing in it would run and it is no failure."""
    assert answer.status_code < 500, answer.text
    assert "a=b" not in answer.headers.get("set-cookie", "")
    page = Reading(answer.text)
    assert page.dangers == []
    assert all((each or "").startswith("/static/") for each in page.scripts)
    return page


@pytest.mark.parametrize("injected", INJECTIONS)
def test_what_is_stored_is_shown_as_text(
    instance: Instance, http: httpx.Client, injected: str
) -> None:
    before = instance.query("SELECT COUNT(*) AS n FROM translations")[0]["n"]
    sent = http.post("/translate", data={"text": f"{injected} Guten Morgen!", "pair": "de en"})
    address = sent.headers["location"]
    renamed = http.post(f"{address}/title", data={"title": injected, "back": f"q={injected}"})
    assert renamed.status_code == 303
    assert renamed.headers["location"].startswith("/")
    (row,) = instance.query(
        "SELECT title FROM translations WHERE id = %s", address.rpartition("/")[2]
    )
    assert row["title"] == injected.strip()
    for shown in (address, "/", f"{address}/events"):
        harmless(http.get(shown))
    harmless(http.get("/", params={"q": injected}))
    choice = {"source": injected, "text": injected, "linked": injected}
    harmless(http.post(f"{address}/passages/0/sentences/0/edit", data=choice))
    part = {"HX-Request": "true"}
    harmless(http.post(f"{address}/passages/0/sentences/0/edit", data=choice, headers=part))
    http.patch(f"{address}/passages/0/sentences/0", json={"target": injected, "equal": True})
    for shown in ("passages/0", "passages/0/sentences/0/edit", "corrections"):
        harmless(http.get(f"{address}/{shown}"))
    harmless(http.post("/live", data={"text": injected, "draft": injected, "keep": ""}))
    harmless(http.post("/alternatives", data={"source": "Ja.", "shown": injected}))
    # The tables are still there, with this one translation more at least.
    assert instance.query("SELECT COUNT(*) AS n FROM translations")[0]["n"] > before


@pytest.mark.parametrize("injected", [*INJECTIONS, HUGE, "-1", "²", "9999-12-31", "\0", "\r\nX: y"])
def test_what_is_asked_for_is_found_or_refused(http: httpx.Client, injected: str) -> None:
    for name in ("q", "status", "from", "to", "before", "deleted", "deleted_at"):
        harmless(http.get("/", params={name: injected}))
    for name in ("from", "end"):
        http.get("/translations/1", params={name: injected})
        harmless(http.get("/translations/1/events", params={name: injected}))
    harmless(http.get("/login", params={"to": injected}, follow_redirects=True))
    harmless(http.post("/history/restore", data={"deleted_at": injected}))
    for pair in ({"pair": injected}, {"source": injected, "target": injected}):
        harmless(http.post("/translate", data={"text": "Ja."} | pair))
        harmless(http.post("/live", data={"text": "Ja.", "draft": injected} | pair))
    for name in ("source", "target", "format", "alternatives", "api_key"):
        answer = http.post("/translate", json={"q": "Ja."} | GERMAN | {name: injected})
        assert answer.status_code in {200, 400}
        assert answer.json()
    for name in ("source_lang", "target_lang", "tag_handling", "glossary_id", "ignore_tags"):
        asked = {"text": ["Ja."], "target_lang": "EN"} | {name: injected}
        answer = http.post("/v2/translate", json=asked)
        assert answer.status_code in {200, 400}
        assert answer.json()


@pytest.mark.parametrize("number", [HUGE, "-1", "1'", "%00", "²", "1;2", "..%2f..%2fetc%2fpasswd"])
def test_what_is_no_number_of_a_translation_is_none(http: httpx.Client, number: str) -> None:
    for rest in ("", ".json", ".txt", ".tsv", ".tmx", "/events", "/document", "/corrections"):
        assert http.get(f"/translations/{number}{rest}").status_code in {400, 404}
    for rest in ("title", "delete", "restore", "cancel", "retry", *CHANGES):
        answer = http.post(f"/translations/{number}/{rest}", data={"title": "x", "text": "x"})
        assert answer.status_code in {400, 404}
    for path in ("/download_file/", "/static/", "/v2/document/"):
        assert http.get(f"{path}{number}").status_code in {400, 404, 405}


@pytest.mark.parametrize("name", ["X-Request-ID", "Last-Event-ID", "Prefer", "Accept-Language"])
@pytest.mark.parametrize("value", [*INJECTIONS[:5], HUGE, "wait=" + HUGE, "\xff"])
def test_headers_are_no_way_in(http: httpx.Client, name: str, value: str) -> None:
    sent = {name.encode(): value.strip().encode("latin-1")}
    harmless(http.get("/translations/1/events", headers=sent))
    answer = http.post("/translate", json={"text": "Ja."}, headers=sent)
    assert answer.status_code == 200
    assert all(value.strip() not in each for each in answer.headers.values())


@pytest.mark.parametrize(
    ("body", "kind", "word"),
    [
        (b"text=%ff", "application/x-www-form-urlencoded", "not valid UTF-8"),
        (b"a=b&" * 30, "application/x-www-form-urlencoded", "more than 20 fields"),
        (b"x", "multipart/form-data", "names no boundary"),
        (b"x", "multipart/form-data; boundary=" + "x" * 5000, "malformed"),
        (b"x", "multipart/form-data; boundary=x", "malformed"),
        (b"x", "application/x-nothing", "not understood"),
        (b"x", "text/plain; charset=idna", "not supported"),
        (b"\xff", "text/plain", "not valid UTF-8"),
        (b"[" * 100_000, JSON, "not valid JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", JSON, "not valid JSON"),
        (b'{"text": 1}', JSON, "not a string"),
        (b"[1]", JSON, "must be an object"),
        (
            b'{"q": "a", "source": "de", "target": "en", "format": "\\ud800"}',
            "application/json",
            "?",
        ),
    ],
)
def test_a_bad_body_is_told_what_is_bad(
    http: httpx.Client, body: bytes, kind: str, word: str
) -> None:
    headers = {"Content-Type": kind, "Accept": "*/*"}
    answer = http.post("/translate", content=body, headers=headers)
    assert answer.status_code in {400, 415}
    assert word in answer.text


NAMES = [
    *INJECTIONS,
    "../../etc/passwd",
    "C:\\a\\b",
    "a\r\nX: y",
    "a\0b",
    "x" * 5000,
    "ü\u202e",
    '"',
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_the_name_that_it_came_with_and_no_folder(
    instance: Instance, http: httpx.Client, name: str
) -> None:
    sent = http.post(
        "/v2/document",
        data={"target_lang": "EN", "source_lang": "DE", "filename": f"{name}.txt"},
        files={"file": ("a.txt", b"Guten Morgen!")},
    )
    if "\0" in name:
        assert sent.status_code == 400
        return
    ticket = sent.json()
    key = {"document_key": ticket["document_key"]}
    (row,) = instance.query(
        "SELECT id FROM translations WHERE request_key = %s", ticket["document_id"]
    )
    http.get(f"/translations/{row['id']}.json", headers={"Prefer": "wait=60"})
    result = http.post(f"/v2/document/{ticket['document_id']}/result", data=key)
    assert result.text == "Good morning!"
    disposition = result.headers["content-disposition"]
    assert "X" not in result.headers
    given = unquote(disposition.removeprefix("attachment; filename*=UTF-8''"))
    # Line breaks of a form are one, and a name has an end.
    sane = f"{name}.txt".replace("\r\n", "\n").replace("\\", "/").rpartition("/")[2]
    assert given == sane[-MOST_NAME:]
    harmless(http.get(f"/translations/{row['id']}"))
    harmless(http.get("/"))


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
REFUSED = {
    "a bomb": ("word/media/a.bmp", bytes(5_000_000)),
    "a way out": ("../../outside.xml", b""),
    "an absolute name": ("/etc/passwd", b""),
    "entities": ("word/document.xml", ENTITIES.encode()),
    "a file of the server": (
        "word/document.xml",
        ENTITIES.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"').encode(),
    ),
}


@pytest.mark.parametrize("case", [*REFUSED, "too many entries", "no package"])
@pytest.mark.parametrize("address", ["/translate", "/translate_file", "/v2/document"])
def test_a_harmful_document_is_refused_and_nothing_is_kept(
    instance: Instance, http: httpx.Client, case: str, address: str
) -> None:
    if case == "no package":
        data = b"PK\x03\x04" + bytes(100)
    elif case == "too many entries":
        data = documents.packed({str(number): "" for number in range(MAX_ENTRIES + 1)})
    else:
        entry, content = REFUSED[case]
        data = documents.packed(documents.unpacked(documents.word_of("")) | {entry: content})
    before = instance.query("SELECT MAX(id) AS id FROM translations")
    answer = http.post(
        address,
        data=GERMAN | {"target_lang": "EN"},
        files={"file": ("a.docx", data)},
    )
    assert answer.status_code == 400
    assert "Nothing was kept" in answer.text
    assert instance.query("SELECT MAX(id) AS id FROM translations") == before
