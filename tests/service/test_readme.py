"""The README's examples are run, and print what it says."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.instance import ROOT, Instance
from tests.support.texts import book

BLOCKS = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
EXAMPLES = [
    tuple(example.split("\n", 1)) for block in BLOCKS for example in block.split("$ ") if example
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "buch.txt").write_text(book(characters=10_000, seed=1), encoding="utf-8")
    return folder


def without_id(text: str) -> str:
    return re.sub(r'"id":\d+', '"id":N', text)


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_example(instance: Instance, folder: Path, command: str, output: str) -> None:
    here = command.replace("http://127.0.0.1:8080", instance.web_url)
    if "/translations/1.json" in here:
        (row,) = instance.query(
            "SELECT MAX(translation_id) AS id FROM passages WHERE target = 'I like apples.'"
        )
        here = here.replace("/translations/1.json", f"/translations/{row['id']}.json")
    result = subprocess.run(
        ["bash", "-c", here], cwd=folder, capture_output=True, text=True, check=True
    )
    assert without_id(result.stdout).strip() == without_id(output).strip()
    if "> book.txt" in command:
        lines = (folder / "book.txt").read_text("utf-8").count("\n")
        assert lines == (folder / "buch.txt").read_text("utf-8").count("\n")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5
