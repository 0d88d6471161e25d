"""LibreTranslate's API: its own client's calls, and what other clients send."""

import asyncio
from collections.abc import Iterator
from typing import Any

import deep_translator
import httpx
import pytest
from deep_translator.exceptions import ServerException
from libretranslatepy import LibreTranslateAPI

from tests.support.instance import Instance

GERMAN = {"source": "de", "target": "en"}
ENGLISH = "Good morning, my friend, how have you been since we met in the city last week?"
FRENCH = "Le train pour Paris part à huit heures du matin, n'oublie pas ton billet."


@pytest.fixture(scope="module")
def http(instance: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=instance.web_url, timeout=120) as client:
        yield client


@pytest.fixture(scope="module")
def client(instance: Instance) -> LibreTranslateAPI:
    return LibreTranslateAPI(instance.web_url)


def translations(instance: Instance) -> int:
    (row,) = instance.query("SELECT COUNT(*) AS n FROM translations")
    return int(row["n"])


def test_its_client_translates(client: LibreTranslateAPI) -> None:
    assert client.translate("Guten Morgen!", "de", "en") == "Good morning!"
    assert client.translate("Guten Morgen!", "auto", "en") == "Good morning!"


def test_its_client_detects(client: LibreTranslateAPI) -> None:
    first = client.detect("Guten Morgen, wie geht es dir heute?")[0]
    assert first["language"] == "de"
    assert 50 < first["confidence"] <= 100


def test_its_client_lists_languages(client: LibreTranslateAPI) -> None:
    assert client.languages() == [
        {"code": "de", "name": "German", "targets": ["de", "en"]},
        {"code": "en", "name": "English", "targets": ["en"]},
    ]


def test_deep_translator_translates(instance: Instance) -> None:
    client = deep_translator.LibreTranslator(
        source="de", target="en", api_key="none", custom_url=f"{instance.web_url}/"
    )
    assert client.translate("Guten Morgen!") == "Good morning!"
    assert client.translate_batch(["Guten Morgen!", "Hallo Welt"]) == [
        "Good morning!",
        "Hello world",
    ]
    back = deep_translator.LibreTranslator(
        source="en", target="de", api_key="none", custom_url=f"{instance.web_url}/"
    )
    with pytest.raises(ServerException):
        back.translate("Good morning!")


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"q": "Guten Morgen!", **GERMAN}},
        {"data": {"q": "Guten Morgen!", **GERMAN}},
        {"files": {"q": (None, "Guten Morgen!"), "source": (None, "de"), "target": (None, "en")}},
        {"params": {"q": "Guten Morgen!", **GERMAN}},
        {"params": GERMAN, "data": {"q": "Guten Morgen!"}, "headers": {}},
    ],
    ids=["json", "form", "multipart", "query", "both"],
)
def test_a_question_may_stand_anywhere(http: httpx.Client, sent: dict[str, Any]) -> None:
    answer = http.post("/translate", **sent)
    assert answer.json() == {"translatedText": "Good morning!"}


def test_a_list_is_answered_with_a_list(http: httpx.Client) -> None:
    wanted = ["Guten Morgen!", "", "Hallo Welt"]
    answer = http.post("/translate", json={"q": wanted, **GERMAN}).json()
    assert answer["translatedText"] == ["Good morning!", "", "Hello world"]
    # The demonstration model is unsure of one of them, and each text has a place in the list.
    assert len(answer.get("warnings", wanted)) == len(wanted)


def test_english_comes_back_as_it_is(http: httpx.Client) -> None:
    answer = http.post("/translate", json={"q": ENGLISH, "source": "auto", "target": "en"}).json()
    assert answer["translatedText"] == ENGLISH
    assert answer["detectedLanguage"]["language"] == "en"
    mixed = [ENGLISH, "Der Zug nach Hamburg fährt heute leider erst um halb neun ab."]
    answer = http.post("/translate", json={"q": mixed, "source": "auto", "target": "en"}).json()
    assert answer["translatedText"][0] == ENGLISH
    assert "train" in answer["translatedText"][1]
    assert [each["language"] for each in answer["detectedLanguage"]] == ["en", "de"]


