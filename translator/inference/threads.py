"""Thread counts: how many CPU cores there really are, and how batches share them."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Threads:
    """Thread counts: `inter` batches run in parallel with `intra` threads each."""

    inter: int
    intra: int


def available_cores(cgroup: Path = Path("/sys/fs/cgroup")) -> int:
    """CPU cores that this process may use: its CPU set, cut by the container's CPU quota.

    The quota stands in `cpu.max` (cgroup v2) or `cpu/cpu.cfs_*` (v1). A quota of 1.5 cores
    gives 1: a second busy thread would only be throttled.
    """
    cores = len(os.sched_getaffinity(0))
    quota = _quota(cgroup)
    return max(1, min(cores, int(quota))) if quota else cores


def _quota(cgroup: Path) -> float | None:
    try:
        quota, period = (cgroup / "cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        try:
            quota = (cgroup / "cpu/cpu.cfs_quota_us").read_text(encoding="ascii").strip()
            period = (cgroup / "cpu/cpu.cfs_period_us").read_text(encoding="ascii").strip()
        except OSError:
            return None
    if not quota.isdigit() or not period.isdigit():  # "max", or -1: no quota
        return None
    return int(quota) / int(period)


def choose(inter: int, intra: int, cores: int) -> Threads:
    """Choose the thread counts that are 0: parallel batches of one thread each.

    Measured with the demonstration model on 2 cores, beam 4 (tests/bench/engine.py): two batches
    of one thread give 2 to 4 times the throughput of one batch of two threads, and a single
    sentence is 9 times faster, since its matrices are too small to share.
    """
    if inter == 0:
        inter = max(1, cores // max(1, intra))
    if intra == 0:
        intra = max(1, cores // inter)
    return Threads(inter, intra)
