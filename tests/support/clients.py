"""Clients of other projects, run as programs of their own by the drivers in tests/clients/drivers.

A driver makes calls as a user of the client does, and prints by name what came back as JSON: what
its user gets, or the class and the message of what was raised.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.support import needs
from tests.support.instance import ROOT

DRIVERS = ROOT / "tests/clients/drivers"
# Longest wait for a driver, in seconds.
PATIENCE = 120

Answers = dict[str, Any]


def python(driver: str, *arguments: str) -> Answers:
    """Run a driver of a client from PyPI."""
    return json_of(needs.clients() / "python", DRIVERS / driver, *arguments)


def node(driver: str, *arguments: str) -> Answers:
    """Run a driver of a client from npm."""
    return json_of(needs.clients() / "node", DRIVERS / driver, *arguments)


def weblate(*arguments: str) -> Answers:
    """Run Weblate's driver, where its Python is new enough."""
    return json_of(needs.weblate() / "python", DRIVERS / "run_weblate.py", *arguments)


def dialect(*arguments: str) -> Answers:
    """Run Dialect's driver with Debian's Python, which has its libraries."""
    needs.dialect()
    return json_of("/usr/bin/python3", DRIVERS / "run_dialect.py", *arguments)


def json_of(*command: str | Path) -> Answers:
    """The JSON that a program prints, which it does without an error."""
    answers: Answers = json.loads(output(*command))
    return answers


def output(*command: str | Path, **environment: str) -> str:
    """The output of a program that has a home of its own, and no settings of this machine."""
    with tempfile.TemporaryDirectory() as home:
        result = subprocess.run(
            [*command],
            env={"HOME": home, "PATH": os.environ.get("PATH", os.defpath)} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
