"""The README says what is so."""

import re

import pytest
from pydantic_settings import BaseSettings

import translator.settings
import web.settings
from tests.support.instance import ROOT

README = ROOT / "README.md"


def table(settings: type[BaseSettings]) -> str:
    """The table of a service's settings as the README shows it."""
    rows = ["| name | default | meaning |", "| --- | --- | --- |"]
    for name, field in settings.model_fields.items():
        default = str(field.default).replace(str(ROOT) + "/", "")
        shown = "" if field.default is None else f"`{default}`"
        rows.append(f"| `{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


@pytest.mark.parametrize("service", [web, translator], ids=["web", "translator"])
def test_the_settings_tables(service: object) -> None:
    settings: type[BaseSettings] = service.settings.Settings  # type: ignore[attr-defined] # a module
    assert table(settings) in README.read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_folders_and_scripts_exist() -> None:
    for name in re.findall(
        r"(?:\./)?(scripts/[\w-]+(?:\.yaml)?)", README.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), name
