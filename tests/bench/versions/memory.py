"""Memory after the figures before were measured, the load among them."""

from collections.abc import Iterator

from tests.bench.processes import peak_megabytes
from tests.bench.versions.rows import Builds, Row


def peak_of_web(builds: Builds) -> Iterator[Row]:
    """The most memory that web has had at once."""
    old, new = (peak_megabytes(build.pid("web")) for build in builds)
    yield Row("web, peak memory: MB", old, new, 0.8)
