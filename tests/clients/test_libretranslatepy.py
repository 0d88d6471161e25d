"""PyPI's libretranslatepy, LibreTranslate's own client, in what the other tests do not ask it."""

import urllib.error

import pytest
from libretranslatepy import LibreTranslateAPI

from tests.support.closed import Closed
from tests.support.instance import Instance

# Each of them was taken for another language than `auto` takes it for.
SHORT = {"Montag": "Monday", "Wetter": "Weather", "Hallo Welt": "Hello world"}


@pytest.mark.parametrize(("german", "english"), SHORT.items())
def test_the_language_that_it_detects_is_one_that_it_can_ask_for(
    instance: Instance, german: str, english: str
) -> None:
    client = LibreTranslateAPI(f"{instance.web_url}/")
    codes = [each["code"] for each in client.languages()]
    found = client.detect(german)
    assert 1 <= len(found) <= 3
    assert {each["language"] for each in found} <= set(codes)
    assert all(type(each["confidence"]) is int for each in found)
    assert client.translate(german, found[0]["language"], "en") == english
    assert client.translate(german, "auto", "en") == english


def test_an_address_may_end_in_two_slashes(instance: Instance) -> None:
    client = LibreTranslateAPI(f"{instance.web_url}//")
    assert client.translate("Guten Morgen!", "de", "en") == "Good morning!"
    assert client.languages()


def test_with_keys_it_has_its_own_and_no_other(closed: Closed) -> None:
    client = LibreTranslateAPI(closed.web_url, closed.key("libretranslatepy"))
    assert client.translate("Hallo Welt", client.detect("Hallo Welt")[0]["language"], "en")
    wrong = LibreTranslateAPI(closed.web_url, "wrong")
    with pytest.raises(urllib.error.HTTPError) as refused:
        wrong.translate("Hallo Welt", "de", "en")
    with refused.value as error:
        assert error.code == 403
    assert wrong.languages()
