"""Where a program is missing its tests are skipped, and say how to get it; none is lost unseen."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import needs
from tests.support.instance import ROOT

Skipped = pytest.skip.Exception
PATH = [*os.environ.get("PATH", os.defpath).split(os.pathsep), needs.SYSTEM_PATH]


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without programs, which is the only one that is looked into."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(needs, "SYSTEM_PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (lambda _: needs.mariadb(), r"mariadbd is missing; .*apt-get install mariadb-server-core"),
        (needs.faketime, r"libfaketimeMT.so.1; .*apt-get install faketime"),
        (lambda folder: needs.chromium(folder / "x"), r"no .*/x; .*apt-get install chromium"),
        (lambda folder: needs.clients(folder / "x"), "no .*/x; scripts/test makes it"),
        (lambda folder: needs.dialect(folder / "x"), r"no .*/x; .*apt-get install dialect"),
        (lambda _: needs.soffice(), r"soffice is missing; .*libreoffice-writer-nogui"),
        (lambda folder: needs.epubcheck(folder / "x"), r"no .*/x; .*apt-get install epubcheck"),
        (lambda _: needs.qpdf(), r"qpdf is missing; .*apt-get install qpdf"),
        (lambda _: needs.docker(), "no docker; install a Docker engine with its Compose plugin"),
    ],
    ids=[
        *("mariadb", "faketime", "chromium", "clients", "dialect"),
        *("soffice", "epubcheck", "qpdf", "docker"),
    ],
)
def test_what_is_missing_is_named_with_what_brings_it(
    nothing: Path, need: Callable[[Path], object], said: str
) -> None:
    with pytest.raises(Skipped, match=said):
        need(nothing)


@pytest.mark.parametrize("silent", ["version", "compose version"])
def test_an_engine_that_does_not_answer_is_missing_too(nothing: Path, silent: str) -> None:
    docker = nothing / "docker"
    docker.write_text(f'#!/bin/sh\n[ "$*" != "{silent}" ] || {{ echo "it sleeps" >&2; exit 1; }}\n')
    docker.chmod(0o755)
    with pytest.raises(Skipped, match=r"no Docker engine .*it sleeps"):
        needs.docker()


def test_what_is_there_is_found(nothing: Path) -> None:
    for name in ("mariadbd", "mariadb-install-db", "mariadb", "docker"):
        (nothing / name).write_text("#!/bin/sh\n")
        (nothing / name).chmod(0o755)
    library = nothing / "x86" / needs.FAKETIME.removeprefix("*/")
    library.parent.mkdir(parents=True)
    library.touch()
    needs.mariadb()
    assert needs.docker() == nothing / "docker"
    assert needs.faketime(nothing) == library
    assert needs.chromium(nothing / "docker") == str(nothing / "docker")
    assert needs.dialect(library) == library


def test_weblate_is_missing_where_python_is_too_old_for_it(tmp_path: Path) -> None:
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.touch()
    assert needs.clients(tmp_path) == python.parent
    with pytest.raises(Skipped, match=r"Weblate needs Python 3\.12"):
        needs.weblate(tmp_path)
    (tmp_path / "lib/python3.12/site-packages/weblate").mkdir(parents=True)
    assert needs.weblate(tmp_path) == python.parent


@pytest.mark.slow
def test_on_a_machine_without_any_of_it_all_tests_are_collected_and_those_are_skipped() -> None:
    """In a place where each program and library is nothing, and everything else is as it was."""
    hidden = [
        *(Path(folder, name) for folder in PATH for name in ("mariadbd", "mariadb", "docker")),
        *(Path(folder, name) for folder in PATH for name in ("soffice", "java", "qpdf")),
        *needs.LIBRARIES.glob(needs.FAKETIME),
        needs.CHROMIUM,
        needs.EPUBCHECK,
    ]
    mounts = [f"mount --bind /dev/null {each}" for each in hidden if each.exists()]
    inside = ["unshare", "--mount", "sh", "-ec"]
    if subprocess.run([*inside, "; ".join(mounts)], capture_output=True, check=False).returncode:
        pytest.skip("this account (or this container) may not mount; run it as root")

    pytest_there = 'exec "$0" -m pytest -q -rs -p no:cacheprovider "$@"'

    def outcome(*options: str) -> str:
        result = subprocess.run(
            [*inside, "; ".join([*mounts, pytest_there]), sys.executable, *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
        return result.stdout

    collected = outcome("--collect-only", "--ignore=tests/bench")
    for folder in ("app", "browser", "clients", "service", "stack", "unit"):
        assert f"tests/{folder}/" in collected
    ran = outcome(
        *("tests/app/test_live.py", "tests/browser/test_status.py"),
        *("tests/service/test_clock.py", "tests/stack/test_stack.py"),
    )
    assert re.search(r"^\d+ skipped in ", ran, re.MULTILINE), ran[-2000:]
    for package in ("mariadb-server-core", "chromium", "faketime", "Docker engine"):
        assert package in ran
