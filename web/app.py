"""The composition root of the web service."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from web import __version__, metrics, negotiation
from web.access.authentication import running_callers
from web.access.cross_site import Guard
from web.access.middleware import Gate
from web.api import downloads, health, openapi
from web.api import translate as api
from web.compat import deepl, deepl_documents, libretranslate
from web.database import open_database
from web.documents.service import Documents
from web.documents.store import DocumentStore
from web.history.store import HistoryStore, running_purge
from web.jobs.queue import Claims
from web.jobs.worker import running_jobs
from web.pages import documents as document_page
from web.pages import history, live, login, status
from web.pages import translations as page
from web.settings import Settings
from web.telemetry.requests import Observed
from web.text.detection import Detector
from web.translation.batch import Texts
from web.translation.draft_store import DraftStore
from web.translation.drafts import Drafts
from web.translation.following import Following
from web.translation.service import Translations
from web.translation.spool import running_spool
from web.translation.store import Store
from web.translator_client.client import open_translator
from web.translator_client.statistics import running_watch

log = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """An application that opens what it needs when it starts and closes it when it stops."""
    detector = Detector()
    measured = metrics.Metrics(settings.metrics_port)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_database(settings) as database,
            open_translator(settings.translator_url, settings.translator_seconds) as translator,
            running_jobs(claims := Claims(database), translator, settings.workers) as jobs,
            running_spool(settings.spool_dir, store := Store(database)) as spool,
            running_purge(past := HistoryStore(database)),
            running_callers(settings, database) as callers,
            running_watch(translator) as watch,
        ):
            translations = Translations(store, translator, jobs, spool, callers)
            following = Following(store, jobs.finished)
            app.state.settings = settings
            app.state.callers = callers
            app.state.store = store
            app.state.history = past
            app.state.translator = translator
            app.state.translations = translations
            app.state.following = following
            app.state.drafts = Drafts(store, DraftStore(database), translator, callers)
            app.state.texts = texts = Texts(translations, following, translator, detector, callers)
            app.state.documents = Documents(
                translations, following, texts, store, DocumentStore(database), callers
            )
            app.state.metrics = measured
            app.state.overview = status.Overview(claims, past, jobs, watch, settings.workers)
            with measured.of(
                metrics.State(database, claims, translator, jobs, translations, settings.workers)
            ):
                yield
            await translations.close()

    app = FastAPI(
        title="Unlimited Translation",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # web/api/openapi.py
    )
    app.add_middleware(Gate)
    app.add_middleware(Guard)
    app.add_middleware(Observed, requests=measured.requests)  # the first to see a request
    app.include_router(negotiation.router)
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(libretranslate.router)
    app.include_router(deepl.router)
    app.include_router(deepl_documents.router)
    app.include_router(downloads.router)
    app.include_router(openapi.router)
    app.include_router(history.router, include_in_schema=False)
    app.include_router(login.router)
    app.include_router(page.router, include_in_schema=False)
    app.include_router(document_page.router, include_in_schema=False)
    app.include_router(live.router, include_in_schema=False)
    app.include_router(metrics.router, include_in_schema=False)
    app.include_router(status.router, include_in_schema=False)
    app.mount(
        "/static", StaticFiles(directory=Path(__file__).parent / "pages/static"), name="static"
    )
    negotiation.install_errors(app)
    return app
