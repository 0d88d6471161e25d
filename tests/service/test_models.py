"""Several models side by side: each pair is offered by the translator, the API and the page."""

import json
import shutil
from collections.abc import Iterator

import httpx
import pytest

from tests.support.instance import ROOT, Instance

DEMONSTRATION = ROOT / "translator/models/demo-de-en"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Give an instance with the demonstration model, and with the same one as another pair's."""
    models = tmp_path_factory.mktemp("models")
    for name, source, target in (("german", "de", "en"), ("english", "en", "de")):
        shutil.copytree(DEMONSTRATION, models / name)
        card = {"name": name, "source": source, "target": target}
        (models / name / "model.json").write_text(json.dumps(card))
    with Instance(settings={"MODELS_DIR": str(models)}) as instance:
        yield instance


def test_the_translator_lists_them(two: Instance) -> None:
    listed = httpx.get(f"{two.translator_url}/models").json()
    assert sorted((each["name"], each["source"], each["target"]) for each in listed) == [
        ("english", "en", "de"),
        ("german", "de", "en"),
    ]


def test_the_api_translates_with_the_model_of_the_pair(two: Instance) -> None:
    for source, target, model in (("de", "en", "german"), ("en", "de", "english")):
        question = {"text": f"Guten Tag, {model}!", "source": source, "target": target}
        httpx.post(f"{two.web_url}/translate", json=question, timeout=30).raise_for_status()
        (stored,) = two.query(
            "SELECT model, source_lang, target_lang FROM translations ORDER BY id DESC LIMIT 1"
        )
        assert stored == {"model": model, "source_lang": source, "target_lang": target}
    refused = httpx.post(
        f"{two.web_url}/translate", json={"text": "Bonjour", "source": "fr", "target": "en"}
    )
    assert refused.status_code == 400
    assert "de→en" in refused.json()["error"]
    assert "en→de" in refused.json()["error"]


def test_the_page_offers_both(two: Instance) -> None:
    page = httpx.get(two.web_url).text
    assert '<option value="de en" selected>German → English</option>' in page
    assert '<option value="en de">English → German</option>' in page
    assert "german (German → English)" in page
    assert "english (English → German)" in page
