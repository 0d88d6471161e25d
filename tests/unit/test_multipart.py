"""A form means the same wherever the network cuts it into pieces."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import Request
from starlette.types import Message

from web.errors import BadRequestError
from web.http.multipart import Multipart


def part(name: str, value: str, more: str = "") -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'.encode()


def cut_everywhere(*parts: bytes) -> Iterator[tuple[bytes, bytes]]:
    body = b"".join(parts) + b"--x--\r\n"
    for place in range(len(body)):
        yield body[:place], body[place:]


def read(pieces: tuple[bytes, bytes]) -> tuple[dict[str, str], str]:
    """Fields known when the text begins, and the text."""
    messages = iter(pieces)

    async def receive() -> Message:
        body = next(messages)
        return {"type": "http.request", "body": body, "more_body": body is not pieces[-1]}

    async def all_of_it() -> tuple[dict[str, str], str]:
        headers = [(b"content-type", b"multipart/form-data; boundary=x")]
        form = Multipart(Request({"type": "http", "headers": headers}, receive))
        await form.start()
        known = form.fields
        return known, "".join([each async for each in form.text(["target"])])

    return asyncio.run(all_of_it())


@pytest.mark.parametrize("name", ["text", "q"])
def test_fields_and_a_text(name: str) -> None:
    for pieces in cut_everywhere(part("target", "en"), part(name, "Grüße,\r\nÄpfel")):
        assert read(pieces) == ({"target": "en"}, "Grüße,\nÄpfel")


def test_a_file_stays_as_it_is() -> None:
    for pieces in cut_everywhere(part("file", "Grüße,\r\nÄpfel", '; filename="a.txt"')):
        assert read(pieces) == ({}, "Grüße,\r\nÄpfel")


def test_a_language_after_the_text_is_known_or_refused() -> None:
    refused = set()
    for pieces in cut_everywhere(part("text", "Hallo"), part("target", "en"), part("more", "y")):
        try:
            known, text = read(pieces)
        except BadRequestError as error:
            refused.add(error.message)
        else:
            assert (known["target"], text) == ("en", "Hallo")
    assert refused == {"Send 'target' before the text, which is read as it arrives."}


@pytest.mark.parametrize("second", ["text", "file"])
def test_two_texts_are_refused(second: str) -> None:
    for pieces in cut_everywhere(part("text", "Hallo"), part(second, "Tag", '; filename="a"')):
        with pytest.raises(BadRequestError, match="one text or one file"):
            read(pieces)


def test_a_field_that_comes_twice_is_refused() -> None:
    for pieces in cut_everywhere(part("pair", "de en"), part("pair", "en de"), part("text", "x")):
        with pytest.raises(BadRequestError, match="one value for 'pair'"):
            read(pieces)
