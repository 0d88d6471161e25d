"""An instance of the product for tests: made by `scripts/up --no-docker`, used from outside."""

import os
import secrets
import shutil
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.support import needs
from tests.support.run_directory import RunDirectory

ROOT = Path(__file__).parent.parent.parent
ODD_PASSWORD = r"""it's "odd" \ 100 %s $HOME `id` #1 \n"""  # noqa: S105 - for tests


def free_port() -> int:
    """Give a port of 127.0.0.1 on which nothing listens.

    It is none of those that the system gives to outgoing connections: one of them could take it
    before it is used.
    """
    while True:
        port = secrets.choice(range(10_000, 32_000))
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@dataclass
class Instance(RunDirectory):
    """Both services and their database as processes, with folders and ports of their own.

    In a `with` block they run; after it nothing of them is left.
    """

    web_port: int = field(default_factory=free_port)
    translator_port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    # Whose scripts/up starts it: that of this checkout, or of another version's.
    checkout: Path = ROOT

    @property
    def web_url(self) -> str:
        """The address of the page and the public API."""
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def translator_url(self) -> str:
        """The address of the model service."""
        return f"http://127.0.0.1:{self.translator_port}"

    @property
    def metrics_url(self) -> str:
        """The inner port of web, which gives metrics to everybody."""
        return f"http://127.0.0.1:{self.metrics_port}"

    def __enter__(self) -> Self:
        try:
            needs.mariadb()
            self.up()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment in which scripts/up means this instance."""
        return (
            os.environ
            | {
                "PUBLISH": f"127.0.0.1:{self.web_port}",
                "TRANSLATOR_PORT": str(self.translator_port),
                "METRICS_PORT": str(self.metrics_port),
                "RUN_DIR": str(self.run_dir),
                "SECRETS_DIR": str(self.secrets_dir),
            }
            | self.settings
            | more
        )

    def run(self, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run scripts/up --no-docker with these options, whatever its outcome."""
        return subprocess.run(
            [self.checkout / "scripts/up", "--no-docker", *options],
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def run_after(self, preparation: str, *outer: str) -> "subprocess.CompletedProcess[str]":
        """Run it in a shell, below the command `outer`, that has done `preparation` before."""
        up = self.checkout / "scripts/up"
        return subprocess.run(
            [*outer, "bash", "-c", f'{preparation} && exec "$0" --no-docker', up],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self) -> None:
        """Start what is not running and wait until both services are healthy."""
        result = self.run()
        assert result.returncode == 0, result.stderr

    def stop(self) -> None:
        """Stop everything; the data stays."""
        result = self.run("--stop")
        assert result.returncode == 0, result.stderr

    def remove(self) -> None:
        """Stop everything and delete its folder."""
        self.stop()
        shutil.rmtree(self.run_dir)
