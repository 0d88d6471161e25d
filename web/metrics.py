"""Prometheus metrics of web at `/metrics`; nothing of a text is in them.

The parts count for themselves, in plain numbers, and are read when somebody asks. The published
port gives metrics to nobody without a key; the inner port (METRICS_PORT), which is a second
socket of the same server and is not published, gives them to everybody who reaches it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import nan

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from web.access.policy import routes_not_logged
from web.database import Database
from web.errors import StoreUnavailableError
from web.jobs.queue import JobQueue
from web.jobs.worker import Worker
from web.telemetry.requests import Requests
from web.telemetry.supervision import Supervisor
from web.translation.service import Translations
from web.translator_client.client import TranslatorClient

# Longest wait for the database when somebody asks for metrics.
QUEUE_SECONDS = 2.0


@dataclass(eq=False)
class State(Collector):
    """Collector: the parts of a running application, whose counters it reads."""

    database: Database
    queue: JobQueue
    translator: TranslatorClient
    worker: Worker
    translations: Translations
    supervisor: Supervisor
    workers: int
    open_passages: float = nan
    unstored: int = 0

    async def refresh(self) -> None:
        """Ask for figures that no part has counted. Without the database its figure is NaN."""
        self.open_passages = nan
        with suppress(StoreUnavailableError, RuntimeError, TimeoutError):
            async with asyncio.timeout(QUEUE_SECONDS):
                self.open_passages = await self.queue.waiting()
        self.unstored = await self.translations.unstored()

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        for name, value, what in (
            ("jobs_held", self.worker.held, "Passages that this replica translates now."),
            ("jobs_limit", self.workers, "WORKERS."),
            (
                "receiving_texts",
                len(self.worker.receiving),
                "Long texts that are still arriving here.",
            ),
            (
                "queue_open_passages",
                self.open_passages,
                "Passages of all texts that are not translated yet, the same for every replica.",
            ),
            ("spool_files", self.unstored, "Translations that wait for the database to come back."),
        ):
            yield GaugeMetricFamily(f"web_{name}", what, value)
        connections = GaugeMetricFamily(
            "web_database_connections", "Open connections to the database.", labels=("state",)
        )
        for state, number in self.database.connections.items():
            connections.add_metric((state,), number)
        yield connections
        failing = GaugeMetricFamily(
            "web_loop_failing",
            "Background loops; 1: it keeps failing, as /health says.",
            labels=("loop",),
        )
        names = self.supervisor.failing
        for name in self.supervisor.failures:
            failing.add_metric((name,), int(name in names))
        yield failing
        yield from self._counters()

    def _counters(self) -> Iterator[Metric]:
        for name, labels, counts, what in (
            (
                "translations",
                ("origin", "kind"),
                self.translations.begun,
                "Texts by interface: short ones that were translated, long ones that have begun.",
            ),
            (
                "passages",
                ("outcome",),
                {**dict.fromkeys(("done", "failed", "released"), 0), **self.worker.outcomes},
                "Passages of long texts; failed: an attempt; released: the translator was away.",
            ),
            (
                "translator_answers",
                ("path", "status"),
                self.translator.answers,
                "Answers of the translator; away: none came; broken: it was given up.",
            ),
            (
                "database_errors",
                ("kind",),
                {"away": 0, "refused": 0, **self.database.errors},
                "Transactions that failed; away: no answer, refused: a statement.",
            ),
            (
                "loop_failures",
                ("loop",),
                self.supervisor.failures,
                "Unexpected failures of background loops, each of which went on.",
            ),
        ):
            family = CounterMetricFamily(f"web_{name}", what, labels=labels)
            # A copy: this runs in a thread, while the event loop counts on.
            for key, count in list(counts.items()):
                family.add_metric((key,) if isinstance(key, str) else key, count)
            yield family


class Metrics:
    """Metrics of one application, in an own registry. `state` is None while it is stopped."""

    def __init__(self, inner_port: int) -> None:
        """`inner_port` gives metrics without a key; 0: none does."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self.requests = Requests(registry, "web", routes_not_logged())
        self.inner_port = inner_port
        self.state: State | None = None

    @contextmanager
    def of(self, state: State) -> Iterator[None]:
        """Context manager: report the counters of these parts, too, while the block runs."""
        self.state = state
        self.registry.register(state)
        try:
            yield
        finally:
            self.registry.unregister(state)
            self.state = None

    async def text(self) -> bytes:
        """All metrics in the text format of Prometheus."""
        if self.state:
            await self.state.refresh()
        return await asyncio.to_thread(generate_latest, self.registry)
