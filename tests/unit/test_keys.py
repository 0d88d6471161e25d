"""The file of keys, and where a key may stand in a request."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from web.access.authentication import bearer, require_key
from web.access.context import context_of
from web.access.exposure import is_private
from web.access.keys import ANYBODY, Caller, KeysFileError, parse
from web.errors import ForbiddenError
from web.pages.login import local

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True)
LIMITS = st.none() | st.integers(1, 10**15 - 1)
CALLERS = st.lists(
    st.builds(Caller, NAMES, LIMITS, LIMITS, st.binary(min_size=32, max_size=32)),
    unique_by=(lambda each: each.name, lambda each: each.digest),
    max_size=5,
)
SPACES = st.text(" \t", min_size=1, max_size=3)
HASH = hashlib.sha256(b"a key").hexdigest()


def line(caller: Caller, space: str = " ") -> str:
    limits = ("-" if each is None else str(each) for each in (caller.rate, caller.budget))
    return space.join([caller.name, caller.digest.hex(), *limits])


@given(CALLERS, SPACES, st.sampled_from(["", "\n", "# für Anna\n", "  \n\n"]))
def test_what_is_written_is_read(callers: list[Caller], space: str, between: str) -> None:
    lines = "".join(f"{line(each, space)} # not secret\r\n{between}" for each in callers)
    assert list(parse(lines.encode()).values()) == callers


@given(st.binary(max_size=200))
def test_anything_else_is_an_error_or_holds_no_key(content: bytes) -> None:
    try:
        found = parse(content)
    except KeysFileError:
        return
    assert found == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "anna",
        f"anna {HASH}",
        f"anna {HASH} 1",
        f"anna {HASH} 1 1 1",
        f"anna {HASH} 0 -",
        f"anna {HASH} -1 -",
        f"anna {HASH} 1.5 -",
        f"anna {HASH} - 1e6",
        f"anna {HASH[1:]} - -",
        f"anna {HASH.upper()} - -",
        f"änna {HASH} - -",
        f"{'a' * 65} {HASH} - -",
        f"bert {'0' * 64} - -",  # the name is there
        f"anna {HASH} - -\nclara {HASH} - -",  # the key is
    ],
)
def test_a_wrong_line_is_named_by_its_number_and_not_shown(wrong: str) -> None:
    with pytest.raises(KeysFileError) as raised:
        parse(f"# keys\nbert {'1' * 64} - -\n{wrong}\n".encode())
    assert re.match(r"line [34] ", str(raised.value))
    assert not re.search(r"anna|änna|clara|bert|[0-9a-f]{20}", str(raised.value))


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("DeepL-Auth-Key abc", "abc"),
        ("Basic abc", None),
        ("Bearer ", None),
        ("abc", None),
        ("", None),
    ],
)
def test_a_key_in_the_header(header: str, token: str | None) -> None:
    assert bearer(header) == token


@given(st.text(max_size=30) | st.text("/\\.:@?#%\t\n\r aexmpl", max_size=12).map("/".__add__))
def test_after_the_login_no_other_host_is_gone_to(to: str) -> None:
    # As browsers read an address: without tabs and line breaks, and with \ for /.
    read = re.sub(r"[\t\n\r]", "", local(to).strip()).replace("\\", "/")
    assert read.startswith("/")
    assert not read.startswith("//")


def test_after_the_login_one_goes_where_one_wanted_to() -> None:
    assert local("/translations/7?from=50") == "/translations/7?from=50"
    assert local("/?q=gr%C3%BC%C3%9Fe&status=done") == "/?q=gr%C3%BC%C3%9Fe&status=done"


PRIVATE = [None, "", "127.0.0.1:8080", "127.1.2.3:80", "localhost:8080", "[::1]:8080"]
PUBLIC = [
    "0.0.0.0:80",
    "[::]:80",
    "80",
    ":80",
    "192.168.1.2:80",
    "example.org:80",
    "localhost.x:80",
]


@pytest.mark.parametrize("publish", PRIVATE)
def test_an_address_that_only_this_machine_reaches(publish: str | None) -> None:
    assert is_private(publish)


@pytest.mark.parametrize("publish", PUBLIC)
def test_an_address_that_others_may_reach(publish: str) -> None:
    assert not is_private(publish)


def _request(caller: Caller | None) -> Request:
    request = Request({"type": "http", "path": "/metrics"})
    context_of(request).caller = caller
    return request


@pytest.mark.parametrize("caller", [None, ANYBODY])
def test_what_takes_a_key_is_refused_while_there_are_none(caller: Caller | None) -> None:
    with pytest.raises(ForbiddenError, match="scripts/add-key") as raised:
        require_key(_request(caller))
    assert raised.value.status == 403


def test_what_takes_a_key_is_given_to_its_holder() -> None:
    anna = Caller("anna")
    assert require_key(_request(anna)) == anna
