"""The functions of scripts/lib, each in a shell of its own."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted(
    path.name
    for path in (ROOT / "scripts").iterdir()
    if path.is_file() and os.access(path, os.X_OK)
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_explains_itself_from_any_folder(name: str, tmp_path: Path) -> None:
    for folder, program in ((tmp_path, ROOT / "scripts" / name), (ROOT / "scripts", f"./{name}")):
        result = subprocess.run(
            [program, "--help"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        assert not result.stderr
        assert result.stdout.startswith(f"scripts/{name}")
        lines = result.stdout.splitlines()
        assert len(lines) >= 3
        assert not [line for line in lines if line.startswith(("#", "set -"))]
