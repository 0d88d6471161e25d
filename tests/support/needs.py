"""Programs that tests need and a machine may not have: a test skips, and says how to get them."""

import functools
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

# Where Debian puts servers, which not everybody's PATH holds.
SYSTEM_PATH = "/usr/sbin"
FAKETIME = "*/faketime/libfaketimeMT.so.1"
LIBRARIES = Path("/usr/lib")
CHROMIUM = Path("/usr/bin/chromium")
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
# Where scripts/test puts the clients of other projects, and where Debian has one more.
CLIENTS = Path(__file__).parent.parent.parent / ".clients"
DIALECT = Path("/usr/share/dialect/dialect/translators/libretrans.py")
# Longest wait for an engine.
ENGINE_SECONDS = 20


def mariadb() -> None:
    """Skip the test unless a private MariaDB can be made."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), SYSTEM_PATH])
    for program in ("mariadbd", "mariadb-install-db", "mariadb"):
        if shutil.which(program, path=path) is None:
            _skip(f"{program} is missing", "mariadb-server-core mariadb-client-core")


def faketime(libraries: Path = LIBRARIES) -> Path:
    """The library that makes a process's clock wrong; skip the test where it is missing."""
    found = next((each for each in libraries.glob(FAKETIME) if each.is_file()), None)
    if found is None:
        _skip(f"there is no {libraries}/{FAKETIME}", "faketime")
    return found


def chromium(program: Path = CHROMIUM) -> str:
    """The browser's path; skip the test where it is missing."""
    if not os.access(program, os.X_OK):
        _skip(f"there is no {program}", "chromium fonts-liberation")
    return str(program)


def soffice() -> str:
    """LibreOffice's path; skip the test where it is missing."""
    packages = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
    return program("soffice", packages)


def epubcheck(archive: Path = EPUBCHECK) -> list[str]:
    """The command that finds faults in books; skip the test where it is missing.

    Debian's /usr/bin/epubcheck is that archive, which only some kernels start by themselves.
    """
    if not archive.exists():
        _skip(f"there is no {archive}", "epubcheck")
    return [program("java", "default-jre-headless"), "-jar", str(archive)]


def qpdf() -> str:
    """The path of what finds faults in PDFs; skip the test where it is missing."""
    return program("qpdf", "qpdf")


def program(name: str, packages: str) -> str:
    """The path of a program; skip the test where it is missing."""
    found = shutil.which(name)
    if found is None:
        _skip(f"{name} is missing", packages)
    return found


def clients(folder: Path = CLIENTS) -> Path:
    """The folder of the pinned clients' programs; skip the test where it is missing."""
    if not (folder / "bin/python").exists():
        pytest.skip(f"there is no {folder}; scripts/test makes it")
    return folder / "bin"


def weblate(folder: Path = CLIENTS) -> Path:
    """The same, where Weblate is among them; skip the test where Python is too old for it."""
    programs = clients(folder)
    if not list(folder.glob("lib/python*/site-packages/weblate")):
        pytest.skip("Weblate needs Python 3.12; install one and remove .clients (scripts/test)")
    return programs


def dialect(module: Path = DIALECT) -> Path:
    """The module of Dialect 2.1 for LibreTranslate; skip the test where it is missing.

    Later versions have other modules, and Debian 12 has this one.
    """
    if not module.exists():
        _skip(f"there is no {module}", "dialect")
    return module


def docker() -> Path:
    """The Docker client's path; skip the test where no engine answers it."""
    found = shutil.which("docker")
    if found is None:
        pytest.skip("there is no docker; install a Docker engine with its Compose plugin")
    if problem := _silence(found):
        pytest.skip(f"no Docker engine with Compose answers ({problem}); start one, as dockerd")
    return Path(found)


@functools.cache
def _silence(program: str) -> str:
    """Why the engine, or its Compose, does not answer; empty when both do."""
    for question in (["version"], ["compose", "version"]):
        try:
            asked = subprocess.run(
                [program, *question],
                capture_output=True,
                text=True,
                check=False,
                timeout=ENGINE_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return f"nothing came within {ENGINE_SECONDS} s"
        if asked.returncode:
            said = asked.stderr.strip().splitlines()
            return said[-1] if said else f"docker ended with {asked.returncode}"
    return ""


def _skip(what: str, packages: str) -> NoReturn:
    pytest.skip(f"{what}; get it with: apt-get install {packages} (scripts/test does)")
