"""An older version beside this one: its checkout, its packages, and both running."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.versions.rows import Builds
from tests.support.instance import ROOT, Instance

# Virtual environments of older versions, which their own scripts/up fills by their lock files.
ENVIRONMENTS = ROOT / "build/versions"


@contextmanager
def checkout(version: str) -> Iterator[Path]:
    """A checkout of a version (a tag, a branch, a commit), removed when the block ends.

    Raises CalledProcessError when git knows no such version.
    """
    commit = _git("rev-parse", "--verify", f"{version}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="translation-") as folder:
        root = Path(folder) / "checkout"
        _git("worktree", "add", "--detach", str(root), commit)
        try:
            environment = ENVIRONMENTS / commit
            if not (environment / "bin/python").exists():
                subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
            (root / ".venv").symlink_to(environment)
            yield root
        finally:
            _git("worktree", "remove", "--force", str(root))


@contextmanager
def running(version: str) -> Iterator[Builds]:
    """Both versions, started and stopped."""
    with checkout(version) as root, Instance(checkout=root) as old, Instance() as new:
        yield Builds(old, new)


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", ROOT, *arguments], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()
