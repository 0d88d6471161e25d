"""The benchmarks' plumbing: they run, and print a line per figure. No time is judged here."""

import subprocess
import sys

from tests.support.instance import ROOT


def run(module: str, *options: str) -> list[str]:
    """Output of the benchmark."""
    result = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not result.stderr
    assert result.returncode in {0, 1}  # 1: a target was missed
    return result.stdout.splitlines()


def test_long_texts() -> None:
    lines = run("long", "--megabytes", "0.1", "--sentences", "2", "--rounds", "1")
    assert len(lines) == 5
    assert "all of it came back" in lines[-1]


def test_history() -> None:
    lines = run("history", "--translations", "30", "--passages", "300", "--rounds", "2")
    assert sum(" p95 " in line for line in lines) == 8


def test_load() -> None:
    lines = run("load", "--seconds", "2", "--browsers", "3", "--clients", "3", "--books", "1")
    assert [line for line in lines if line.startswith("--")] == [
        "-- pass 1, 3 browsers",
        "-- pass 2, 3 browsers",
        "-- pass 3, 0 browsers",
        "-- memory",
    ]
    errors = [line for line in lines if line.startswith("errors")]
    assert len(errors) == 3
    assert all(" OK " in line for line in errors), errors
