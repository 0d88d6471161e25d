"""Fixtures that tests of several kinds share."""

from collections.abc import Iterator

import pytest

from tests.instance import Instance


@pytest.fixture(scope="session")
def instance() -> Iterator[Instance]:
    """Give a running instance that all tests share; who kills a part of it calls up() again."""
    instance = Instance()
    try:
        instance.up()
        yield instance
    finally:
        instance.remove()
