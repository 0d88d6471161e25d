"""Whatever is sent comes through every interface as what it is, or is refused with a word."""

import asyncio
import html
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support import documents
from tests.support.instance import Instance
from tests.support.naughty import NO_TEXT, TEXTS
from tests.support.reading import Reading
from web.formats.registry import KINDS

SECONDS = 60
WORDS = {name: text for name, text in TEXTS.items() if text.strip()}
PAGE = {"Accept": "text/html"}
GERMAN = {"source": "de", "target": "en"}


@pytest.fixture
async def http(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=SECONDS) as http:
        yield http


def sound(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is none of a failure and is of the kind and the encoding that it says."""
    assert answer.status_code < 500, answer.text
    answer.content.decode()
    if answer.headers.get("content-type", "").startswith("application/json"):
        json.loads(answer.content)
    return answer


def stored(instance: Instance, translation_id: int | str) -> str:
    """The source of a translation as the database has it."""
    rows = instance.query(
        "SELECT source FROM passages WHERE translation_id = %s ORDER BY seq", translation_id
    )
    return "".join(row["source"] for row in rows)


def number_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


async def each(names: Any, one: Any) -> None:
    """All of them, some at once."""
    free = asyncio.Semaphore(8)

    async def limited(name: str) -> None:
        async with free:
            await one(name)

    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as group:
        for name in names:
            group.create_task(limited(name))


async def test_the_api_stores_what_was_sent(instance: Instance, http: httpx.AsyncClient) -> None:
    async def one(name: str) -> None:
        text = WORDS[name]
        in_json = sound(await http.post("/translate", json={"text": text})).json()
        assert stored(instance, in_json["id"]) == text, name
        plain = sound(await http.put("/translate", content=text.encode()))
        assert plain.text == in_json["text"], name
        assert stored(instance, plain.headers["content-location"].rpartition("/")[2]) == text
        address = f"/translations/{in_json['id']}"
        for ending in (".json", ".txt", ".tsv", ".tmx"):
            assert sound(await http.get(address + ending)).status_code == 200, name
        tmx = Reading((await http.get(f"{address}.tmx")).text)
        assert tmx.names <= {"tmx", "header", "body", "tu", "tuv", "seg"}, name

    await each(WORDS, one)


async def test_the_page_shows_what_was_sent(instance: Instance, http: httpx.AsyncClient) -> None:
    plain = Reading((await http.get("/", headers=PAGE)).text)

    async def one(name: str) -> None:
        text = WORDS[name]
        # Browsers send a text area's line breaks as CRLF.
        same = text.replace("\r\n", "\n")
        form = await http.post("/translate", data={"text": text, "pair": "de en"}, headers=PAGE)
        assert stored(instance, number_of(form)) == same, name
        parts = {"pair": (None, "de en"), "text": (None, text)}
        shown = await http.post("/translate", files=parts, headers=PAGE)
        assert stored(instance, number_of(shown)) == same, name
        page = Reading(sound(await http.get(shown.headers["location"], headers=PAGE)).text)
        assert as_parsed(page.area) == as_parsed(same), name
        assert page.scripts == plain.scripts, name
        assert page.dangers == [], name

    await each(WORDS, one)


def as_parsed(text: str) -> str:
    """A text as a browser has it after it was HTML: every line break is LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


async def test_what_is_typed_and_chosen(instance: Instance, http: httpx.AsyncClient) -> None:
    async def one(name: str) -> None:
        text = WORDS[name]
        fields = {"text": text, "pair": "de en"}
        typed = sound(await http.post("/live", data=fields))
        assert typed.status_code == 200, name
        assert Reading(typed.text).dangers == [], name
        kept = sound(await http.post("/live", data=fields | {"keep": "1"}))
        address = kept.headers["hx-replace-url"]
        assert stored(instance, address.rpartition("/")[2]) == text.replace("\r\n", "\n"), name
        others = await http.post("/alternatives", data={"source": text[:300], "shown": text})
        assert Reading(sound(others).text).dangers == [], name
        choice = {"source": text, "text": " ".join(text.split()), "linked": "1"}
        part = {"HX-Request": "true"}
        edit = f"{address}/passages/0/sentences/0/edit"
        sound(await http.post(edit, data=choice, headers=part))
        for shown in (edit, f"{address}/passages/0", f"{address}/corrections"):
            answer = sound(await http.get(shown))
            assert Reading(answer.text).dangers == [], (name, shown)

    await each(WORDS, one)


async def test_a_title_and_a_search_are_what_was_sent(
    instance: Instance, http: httpx.AsyncClient
) -> None:
    made = (await http.post("/translate", json={"text": "Guten Morgen!"})).json()["id"]
    for name, text in TEXTS.items():
        found = sound(await http.get("/", params={"q": text}, headers=PAGE))
        assert Reading(found.text).dangers == [], name
        answer = sound(await http.post(f"/translations/{made}/title", data={"title": text}))
        title = " ".join(text.split())
        if 0 < len(title) <= 200:
            (row,) = instance.query("SELECT title FROM translations WHERE id = %s", made)
            assert row["title"] == title, name
        else:
            assert "1 to 200" in answer.json()["error"], name


async def test_other_translators_clients(http: httpx.AsyncClient) -> None:
    async def one(name: str) -> None:
        text = TEXTS[name]
        answer = sound(await http.post("/translate", json={"q": text, **GERMAN}))
        translated = answer.json()["translatedText"]
        # A form has CRLF for line breaks, whatever was meant.
        form = await http.post("/translate", data={"q": text, **GERMAN})
        same = await http.post("/translate", json={"q": text.replace("\r\n", "\n"), **GERMAN})
        assert sound(form).json() == sound(same).json(), name
        for more in ({"format": "html"}, {"source": "auto"}, {"alternatives": 2}):
            sound(await http.post("/translate", json={"q": text, **GERMAN, **more}))
        assert sound(await http.post("/detect", json={"q": text})).json(), name
        wish = {"text": [text, "Ja."], "source_lang": "DE", "target_lang": "EN-GB"}
        deepl = sound(await http.post("/v2/translate", json=wish)).json()["translations"]
        assert deepl[0]["text"] == translated, name
        for handling in ("html", "xml"):
            tagged = await http.post("/v2/translate", json=wish | {"tag_handling": handling})
            assert sound(tagged).status_code == 200 or "parsing failed" in tagged.text, name

    await each(TEXTS, one)


@pytest.mark.parametrize("ending", [*KINDS])
async def test_a_document_of_every_kind(http: httpx.AsyncClient, ending: str) -> None:
    async def one(name: str) -> None:
        data = made(ending, WORDS[name])
        files = {"file": (f"{name}{ending}", data)}
        answer = sound(await http.post("/translate_file", data=GERMAN, files=files))
        if answer.status_code != 200:
            assert answer.status_code == 400, name
            assert "Nothing was" in answer.json()["error"], name
            return
        address = answer.json()["translatedFileUrl"]
        translated = await http.get(address)
        assert translated.status_code == 200, name
        assert f"{name}{ending}".replace(" ", "%20") in translated.headers["content-disposition"]

    # One of each kind is enough where the same reader gives its text to the same translator.
    names = WORDS if ending in {".txt", ".docx"} else [*WORDS][::3]
    await each(names, one)


async def test_a_document_on_the_page_and_at_deepls_door(http: httpx.AsyncClient) -> None:
    for name in ("tags", "directions", "look-alikes of inline tags"):
        files = {"file": (f"{name}.docx", made(".docx", WORDS[name]))}
        pair = {"pair": "de en"}
        sent = await http.post("/translate", data=pair, files=files, headers=PAGE)
        page = Reading(sound(await http.get(sent.headers["location"], headers=PAGE)).text)
        assert page.dangers == [], name
        upload = await http.post(
            "/v2/document",
            data={"target_lang": "EN", "source_lang": "DE"},
            files={"file": (f"{name}.odt", made(".odt", WORDS[name]))},
        )
        ticket = sound(upload).json()
        key = {"document_key": ticket["document_key"]}
        async with asyncio.timeout(SECONDS):
            while True:
                result = await http.post(f"/v2/document/{ticket['document_id']}/result", data=key)
                if result.status_code != 503:
                    break
        assert result.status_code == 200, name


def made(ending: str, text: str) -> bytes:
    """A document around a text."""
    said = "".join(each for each in text if each == "\n" or each.isprintable() or each.isspace())
    for control in "\v\f\x1c\x1d\x1e\x1f":
        said = said.replace(control, " ")
    said = html.escape(said)
    match ending:
        case ".docx":
            return documents.word_of(f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>")
        case ".odt":
            return documents.open_document_text(f"<text:p>{said}</text:p>")
        case ".epub":
            head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
            return documents.book(f"{head}<body><p>{said}</p></body></html>")
        case ".srt" | ".vtt":
            return f"WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode()
        case _:
            return strings(ending, text, said).encode()


def strings(ending: str, text: str, said: str) -> str:
    """A file of a program's texts around a text; `said` is the same for XML."""
    quoted = json.dumps(text, ensure_ascii=False)
    unit = f'<trans-unit id="1"><source>{said}</source></trans-unit>'
    whole = {
        ".xlf": f'<xliff version="1.2"><file><body>{unit}</body></file></xliff>',
        ".xml": f'<resources><string name="a">{said}</string></resources>',
        ".resx": f'<root><data name="a"><value>{said}</value></data></root>',
        ".po": f'msgid {json.dumps(said, ensure_ascii=False)}\nmsgstr ""\n',
        ".json": f'{{"a": "Guten Morgen, Anna!", "b": {quoted}}}',
        ".strings": f'"a" = {quoted};',
        ".properties": f"a = {text}\n",
    }
    same = {".xliff": ".xlf", ".pot": ".po", ".arb": ".json", ".yaml": ".json", ".yml": ".json"}
    return whole.get(same.get(ending, ending), text)


@pytest.mark.parametrize("name", NO_TEXT)
async def test_what_no_text_can_hold_is_refused_with_a_word(
    http: httpx.AsyncClient, name: str
) -> None:
    word = "NUL" if name == "nul" else "surrogate"
    kind = {"Content-Type": "application/json"}
    for path, sent in (
        ("/translate", f'{{"text": "{NO_TEXT[name]}"}}'),
        ("/translate", f'{{"text_de": "{NO_TEXT[name]}"}}'),
        ("/translate", f'{{"q": "{NO_TEXT[name]}", "source": "de", "target": "en"}}'),
        ("/translate", f'{{"q": ["{NO_TEXT[name]}"], "source": "auto", "target": "en"}}'),
        ("/v2/translate", f'{{"text": ["Ja.", "{NO_TEXT[name]}"], "target_lang": "EN"}}'),
    ):
        answer = sound(await http.post(path, content=sent, headers=kind))
        assert answer.status_code == 400
        assert word in answer.text
        assert "Nothing was stored" in answer.text


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("a" * 1_000_000, 30),
        ("\n" * 100_000 + "Ja.", 30),
        ("„" * 100_000, 30),
        ("e" + "\u0301\u0323" * 50_000, 30),
        ("😀\u200d" * 50_000, 30),
        ("\u202e" * 100_000 + "Ja.", 30),
    ],
    ids=["a word", "blank lines", "quotes", "accents", "joiners", "directions"],
)
async def test_what_is_endless_is_taken_stored_and_given_back(
    instance: Instance, http: httpx.AsyncClient, text: str, most: int
) -> None:
    async with asyncio.timeout(most):
        answer = await http.put("/translate", content=text.encode())
    assert answer.status_code == 200
    where = answer.headers["content-location"]
    assert stored(instance, where.rpartition("/")[2]) == text
    assert len(answer.text.splitlines()) == len(text.splitlines())
    page = await http.get(where, headers=PAGE)
    assert page.status_code == 200