def test_alternatives_come_when_asked_for(http: httpx.Client) -> None:
    question = {"q": "Das ist ein schöner Tag.", **GERMAN}
    plain = http.post("/translate", json=question).json()
    assert plain.keys() == {"translatedText"}
    answer = http.post("/translate", json=question | {"alternatives": 2}).json()
    assert answer["translatedText"] == plain["translatedText"]
    assert len({answer["translatedText"], *answer["alternatives"]}) == 3


@pytest.mark.parametrize("text", ["Guten Morgen!", "Hallo Welt", "Ich bin hier."])
def test_no_alternative_says_the_same_again(http: httpx.Client, text: str) -> None:
    answer = http.post("/translate", json={"q": text, "alternatives": 5, **GERMAN}).json()
    said = [answer["translatedText"], *answer["alternatives"]]
    assert len(set(said)) == len(said) > 1


LINES = "Zeile eins ist hier.\r\nZeile zwei auch."


def test_lines_stay_lines(http: httpx.Client) -> None:
    in_json = http.post("/translate", json={"q": LINES, **GERMAN}).json()["translatedText"]
    assert in_json.count("\r\n") == 1
    in_form = http.post("/translate", data={"q": LINES, **GERMAN}).json()["translatedText"]
    assert in_form == in_json.replace("\r\n", "\n")


WRONG: list[tuple[dict[str, Any], int, str]] = [
    (GERMAN, 400, "Invalid request: missing q parameter"),
    ({"q": "", **GERMAN}, 400, "Invalid request: missing q parameter"),
    ({"q": [], **GERMAN}, 400, "Invalid request: missing q parameter"),
    ({"q": 7, **GERMAN}, 400, "Invalid request: missing q parameter"),
    ({"q": "Hallo", "target": "en"}, 400, "Invalid request: missing source parameter"),
    ({"q": "Hallo", "source": "de"}, 400, "Invalid request: missing target parameter"),
    ({"q": "Hallo", "source": "zz", "target": "en"}, 400, "zz is not supported"),
    ({"q": "Hallo", "source": "de", "target": "zz"}, 400, "zz is not supported"),
    ({"q": "Hallo", "source": "auto", "target": "zz"}, 400, "zz is not supported"),
    ({"q": FRENCH, "source": "auto", "target": "en"}, 400, "fr is not supported"),
    (
        {"q": "Hello", "source": "en", "target": "de"},
        400,
        "German (de) is not available as a target language from English (en)",
    ),
    ({"q": "Hallo", **GERMAN, "format": "pdf"}, 400, "pdf format is not supported"),
    (
        {"q": "Hallo", **GERMAN, "alternatives": "many"},
        400,
        "Invalid request: alternatives parameter is not a number",
    ),
]


@pytest.mark.parametrize(("question", "status", "message"), WRONG)
def test_errors_are_those_of_the_original(
    http: httpx.Client, question: dict[str, Any], status: int, message: str
) -> None:
    answer = http.post("/translate", json=question)
    assert (answer.status_code, answer.json()) == (status, {"error": message})


def test_the_rest_of_the_api(http: httpx.Client) -> None:
    assert http.get("/health").json() == {"status": "ok"}
    settings = http.get("/frontend/settings").json()
    assert settings["charLimit"] == -1
    assert settings["language"]["target"] == {"code": "en", "name": "English"}
    refused = http.post("/suggest", data={"q": "a", "s": "b", **GERMAN})
    assert refused.status_code == 403
    assert refused.json() == {"error": "Suggestions are disabled on this server."}
    assert http.post("/translate", data=GERMAN).json() == {
        "error": "Invalid request: missing q parameter"
    }
    missing = http.post("/detect", json={})
    assert missing.json() == {"error": "Invalid request: missing q parameter"}


