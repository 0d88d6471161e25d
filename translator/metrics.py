"""Prometheus metrics of the translator at `/metrics`; nothing of a text is in them.

The parts count for themselves, in plain numbers, and are read when somebody asks, so a
translation pays next to nothing for it. Only batches are told of as they end, for histograms.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from translator.inference.scheduler import Batch
from translator.service import Service
from translator.telemetry.requests import Requests

router = APIRouter()

# Asked every few seconds by machines.
QUIET = ("/health", "/metrics")
LANE = ("lane",)
# Histogram buckets: segments of a batch, its padded tokens ÷ BATCH_TOKENS (a ratio), its seconds.
ROWS = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 256)
FILL = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.25, 1.5)
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Metrics of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        self.requests = Requests(registry, "translator", QUIET)
        self._rows = Histogram(
            "translator_batch_rows",
            "Segments in a batch.",
            LANE,
            buckets=ROWS,
            registry=registry,
        )
        self._fill = Histogram(
            "translator_batch_fill_ratio",
            "Padded source tokens of a batch ÷ BATCH_TOKENS.",
            LANE,
            buckets=FILL,
            registry=registry,
        )
        self._seconds = Histogram(
            "translator_batch_seconds",
            "Time that a batch took, the wait for a thread included.",
            LANE,
            buckets=SECONDS,
            registry=registry,
        )

    def batch(self, batch: Batch) -> None:
        """Count a batch that has ended."""
        lane = "express" if batch.express else "bulk"
        self._rows.labels(lane).observe(batch.rows)
        self._fill.labels(lane).observe(batch.fill)
        self._seconds.labels(lane).observe(batch.seconds)

    @contextmanager
    def of(self, service: Service) -> Iterator[None]:
        """Context manager: report the counters of this service, too, while the block runs."""
        state = State(service)
        self.registry.register(state)
        try:
            yield
        finally:
            self.registry.unregister(state)


class State(Collector):
    """Collector: reads the counters of the service's parts when Prometheus asks."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        scheduler = self._service.scheduler
        cache = scheduler.cache
        for name, value, what in (
            ("queued_segments", scheduler.queued, "Segments that wait for a batch."),
            ("queued_tokens", scheduler.queued_tokens, "Source tokens that wait for a batch."),
            ("queue_limit_segments", scheduler.queue_segments, "QUEUE_SEGMENTS."),
            ("cache_bytes", cache.bytes, "Estimated size of the cached translations."),
        ):
            yield GaugeMetricFamily(f"translator_{name}", what, value)
        for name, value, what in (
            ("batches", scheduler.batches, "Batches that the model has translated."),
            (
                "source_tokens",
                scheduler.translated_tokens,
                "Source tokens that the model has translated, padding not counted.",
            ),
            ("padded_tokens", scheduler.padded_tokens, "The same with padding."),
            (
                "target_tokens",
                scheduler.target_tokens,
                "Tokens of the best translations that the model has written.",
            ),
            ("cache_hits", cache.hits, "Segments that were in the cache when they were asked for."),
            (
                "cache_misses",
                cache.misses,
                "Segments that were not, when they were asked for.",
            ),
            ("refused", scheduler.refused, "Requests that found the queue full."),
            ("failed_segments", scheduler.failed, "Segments that the engine failed on."),
        ):
            yield CounterMetricFamily(f"translator_{name}", what, value=value)
        yield from self._models()

    def _models(self) -> Iterator[Metric]:
        models = GaugeMetricFamily(
            "translator_model_info",
            "1 for each model that is loaded.",
            labels=("model", "source", "target", "demonstration"),
        )
        segments = CounterMetricFamily(
            "translator_segments",
            "Segments that were answered; untranslated: the model failed, its source came back.",
            labels=("model", "status"),
        )
        for card, counts in self._service.counts():
            demonstration = str(card.demonstration).lower()
            models.add_metric((card.name, card.source, card.target, demonstration), 1)
            for status, count in counts.items():
                segments.add_metric((card.name, status), count)
        repairs = CounterMetricFamily(
            "translator_repairs",
            "Segments whose figures were wrong, by the step that repaired them; none: no step did.",
            labels=("model", "step"),
        )
        for card, counts in self._service.repairs():
            for step, count in counts.items():
                repairs.add_metric((card.name, step), count)
        warnings = CounterMetricFamily(
            "translator_warnings",
            "Warnings of segments by their code; a segment may have several.",
            labels=("model", "code"),
        )
        for card, counts in self._service.warnings():
            for code, count in counts.items():
                warnings.add_metric((card.name, code), count)
        yield models
        yield segments
        yield repairs
        yield warnings


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """All metrics in the text format of Prometheus. The port of this service is not published."""
    found: Metrics = request.app.state.metrics
    text = await asyncio.to_thread(generate_latest, found.registry)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
