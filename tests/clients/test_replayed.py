"""Requests of clients that are not run here, replayed from a table as their sources send them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.instance import ROOT, Instance

TABLE = Path(__file__).with_name("requests.toml")
KINDS: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "number": (int, float),
    "str": str,
    "bool": bool,
    "list": list,
    "object": dict,
}


@dataclass(frozen=True)
class Request:
    """A request to the letter, and the demands of its client's parser; see the table's head."""

    client: str
    version: str
    source: str
    path: str
    method: str = "POST"
    type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    multipart: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    equals: dict[str, Any] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    matches: dict[str, str] = field(default_factory=dict)
    length: dict[str, int] = field(default_factory=dict)

    def send(self, http: httpx.Client, base: str) -> httpx.Response:
        """Send it to the server at `base`."""
        headers = self.headers | ({"Content-Type": self.type} if self.type else {})
        address = f"{base}{self.path}"  # not joined, which would mend its slashes
        if self.multipart:
            fields = [(name, (None, value)) for name, value in self.multipart]
            return http.request(self.method, address, headers=headers, files=fields)
        return http.request(self.method, address, headers=headers, content=self.body.encode())


REQUESTS = [Request(**row) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["request"]]


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as client:
        yield client


def at(answer: Any, path: str) -> Any:
    """The value at a path through fields and lists; IndexError, KeyError where there is none."""
    steps = path.split(".") if path else []
    return reduce(lambda value, step: value[int(step) if step.isdecimal() else step], steps, answer)


@pytest.mark.parametrize(
    "request_", REQUESTS, ids=[f"{each.client} {each.method} {each.path}" for each in REQUESTS]
)
def test_its_parser_is_content(request_: Request, http: httpx.Client, instance: Instance) -> None:
    response = request_.send(http, instance.web_url)
    assert response.status_code == request_.status, response.text
    assert response.headers["Content-Type"].partition(";")[0] == "application/json"
    if "Origin" in request_.headers:
        assert response.headers["Access-Control-Allow-Origin"] in {"*", request_.headers["Origin"]}
    answer = response.json()
    if response.is_success and isinstance(answer, dict):  # several take these for a failure
        assert not {"error", "message"} & answer.keys()
    for path, value in request_.equals.items():
        assert at(answer, path) == value, path
    for path, kind in request_.types.items():
        value = at(answer, path)
        assert isinstance(value, KINDS[kind]), path
        assert isinstance(value, bool) == (kind == "bool"), path
    for path, pattern in request_.matches.items():
        assert re.fullmatch(pattern, at(answer, path)), path
    for path, number in request_.length.items():
        assert len(at(answer, path)) == number, path


def test_the_page_says_which_ones_are_replayed() -> None:
    page = (ROOT / "docs/clients.md").read_text(encoding="utf-8")
    marked = re.findall(r"^\| ([^|]+) \|.*\| replayed \|$", page, re.MULTILINE)
    assert set(marked) == {each.client for each in REQUESTS}
