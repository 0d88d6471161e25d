"""PyPI's libretranslate-aio."""

from pathlib import Path

import httpx
import pytest

from tests.support.clients import Answers, python
from tests.support.closed import Closed
from tests.support.instance import Instance


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("files") / "letter.txt"
    file.write_text("Guten Morgen!\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def answers(instance: Instance, letter: Path) -> Answers:
    return python("run_libretranslate_aio.py", f"{instance.web_url}/", str(letter))


def test_it_translates(answers: Answers) -> None:
    assert answers["one"]["translated_text"] == "Good morning!"
    assert len(answers["one"]["alternatives"]) == 1
    for name in ("auto", "later"):
        assert answers[name]["translated_text"] == "I'm here."
        assert answers[name]["detected_language"]["language"] == "de"
        assert answers[name]["detected_language"]["confidence"] % 1 == 0


def test_it_is_told_that_its_form_has_no_list(answers: Answers) -> None:
    """It sends a list as several fields, of which the original takes one in silence."""
    assert answers["several"]["type"] == "BadRequestError"
    assert answers["several"]["message"].startswith("Send one value for 'q'")


def test_it_detects(answers: Answers) -> None:
    assert answers["detected"][0]["language"] == "de"
    assert {each["language"] for each in answers["detected"]} <= {"de", "en"}


def test_it_finds_languages_and_settings(answers: Answers) -> None:
    assert [each["code"] for each in answers["languages"]] == ["de", "en"]
    assert answers["settings"]["key_required"] is False
    assert answers["settings"]["language"]["target"] == {"code": "en", "name": "English"}
    assert answers["health"] is True


def test_it_translates_a_file(answers: Answers) -> None:
    address = answers["file"]["translated_file_url"]
    assert httpx.get(address).text == "Good morning!\n"


def test_what_has_no_model_is_refused(answers: Answers) -> None:
    assert answers["refused"] == {
        "type": "BadRequestError",
        "message": "German (de) is not available as a target language from English (en)",
    }


def test_with_keys_it_has_its_own_and_no_other(closed: Closed, letter: Path) -> None:
    driver = "run_libretranslate_aio.py"
    right = python(driver, closed.web_url, str(letter), closed.key("aio"))
    assert right["auto"]["translated_text"] == "I'm here."
    assert right["settings"]["key_required"] is True
    wrong = python(driver, closed.web_url, str(letter), "wrong")
    assert wrong["auto"] == {"type": "ForbiddenError", "message": "Invalid API key"}
    assert wrong["health"] is True
