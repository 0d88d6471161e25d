"""Fixtures that tests of several kinds share."""

from collections.abc import Iterator

import pytest

from tests.instance import Instance


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
