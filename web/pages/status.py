"""Status page, for the operator: what is up, what waits, how fast it goes, how much there is."""

import asyncio
import platform
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from math import floor, log10
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from web.dependencies import parts_of
from web.errors import StoreUnavailableError, TranslatorUnavailableError
from web.pages.rendering import pages
from web.translator_client.client import Model, TranslatorClient
from web.translator_client.statistics import Minute, TranslatorStatistics

router = APIRouter(default_response_class=HTMLResponse)
T = TypeVar("T")

# Longest wait for another service: the page comes without what it does not say by then.
ANSWER_SECONDS = 3.0
# The chart's own units; it is stretched to the place that it has.
WIDTH, HEIGHT = 600, 100
LEAST_TOP = 10.0


@dataclass(frozen=True, slots=True)
class Chart:
    """Tokens a second by the minute, as bars (x, y, height) of `width`, and in figures.

    `gaps` (x, width) are minutes that were not seen.
    """

    top: float
    bars: list[tuple[float, float, float]]
    width: float
    gaps: list[tuple[float, float]]
    lately: float | None
    mean: float | None
    peak: float | None
    total: float | None
    known: int

    @classmethod
    def of(cls, minutes: Sequence[Minute]) -> "Chart":
        """Draw these minutes; the last one is the newest."""
        rates = [minute.rate for minute in minutes]
        known = [rate for rate in rates if rate is not None]
        top = _round_up(max([LEAST_TOP, *known]))
        step = WIDTH / len(minutes)
        return cls(
            top=top,
            bars=[
                (round(number * step, 2), round(HEIGHT - height, 2), round(height, 2))
                for number, rate in enumerate(rates)
                if rate and (height := HEIGHT * rate / top)
            ],
            width=round(0.8 * step, 2),
            gaps=_gaps(rates, step),
            # The newest minute has just begun.
            lately=_rate(minutes[-2:]),
            mean=_rate(minutes),
            peak=max(known, default=None),
            total=sum(minute.tokens for minute in minutes) if known else None,
            known=len(known),
        )


@router.get("/status", include_in_schema=False)
async def status_page(request: Request) -> Response:
    """The page, also while other services are away."""
    parts = parts_of(request)
    healthy, models, waiting, size, unstored, _ = await asyncio.gather(
        _soon(parts.translator.healthy()),
        _models(parts.translator),
        _soon(parts.queue.waiting()),
        _soon(parts.history.recent_size()),
        parts.translations.unstored(),
        _refreshed(parts.statistics),
    )
    response = pages.now.TemplateResponse(
        request,
        "overview.html",
        {
            "now": datetime.now(UTC),
            "translator_up": bool(healthy),
            # Only a question that was answered just now says that it is there.
            "database_up": waiting is not None,
            "statistics": parts.statistics,
            "worker": parts.worker,
            "workers": parts.settings.workers,
            "models": models,
            "waiting": waiting,
            "size": size,
            "unstored": unstored,
            "failing": parts.supervisor.failing,
            "chart": Chart.of(parts.statistics.minutes()),
            "python": platform.python_version(),
        },
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


async def _models(translator: TranslatorClient) -> list[Model]:
    with suppress(TranslatorUnavailableError):
        return await translator.models()
    return []


async def _refreshed(statistics: TranslatorStatistics) -> None:
    # The loop that refreshes them meets the same error, and its supervisor logs it: the page shows
    # the last figures, and which loop fails.
    with suppress(Exception):
        await statistics.refresh()


async def _soon(question: Awaitable[T]) -> T | None:
    """The answer, or None when it does not come in time."""
    with suppress(StoreUnavailableError, TimeoutError):
        async with asyncio.timeout(ANSWER_SECONDS):
            return await question
    return None


def _gaps(rates: Sequence[float | None], step: float) -> list[tuple[float, float]]:
    found, at = [], 0
    for unknown, run in groupby(rate is None for rate in rates):
        length = len(list(run))
        if unknown:
            found.append((round(at * step, 2), round(length * step, 2)))
        at += length
    return found


def _rate(minutes: Sequence[Minute]) -> float | None:
    seconds = sum(minute.seconds for minute in minutes)
    return sum(minute.tokens for minute in minutes) / seconds if seconds else None


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on."""
    unit = 10.0 ** floor(log10(value))
    return next((step * unit for step in (1, 2, 5) if step * unit >= value), 10 * unit)
