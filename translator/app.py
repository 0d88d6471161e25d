"""The composition root of the translator."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from translator import api, metrics
from translator.service import running
from translator.settings import Settings
from translator.telemetry.requests import RequestTelemetry


def create_app(settings: Settings) -> FastAPI:
    """An application that loads its models when it starts and frees them when it stops."""
    measured = metrics.Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(settings, measured.batch) as service:
            app.state.service = service
            app.state.metrics = measured
            # What is here now stays. Left to the garbage collector, it would look through it all
            # again while books come and go, and hold up the engine's threads meanwhile.
            gc.collect()
            gc.freeze()
            with measured.of(service):
                yield
            gc.unfreeze()

    app = FastAPI(
        title="Unlimited Translation: translator",
        lifespan=lifespan,
        max_body_size=settings.max_body_bytes,
    )
    app.add_middleware(RequestTelemetry, requests=measured.requests)
    app.include_router(api.router)
    app.include_router(metrics.router)
    api.install_errors(app)
    return app
