"""The composition root of the translator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from translator import api
from translator.service import running
from translator.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """An application that loads its models when it starts and frees them when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(settings) as service:
            app.state.service = service
            yield

    app = FastAPI(
        title="Unlimited Translation: translator",
        lifespan=lifespan,
        max_body_size=settings.max_body_bytes,
    )
    app.include_router(api.router)
    api.install_errors(app)
    return app
