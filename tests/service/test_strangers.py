"""With keys: what is large is not parsed for who has none, wherever a key may stand."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.closed import Closed

MANY = 2_000_000
BOMB = b'{"q": [' + b"[]," * MANY + b"[]]}"
LONG = "Guten Morgen! " * 3000
TEXT = {"q": LONG, "source": "en", "target": "en"}  # comes back as it is


@pytest.fixture(scope="module")
def key(closed: Closed) -> str:
    return closed.key("large")


def forget_the_peak(closed: Closed) -> None:
    Path(f"/proc/{closed.pid('web')}/clear_refs").write_text("5", encoding="ascii")


def peak(closed: Closed) -> int:
    """The most memory that web has had since then, in bytes."""
    status = Path(f"/proc/{closed.pid('web')}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize("path", ["/translate", "/detect", "/v2/translate", "/v2/languages"])
def test_a_body_without_a_key_costs_its_bytes_alone(closed: Closed, path: str) -> None:
    forget_the_peak(closed)
    before = peak(closed)
    answer = httpx.post(
        closed.web_url + path,
        content=BOMB,
        headers={"Content-Type": "application/json", "Authorization": "Bearer wrong"},
        timeout=60,
    )
    assert answer.status_code in {401, 403}
    assert "key" in answer.text
    assert peak(closed) - before < 6 * len(BOMB)  # parsed it is some 20 times as much


@pytest.mark.parametrize(
    "sent",
    [
        {"json": TEXT, "headers": {"Authorization": "Bearer KEY"}},
        {"data": TEXT, "params": {"api_key": "KEY"}},
        {"json": TEXT | {"api_key": "KEY"}},
        {"data": TEXT | {"api_key": "KEY"}},
        {"data": {"api_key": "KEY"} | TEXT},
    ],
    ids=["header", "address", "json", "end of a form", "start of a form"],
)
def test_a_key_is_found_wherever_it_stands(closed: Closed, key: str, sent: dict[str, Any]) -> None:
    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: put(each) for name, each in value.items()}
        return value.replace("KEY", key)

    answer = httpx.post(f"{closed.web_url}/translate", timeout=60, **put(sent))
    assert answer.json() == {"translatedText": LONG}


def test_what_only_looks_like_a_key_is_none(closed: Closed) -> None:
    names = {str(number): {"api_key": "wrong"} for number in range(10_000)}
    answer = httpx.post(f"{closed.web_url}/translate", json=names | TEXT)
    assert answer.status_code == 401
    assert "Nothing was stored" in answer.json()["error"]
