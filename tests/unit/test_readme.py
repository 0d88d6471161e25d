"""The README says what is so, and so do the documents beside it."""

import os
import re
from typing import get_args

import pytest
from pydantic_settings import BaseSettings

import translator.settings
import web.settings
from tests.support.instance import ROOT
from translator.results import Code
from web.api.schema import ErrorCode
from web.http.openapi_schema import WARNING_CODES

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


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def _first_column(mark: str) -> list[str]:
    """The codes in the first column of the README's table behind a mark."""
    rows = README.read_text(encoding="utf-8").partition(f"<!-- {mark} -->")[2].strip()
    return re.findall(r"^\| `([^`]+)` \|", rows.partition("\n\n")[0], re.MULTILINE)


def test_every_code_of_an_error_is_in_the_table() -> None:
    assert sorted(_first_column("codes")) == sorted(get_args(ErrorCode))


def test_every_code_of_a_warning_is_in_the_table_and_in_the_schema() -> None:
    codes = _first_column("warnings")
    assert sorted(codes) == sorted(re.findall(r"(\w+):", WARNING_CODES))
    assert set(get_args(Code)) <= set(codes)


def test_every_script_is_in_the_table() -> None:
    scripts = [
        f"scripts/{path.name}"
        for path in (ROOT / "scripts").iterdir()
        if path.is_file() and os.access(path, os.X_OK)
    ]
    assert sorted(_first_column("scripts")) == sorted(scripts)


def test_the_tree_in_the_architecture_is_the_one_that_is_here() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    tree = text.partition("## The tree\n")[2].partition("\n## ")[0]
    named = dict[str, set[str]]()
    service = folder = ""
    for line in tree.splitlines():
        if match := re.match(r"    (\w+)/", line):
            service = match[1]
        if match := re.match(r"      (\w+)/", line):
            folder = f"{service}/{match[1]}"
        if service in {"web", "translator"} and folder:
            named.setdefault(folder, set()).update(re.findall(r"\w+", line))
    for each in ("web", "translator"):
        for path in (ROOT / each).glob("*/__init__.py"):
            assert f"{each}/{path.parent.name}" in named, path
    for path in (ROOT / "web").glob("*/*.py"):
        if path.parent.name != "formats" and not path.name.startswith("__"):
            assert path.stem in named[f"web/{path.parent.name}"], path


def test_folders_and_scripts_exist() -> None:
    for name in re.findall(
        r"(?:\./)?(scripts/[\w-]+(?:\.yaml)?)", README.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), name
