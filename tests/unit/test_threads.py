"""How many cores there are, as the container sees it, and how they are spent."""

import os
from pathlib import Path

import pytest

from translator.inference.threads import Threads, available_cores, choose

CORES = len(os.sched_getaffinity(0))


def test_without_a_quota_all_cores_count(tmp_path: Path) -> None:
    assert available_cores(tmp_path) == CORES
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert available_cores(tmp_path) == CORES


@pytest.mark.parametrize(("quota", "cores"), [("50000", 1), ("100000", 1), ("150000", 1)])
def test_a_quota_cuts_them_down(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu.max").write_text(f"{quota} 100000\n")
    assert available_cores(tmp_path) == cores


def test_a_quota_above_the_cores_adds_none(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("100000000 100000\n")
    assert available_cores(tmp_path) == CORES


@pytest.mark.parametrize(("quota", "cores"), [("-1", CORES), ("100000", 1)])
def test_the_first_version_of_cgroups(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu/cpu.cfs_quota_us").write_text(f"{quota}\n")
    (tmp_path / "cpu/cpu.cfs_period_us").write_text("100000\n")
    assert available_cores(tmp_path) == cores


@pytest.mark.parametrize(
    ("inter", "intra", "cores", "chosen"),
    [
        (0, 0, 1, (1, 1)),
        (0, 0, 2, (2, 1)),
        (0, 0, 16, (16, 1)),
        (0, 4, 16, (4, 4)),
        (2, 0, 16, (2, 8)),
        (3, 2, 2, (3, 2)),  # what is set is not questioned
        (0, 8, 2, (1, 8)),
    ],
)
def test_the_choice(inter: int, intra: int, cores: int, chosen: tuple[int, int]) -> None:
    assert choose(inter, intra, cores) == Threads(*chosen)
