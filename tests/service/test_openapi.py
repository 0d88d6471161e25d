"""/openapi.json is true: what it says is put to the running service, thousands of times."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.instance import Instance

CONFIG = Path(__file__).parent / "schemathesis.toml"
# Examples of each kind for every operation: 7 s. One worker: where several threads call ast.parse,
# it fails now and then in Python 3.11 (cpython#106905).
EXAMPLES = 10


@pytest.fixture(scope="module")
def described(instance: Instance) -> dict[str, Any]:
    answer = httpx.get(f"{instance.web_url}/openapi.json")
    answer.raise_for_status()
    described: dict[str, Any] = answer.json()
    return described


def test_nothing_is_found_that_it_does_not_say(instance: Instance, tmp_path: Path) -> None:
    result = subprocess.run(
        [
            *(Path(sys.executable).parent / "schemathesis", "--config-file", CONFIG, "run"),
            *("--max-examples", str(EXAMPLES), "--request-timeout", "60"),
            *("--phases", "examples,coverage,fuzzing", "--no-color"),
            f"{instance.web_url}/openapi.json",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    # None of the glossaries that were made stays the default one of other tests' texts.
    for glossary in httpx.get(f"{instance.web_url}/glossaries.json").json()["glossaries"]:
        deleted = httpx.delete(f"{instance.web_url}/glossaries/{glossary['id']}.json")
        assert deleted.status_code == 204
    assert result.returncode == 0, result.stdout[-6000:]


def test_it_names_the_languages_that_are_installed(described: dict[str, Any]) -> None:
    question = described["paths"]["/v2/translate"]["post"]["requestBody"]["content"]
    target = question["application/json"]["schema"]["properties"]["target_lang"]
    assert target["enum"] == ["EN", "EN-GB", "EN-US"]
    assert "x-languages" not in str(described)


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or the model that it refers to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


def test_the_answers_of_the_own_api_are_models(described: dict[str, Any]) -> None:
    models = described["components"]["schemas"]
    assert {"TranslationAnswer", "OldAnswer", "HealthAnswer", "ErrorAnswer"} <= models.keys()
    assert "rate_limited" in models["ErrorAnswer"]["properties"]["code"]["enum"]


def test_every_error_is_described(described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        form = "message" if path.startswith(("/v2/", "/v3/", "/deeplx")) else "error"
        for method, operation in operations.items():
            assert operation.get("summary"), (path, method)
            statuses = {status for status in operation["responses"] if status >= "400"}
            assert path == "/health" or {"403", "429"} <= statuses, (path, method)
            assert "422" not in statuses
            for status in statuses - {"503"} if path == "/health" else statuses:
                schema = operation["responses"][status]["content"]["application/json"]["schema"]
                for each in schema.get("anyOf", [schema]):
                    assert form in _resolved(described, each)["required"]


def test_the_page_is_no_part_of_the_api(described: dict[str, Any]) -> None:
    assert "/" not in described["paths"]
    assert "/translations/{translation_id}" not in described["paths"]


def test_an_address_names_its_methods(instance: Instance) -> None:
    answer = httpx.delete(f"{instance.web_url}/translate")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, PUT"
