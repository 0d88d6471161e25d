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
ENGINE_SECONDS = 20


def mariadb() -> None:
    """Skip the test unless a private MariaDB can be made."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), SYSTEM_PATH])
    for program in ("mariadbd", "mariadb-install-db", "mariadb"):
        if shutil.which(program, path=path) is None:
            _skip(f"{program} is missing", "mariadb-server-core mariadb-client-core")


def faketime(libraries: Path = LIBRARIES) -> Path:
    """The library that makes a process's clock wrong; skip the test where it is missing."""
    found = next(libraries.glob(FAKETIME), None)
    if found is None:
        _skip(f"there is no {libraries}/{FAKETIME}", "faketime")
    return found


def chromium(program: Path = CHROMIUM) -> str:
    """The browser's path; skip the test where it is missing."""
    if not os.access(program, os.X_OK):
        _skip(f"there is no {program}", "chromium fonts-liberation")
    return str(program)


def docker() -> Path:
    """The Docker client's path; skip the test where no engine answers it."""
    found = shutil.which("docker")
    if found is None:
        pytest.skip("there is no docker; install a Docker engine with its Compose plugin")
    if problem := _silence(found):
        pytest.skip(f"no Docker engine answers: {problem}; start one (dockerd)")
    return Path(found)


@functools.cache
def _silence(program: str) -> str:
    """Why the engine does not answer; empty when it does."""
    try:
        asked = subprocess.run(
            [program, "version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=ENGINE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"nothing came within {ENGINE_SECONDS} s"
    if not asked.returncode:
        return ""
    return (asked.stderr.strip().splitlines() or [f"docker ended with {asked.returncode}"])[-1]


def _skip(what: str, packages: str) -> NoReturn:
    pytest.skip(f"{what}; get it with: apt-get install {packages} (scripts/test does)")
