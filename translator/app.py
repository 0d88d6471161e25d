"""Composition root: the application of the translator, with all its parts."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from translator import alignment_api, api, metrics
from translator.service import running
from translator.settings import Settings
from translator.telemetry.requests import RequestTelemetry


def create_app(settings: Settings) -> FastAPI:
    """The application: it loads its models when it starts and frees them when it stops.

    Its start raises ModelError when there is no model or one is broken.
    """
    measured = metrics.Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(settings, measured.batch) as service:
            app.state.service = service
            app.state.metrics = measured
            # All objects of now stay for good. The garbage collector would look through them
            # again and again while books come and go, and hold up the engine's threads meanwhile.
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
    app.router.routes.append(api.TranslateRoute())
    app.include_router(api.router)
    app.include_router(alignment_api.router)
    app.include_router(metrics.router)
    api.install_errors(app)
    return app
