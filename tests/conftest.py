"""Fixtures that tests of several kinds share."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from tests.support.closed import Closed
from tests.support.instance import Instance

STACK = "tests/stack/"
BROWSER = "tests/browser/"

# How long an example takes depends on what else the machine does; growth has tests of its own.
# Two runs of one commit try the same examples and say the same. New ones are looked for with
# `pytest --hypothesis-profile=search`; an example that fails there becomes an @example here.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("tests")


class OneProcessPerFile(LoadFileScheduling):
    """Keeps a file's tests in one process, and all those that use the one Docker engine.

    Marks for `--dist loadgroup` would say the same, but pytest 9.2 does not read them any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        return STACK if nodeid.startswith(STACK) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneProcessPerFile:
    return OneProcessPerFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest in one piece.

    A Swarm comes last there: when its node leaves, containers that start again find no names. The
    browser comes last of all: Chromium breaks off what it loads while the stack makes networks.
    """
    items.sort(
        key=lambda item: (
            not item.nodeid.startswith(STACK),
            item.path.name == "test_swarm.py",
            item.nodeid.startswith(BROWSER),
        )
    )


@pytest.fixture(scope="session")
def instance() -> Iterator[Instance]:
    """Give a running instance that all tests share; who kills a part of it calls up() again."""
    with Instance() as instance:
        yield instance


@pytest.fixture(autouse=True)
def _forgetful(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave nothing in the translation memory of the shared instance: texts of others are in it."""
    yield
    if "instance" in request.fixturenames:
        instance: Instance = request.getfixturevalue("instance")
        instance.query("DELETE FROM memories")
        instance.query("DELETE FROM memory_features")


@pytest.fixture(scope="session")
def closed() -> Iterator[Closed]:
    """Give a running instance that wants keys; who kills a part of it calls up() again."""
    instance = Closed()
    instance.key("first")
    with instance:
        yield instance


@pytest.fixture
def own() -> Iterator[Instance]:
    """Give a running instance that the test has for itself."""
    with Instance() as instance:
        yield instance
