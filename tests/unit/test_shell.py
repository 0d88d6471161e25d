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


def shell(
    code: str, *arguments: str | Path, given: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run code in a bash that has the functions, with the settings of the scripts."""
    code = f". scripts/lib/operation.sh\n{code}"
    return subprocess.run(
        ["/usr/bin/env", "bash", "-euo", "pipefail", "-c", code, "name", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def program(folder: Path, name: str, code: str) -> None:
    """Make a program in a folder for PATH."""
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{code}\n")
    path.chmod(0o755)


def engine_answers(folder: Path, given: str = "") -> bool:
    """Tell what `engine` finds with the programs in a folder before the machine's own."""
    result = shell("engine && cat", given=given, PATH=f"{folder}:{os.environ['PATH']}")
    assert not result.stderr
    assert result.stdout == (given if result.returncode == 0 else "")
    return result.returncode == 0


def test_without_docker_there_is_no_engine(tmp_path: Path) -> None:
    assert shell(f"PATH={tmp_path}; engine").returncode == 1


@pytest.mark.parametrize("missing", ["nothing", "version", "compose"])
def test_an_engine_is_one_that_answers_and_has_compose(tmp_path: Path, missing: str) -> None:
    program(tmp_path, "docker", f"cat; echo said; echo said >&2; [[ $1 != {missing} ]]")
    assert engine_answers(tmp_path, "what a script reads\n") == (missing == "nothing")


@pytest.mark.parametrize("silent", ["version", "compose"])
def test_an_engine_that_says_nothing_is_not_waited_for(tmp_path: Path, silent: str) -> None:
    program(tmp_path, "docker", f"trap '' TERM; [[ $1 != {silent} ]] || exec tail -f /dev/null")
    # The limits of the scripts, shortened.
    program(tmp_path, "timeout", 'exec /usr/bin/timeout --kill-after=0.1 0.1 "${@:3}"')
    assert not engine_answers(tmp_path)
