"""PyPI's deep-translator: what its two classes raise and give."""

import deep_translator
import pytest
from deep_translator.exceptions import AuthorizationException

from tests.support.closed import Closed
from tests.support.instance import Instance

TEXTS = ["Guten Morgen!", "Hallo Welt", "Ich bin hier."]
ENGLISH = ["Good morning!", "Hello world", "I'm here."]


def libre(address: str, key: str, source: str = "de") -> deep_translator.LibreTranslator:
    return deep_translator.LibreTranslator(
        source=source, target="en", api_key=key, custom_url=f"{address}/"
    )


def test_it_translates_whatever_language_it_is(instance: Instance) -> None:
    assert libre(instance.web_url, "any", "auto").translate_batch(TEXTS) == ENGLISH


def test_its_class_for_deepl_translates(instance: Instance) -> None:
    client = deep_translator.DeeplTranslator(source="de", target="en", api_key="any")
    client._base_url = f"{instance.web_url}/v2/"  # noqa: SLF001 - its host is built in
    assert client.translate_batch(TEXTS) == ENGLISH


def test_with_keys_it_has_its_own_and_no_other(closed: Closed) -> None:
    key = closed.key("deep-translator")
    assert libre(closed.web_url, key).translate("Hallo Welt") == "Hello world"
    with pytest.raises(AuthorizationException):
        libre(closed.web_url, "wrong").translate("Hallo Welt")
    for given, english in ((key, "Hello world"), ("wrong", "")):
        client = deep_translator.DeeplTranslator(source="de", target="en", api_key=given)
        client._base_url = f"{closed.web_url}/v2/"  # noqa: SLF001 - its host is built in
        if english:
            assert client.translate("Hallo Welt") == english
        else:
            with pytest.raises(AuthorizationException):
                client.translate("Hallo Welt")