def test_pages_of_other_sites_may_ask(http: httpx.Client) -> None:
    origin = {"Origin": "https://reader.example", "Sec-Fetch-Site": "cross-site"}
    preflight = http.options(
        "/translate", headers=origin | {"Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    answer = http.post("/translate", json={"q": "Guten Morgen!", **GERMAN}, headers=origin)
    assert answer.json() == {"translatedText": "Good morning!"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    wrong = http.post("/translate", json=GERMAN, headers=origin)
    assert wrong.headers["Access-Control-Allow-Origin"] == "*"
    for ours in ({"json": {"text": "Hallo"}}, {"data": {"text": "Hallo"}}, {"content": b"Hallo"}):
        assert http.post("/translate", headers=origin, **ours).status_code == 403
    assert "Access-Control-Allow-Origin" not in http.get("/", headers=origin).headers


def test_what_is_short_is_not_kept_and_what_is_long_is_translated_once(
    http: httpx.Client, instance: Instance
) -> None:
    before = translations(instance)
    http.post("/translate", json={"q": ["Guten Morgen!"] * 3, **GERMAN}).raise_for_status()
    assert translations(instance) == before
    text = "".join(f"Absatz {n}: Heute kommen {n + 20} Gäste zum Essen.\n\n" for n in range(150))

    async def at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=instance.web_url, timeout=120) as client:
            question = {"q": text, **GERMAN}
            return await asyncio.gather(
                *(client.post("/translate", json=question) for _ in range(3))
            )

    answers = {each.json()["translatedText"] for each in asyncio.run(at_once())}
    assert len(answers) == 1
    assert answers.pop().count("\n") == text.count("\n")
    assert translations(instance) == before + 1


PAGE = '<p class="a">Ein <b>rotes</b> Haus &amp; <code>x = 1</code></p>\n<pre>bleibt so</pre>'


def test_html_keeps_its_markup(http: httpx.Client) -> None:
    question = {"q": PAGE, "format": "html", **GERMAN}
    answer = http.post("/translate", json=question).json()["translatedText"]
    assert "red" in answer
    assert "<code>x = 1</code>" in answer
    assert answer.startswith('<p class="a">')
    assert answer.endswith("</p>\n<pre>bleibt so</pre>")
    assert "&amp;" in answer
    assert answer.count("<b>") == answer.count("</b>") == 1


def test_a_document_comes_back_in_its_own_kind(http: httpx.Client) -> None:
    for name, content in (
        ("brief.txt", b"Guten Morgen!\r\n\r\nIch bin hier.\r\n"),
        ("seite.html", b"<h1>Guten Morgen!</h1>\n<p>Ich bin hier.</p>\n"),
        ("film.srt", b"1\n00:00:01,000 --> 00:00:02,000\nGuten Morgen!\n\n"),
    ):
        sent = {"file": (name, content)}
        answer = http.post("/translate_file", data=GERMAN, files=sent).json()
        document = http.get(answer["translatedFileUrl"])
        assert name in document.headers["Content-Disposition"]
        assert document.content != content
        assert b"Good morning!" in document.content
        assert document.content.count(b"\n") == content.count(b"\n")


def test_two_texts_are_not_taken_for_one(http: httpx.Client) -> None:
    two = GERMAN | {"q": ["Guten Morgen!", "Guten Abend!"]}
    ways: list[dict[str, Any]] = [{"data": two}, {"params": two}]
    for sent in ways:
        answer = http.post("/translate", **sent)
        assert answer.status_code == 400
        assert answer.json()["error"].startswith("Send one value for 'q'")
    in_both = http.post("/translate", params=GERMAN | {"q": "Hallo"}, data={"q": "Guten Morgen!"})
    assert in_both.json()["translatedText"] == "Good morning!"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"data": GERMAN, "files": {"other": ("a.txt", b"x")}}, "missing file parameter"),
        (
            {"data": {"source": "de"}, "files": {"file": ("a.txt", b"x")}},
            "missing target parameter",
        ),
        ({"data": GERMAN, "files": {"file": ("a.exe", b"x")}}, "not translated"),
        ({"data": GERMAN, "files": {"file": ("a.docx", b"")}}, "The file is empty"),
        ({"data": GERMAN, "files": {"file": ("a.docx", b"x")}}, "Nothing was kept"),
        ({"data": GERMAN, "files": {"file": ("a.txt", b" \n")}}, "no text"),
        ({"json": GERMAN}, "multipart"),
    ],
)
def test_what_is_no_document_is_refused(
    http: httpx.Client, sent: dict[str, Any], message: str
) -> None:
    answer = http.post("/translate_file", **sent)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    assert http.get("/download_file/nothing").status_code == 404
