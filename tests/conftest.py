"""Fixtures that tests of several kinds share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.instance import Instance

STACK = Path(__file__).parent / "stack"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, and all that use the one Docker engine."""
    for item in items:
        group = STACK if item.path.is_relative_to(STACK) else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))


@pytest.fixture(scope="session")
def instance() -> Iterator[Instance]:
    """Give a running instance that all tests share; who kills a part of it calls up() again."""
    with Instance() as instance:
        yield instance


@pytest.fixture
def own() -> Iterator[Instance]:
    """Give a running instance that the test has for itself."""
    with Instance() as instance:
        yield instance
