"""A log line is one line, says who asked, and quotes nothing."""

import asyncio
import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.instance import ROOT
from web.telemetry.logs import Format, LineFormatter, request_id, sane_id, set_up

TEXT = "Zwetschgenmus"


def line(form: Format, message: str, *args: object, **more: object) -> str:
    record = logging.LogRecord("web.x", logging.WARNING, "x.py", 1, message, args, None)
    vars(record).update(more)
    return LineFormatter(form).format(record)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Output of the whole process after set_up."""
    root, raised, written = logging.getLogger(), logging.raiseExceptions, io.StringIO()
    handlers, level = root.handlers, root.level
    root.handlers = []
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        set_up("json")
        (handler,) = root.handlers
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
        yield written
    root.handlers, logging.raiseExceptions = handlers, raised
    root.setLevel(level)


def fail(depth: int = 0) -> None:
    if depth:
        fail(depth - 1)
    try:
        int(TEXT)
    except ValueError as error:
        raise RuntimeError(f"cannot do {TEXT}") from error


@pytest.mark.parametrize("name", ["telemetry/logs.py", "telemetry/requests.py"])
def test_the_services_have_the_same_file(name: str) -> None:
    assert (ROOT / "web" / name).read_text() == (ROOT / "translator" / name).read_text()


@given(st.text(), st.sampled_from(["json", "text"]))
def test_a_record_is_one_line(text: str, form: Format) -> None:
    written = line(form, "%s", text, fields={"route": text})
    assert len(written.splitlines()) == 1
    if form == "json":
        fields = json.loads(written)
        assert fields["message"] == fields["route"] == text
        assert fields["level"] == "WARNING"
        assert fields["time"].endswith("Z")


@given(st.text())
def test_an_id_is_the_client_s_only_when_it_may_stand_everywhere(given_id: str) -> None:
    identity = sane_id(given_id)
    assert 0 < len(identity) <= 64
    assert set(identity) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert sane_id(identity) == identity


def test_a_line_has_the_id_of_its_request() -> None:
    assert "request_id" not in json.loads(line("json", "x"))
    token = request_id.set("abc")
    try:
        assert json.loads(line("json", "x"))["request_id"] == "abc"
        assert line("text", "x").endswith("web.x x request_id=abc")
    finally:
        request_id.reset(token)


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_exception_is_told_without_what_it_says(form: Format) -> None:
    try:
        fail()
    except RuntimeError as error:
        group = ExceptionGroup(TEXT, [error])
        for each in (error, group):
            written = line(form, "it failed", exc_info=(type(each), each, each.__traceback__))
            assert TEXT not in written
            assert len(written.splitlines()) == 1
            assert written.index("RuntimeError") < written.index("ValueError")
            assert f"{__file__}:" in written


def test_a_deep_chain_is_cut() -> None:
    try:
        fail(500)
    except RuntimeError as error:
        written = line("json", "it failed", exc_info=(RuntimeError, error, error.__traceback__))
        assert len(written) < 20_000


async def test_asyncio_and_warnings_quote_nothing(log: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon(int, TEXT)
    loop.call_soon(fail)
    task = asyncio.create_task(asyncio.to_thread(fail))
    await asyncio.wait({task})
    del task
    warnings.warn(TEXT, UserWarning, stacklevel=1)
    logging.getLogger("x").info("%d", TEXT)  # wrong on purpose
    written = log.getvalue()
    assert TEXT not in written
    said = [json.loads(each) for each in written.splitlines()]
    assert [each["logger"] for each in said] == ["asyncio", "asyncio", "asyncio", "warnings"]
    assert said[0]["message"] == "Exception in callback int"
    assert said[0]["traceback"][0] == "ValueError"
    assert said[2]["message"] == "Task exception was never retrieved"
    assert said[3]["message"].startswith("UserWarning in ")
