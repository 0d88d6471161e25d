"""The wheel: what `pip wheel .` builds has all that the services need, wherever it is installed."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.closed import until
from tests.support.instance import ROOT, free_port

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which nothing but the wheel is installed; its packages are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, since a build leaves folders beside its sources.
    tracked = subprocess.run(
        ["git", "ls-files", "web", "translator", "pyproject.toml", "README.md", "LICENSE"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in tracked:
        copy = folder / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    build = (*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run([*build, "--wheel-dir", folder, folder / "source"], check=True)
    (wheel,) = folder.glob("*.whl")
    install = (*PIP, "install", "--quiet", "--no-deps", "--no-index")
    subprocess.run([*install, "--target", folder / "site", wheel], check=True)
    return folder / "site"


@contextmanager
def served(installed: Path, module: str, folder: Path, **settings: str) -> Iterator[str]:
    """The address of a service that runs from the wheel."""
    port = free_port()
    environment = os.environ | settings | {"PORT": str(port), "PYTHONPATH": str(installed)}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", module], cwd=folder, env=environment
    ) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)


def answers(url: str) -> bool:
    try:
        httpx.get(f"{url}/health")
    except httpx.TransportError:
        return False
    return True


def test_web_and_translator_start_from_it(installed: Path, tmp_path: Path) -> None:
    for name in ("db_user", "db_password"):
        (tmp_path / name).write_text("nobody")
    with served(installed, "translator", tmp_path) as translator:
        settings = {
            "TRANSLATOR_URL": translator,
            "DB_SOCKET": str(tmp_path / "nothing.sock"),
            "DB_USER_FILE": str(tmp_path / "db_user"),
            "DB_PASSWORD_FILE": str(tmp_path / "db_password"),
            "SPOOL_DIR": str(tmp_path / "spool"),
        }
        with served(installed, "web", tmp_path, **settings) as web:
            until(lambda: answers(translator) and answers(web))
            german = {"Accept-Language": "de"}
            page = httpx.get(web, headers=german)
            assert page.status_code == 200
            assert "Übersetzen</button>" in page.text
            assert httpx.get(f"{web}/static/page.css").status_code == 200
            answer = httpx.post(f"{web}/translate", json={"text": "Guten Morgen!"}, timeout=30)
            assert answer.json()["text"] == "Good morning!"  # and it waits for the database
            assert answer.json()["kept"]


def test_it_has_the_programs_and_nothing_of_the_tests(installed: Path) -> None:
    (wheel,) = installed.parent.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        programs = file.read(points).decode()
    assert {name.partition("/")[0].split("-")[0] for name in names} == {
        "web",
        "translator",
        "unlimited_translation",
    }
    for program in ("web", "translator", "get-model", "import-history"):
        assert f"unlimited-translation-{program} = " in programs
