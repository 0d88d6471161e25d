"""Copied rather than invented, with the demonstration model: placeholders, code, names, marks."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.instance import Instance


@pytest.fixture
async def client(instance: Instance) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as http:
        yield http


async def translated(client: httpx.AsyncClient, text: str) -> str:
    answer = (await client.post("/translate", json={"text": text})).raise_for_status().json()
    target: str = answer["text"]
    return target


@pytest.mark.parametrize(
    "placeholder",
    [
        "%1$s",
        "%(name)s",
        "{name}",
        "{{ name }}",
        "{{ name | upper }}",
        "${x}",
        ":name",
        '<x id="1"/>',
        "[[link]]",
        "$VAR",
        "[Name]",
        "`x`",
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "Hallo {}, schön, dich zu sehen!",
        "Hallo {}, bitte warten.",
        "Er wohnt in {}.",
        "Die Datei {} wurde gelöscht.",
        "Wir sehen {} heute und morgen nicht.",
    ],
)
async def test_a_placeholder_comes_through_once_and_touches_no_word(
    client: httpx.AsyncClient, placeholder: str, frame: str
) -> None:
    target = await translated(client, frame.format(placeholder))
    before, found, after = target.partition(placeholder)
    assert found
    assert placeholder not in after
    assert not before[-1:].isalnum()
    assert not after[:1].isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "ergebnis = 0",
        "for i in range(10):",
        "Anna Schmidt\tJonas Becker\tUwe Lindner",
        "Muster GmbH & Co. KG",
        "The house is very nice and the garden is big.",
    ],
)
async def test_what_is_no_german_stays_to_the_letter(client: httpx.AsyncClient, text: str) -> None:
    assert await translated(client, text) == text


async def test_an_english_passage_between_german_ones_stays(client: httpx.AsyncClient) -> None:
    english = "It was built in 1990 by my father."
    target = await translated(client, f"Das Haus ist rot.\n\n{english}\n\nEs ist groß.")
    first, between, last = target.split("\n\n")
    assert between == english
    assert "Haus" not in first
    assert "groß" not in last


@pytest.mark.parametrize("sign", ["10⁶", "2³", "①②③", "▁", "█", "Windows™", "H₂O"])
async def test_a_sign_that_a_tokenizer_folds_is_kept(client: httpx.AsyncClient, sign: str) -> None:
    assert sign in await translated(client, f"Das sind {sign} und mehr.")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Guten Abend!", "G", "!"),
        ("Kapitel 1", "C", "1"),
        ("# Das rote Haus", "# T", ""),
        ("ANNA: Wo bist du?", "ANNA: ", "?"),
        ("- Brot kaufen", "- ", ""),
        ("DER HUND IST GROSS!", "T", "!"),
        ("Zutaten:", "", ":"),
    ],
)
async def test_capitals_marks_and_speakers_stay(
    client: httpx.AsyncClient, text: str, start: str, end: str
) -> None:
    target = await translated(client, text)
    assert target.startswith(start)
    assert target.endswith(end)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Er wohnt in <x1/>.", " <x1/>."),
        ("Ich sehe <x1/> und <x2/>.", " <x1/> and <x2/>."),
        ("Das Haus<sup>1</sup> ist rot.", "house<sup>1</sup> "),
    ],
)
async def test_tags_stand_apart_as_in_the_source(
    client: httpx.AsyncClient, text: str, kept: str
) -> None:
    assert kept in await translated(client, text)
