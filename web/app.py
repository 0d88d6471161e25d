"""The composition root of the web service."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from web import __version__, metrics, negotiation
from web.access.authentication import AccessControl
from web.access.budgets import running_budgets
from web.access.cross_site import CrossSiteMiddleware
from web.access.keys import watched_keys
from web.access.middleware import AuthenticationMiddleware
from web.api import downloads, health, openapi
from web.api import translate as api
from web.compat import deepl, deepl_documents, libretranslate
from web.database import open_database
from web.documents.service import Documents
from web.documents.store import DocumentStore
from web.history.store import HistoryStore, running_purge
from web.jobs.queue import JobQueue
from web.jobs.worker import running_worker
from web.pages import documents as document_page
from web.pages import history, live, login, status
from web.pages import translations as page
from web.settings import Settings
from web.telemetry.requests import RequestTelemetry
from web.telemetry.supervision import Supervisor
from web.text.detection import Detector
from web.translation.batch import BatchTranslator
from web.translation.draft_store import DraftStore
from web.translation.drafts import Drafts
from web.translation.following import Following
from web.translation.service import Translations
from web.translation.spool import running_spool
from web.translation.store import Store
from web.translator_client.client import open_translator
from web.translator_client.statistics import running_statistics

log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    supervisor: Supervisor | None = None,
) -> FastAPI:
    """An application that opens what it needs when it starts and closes it when it stops.

    `transport` carries the requests to the translator; by default they go over the network.
    `supervisor` runs the background loops.
    """
    supervisor = supervisor or Supervisor()
    detector = Detector()
    measured = metrics.Metrics(settings.metrics_port)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_database(settings) as database,
            open_translator(
                settings.translator_url, settings.translator_seconds, transport=transport
            ) as translator,
            running_worker(
                queue := JobQueue(database), translator, settings.workers, supervisor
            ) as worker,
            running_spool(settings.spool_dir, store := Store(database), supervisor) as spool,
            running_purge(past := HistoryStore(database), supervisor),
            watched_keys(settings.api_keys_file, settings.db_password_file, supervisor) as keys,
            running_budgets(database, supervisor) as budgets,
            running_statistics(translator, supervisor) as statistics,
        ):
            access = AccessControl(keys, budgets)
            translations = Translations(store, translator, worker, spool, access)
            following = Following(store, worker.finished)
            app.state.settings = settings
            app.state.access = access
            app.state.supervisor = supervisor
            app.state.store = store
            app.state.history = past
            app.state.translator = translator
            app.state.translations = translations
            app.state.following = following
            app.state.drafts = Drafts(store, DraftStore(database), translator, access)
            app.state.texts = texts = BatchTranslator(
                translations, following, translator, detector, access
            )
            app.state.documents = Documents(
                translations, following, texts, store, DocumentStore(database), access
            )
            app.state.metrics = measured
            app.state.overview = status.Overview(queue, past, worker, statistics, settings.workers)
            state = metrics.State(
                database, queue, translator, worker, translations, supervisor, settings.workers
            )
            with measured.of(state):
                yield
            await translations.close()

    app = FastAPI(
        title="Unlimited Translation",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # web/api/openapi.py
    )
    app.add_middleware(AuthenticationMiddleware)
    app.add_middleware(CrossSiteMiddleware)
    app.add_middleware(RequestTelemetry, requests=measured.requests)  # the first to see a request
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
