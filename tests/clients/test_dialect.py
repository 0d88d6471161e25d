"""Dialect, Debian's translation app: its steps from an address that was entered to a text."""

import pytest

from tests.support.clients import Answers, dialect
from tests.support.closed import Closed
from tests.support.instance import Instance


def entered(instance: Instance) -> str:
    """The only address without TLS that it takes."""
    return f"localhost:{instance.web_port}"


@pytest.fixture(scope="module")
def answers(instance: Instance) -> Answers:
    return dialect(entered(instance), "")


def test_the_instance_is_one_of_libretranslate(answers: Answers) -> None:
    assert answers["valid"] is True


def test_it_loads_languages_and_settings(answers: Answers) -> None:
    assert answers["loaded"] == [True, "", False]
    assert answers["languages"] == ["de", "en"]
    assert answers["features"]["suggestions"] is False
    assert answers["features"]["api-key-required"] is False


def test_it_translates(answers: Answers) -> None:
    assert answers["text"] == "Good morning!"
    assert answers["auto"] == "I'm here."


def test_it_knows_what_was_wrong(answers: Answers) -> None:
    assert answers["refused"]["type"] == "InvalidLangCode"


def test_with_keys_it_has_its_own_and_no_other(closed: Closed) -> None:
    right = dialect(entered(closed), closed.key("dialect"))
    assert (right["valid"], right["text"]) == (True, "Good morning!")
    assert right["features"]["api-key-required"] is True
    wrong = dialect(entered(closed), "wrong")
    assert (wrong["valid"], wrong["text"]["type"]) == (True, "InvalidApiKey")
