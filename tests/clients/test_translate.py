"""PyPI's `translate` and its command line, with its providers for LibreTranslate and DeepL."""

import pytest

from tests.support.clients import Answers, python
from tests.support.closed import Closed
from tests.support.instance import Instance

ENGLISH = ["Good morning!", "Hello world", "Monday"]
KINDS = ["libre", "libre, detected", "libre, with a slash", "deepl", "deepl, detected"]


@pytest.fixture(scope="module")
def answers(instance: Instance) -> Answers:
    return python("run_translate.py", instance.web_url, "any")


@pytest.mark.parametrize("kind", KINDS)
def test_it_translates(answers: Answers, kind: str) -> None:
    assert answers[kind] == ENGLISH


def test_its_command_line_translates(answers: Answers) -> None:
    assert answers["command line"] == ["Hello world"]


def test_with_keys_it_has_its_own_and_no_other(closed: Closed) -> None:
    right = python("run_translate.py", closed.web_url, closed.key("translate"))
    assert [right[kind] for kind in KINDS] == [ENGLISH] * len(KINDS)
    wrong = python("run_translate.py", closed.web_url, "wrong")
    assert all("403" in wrong[kind][0] for kind in KINDS)
