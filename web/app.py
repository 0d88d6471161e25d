"""The composition root of the web service."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import Match

from web import __version__, metrics
from web.access.authentication import running_callers
from web.access.cross_site import HEADERS, Guard
from web.access.middleware import Gate
from web.api import downloads, openapi
from web.api import translate as api
from web.compat import deepl, deepl_documents, libretranslate
from web.database import open_database
from web.documents.service import Documents
from web.documents.store import DocumentStore
from web.errors import NotFoundError, UserError
from web.history.store import HistoryStore, running_purge
from web.jobs.queue import Claims
from web.jobs.worker import running_jobs
from web.pages import documents as document_page
from web.pages import history, live, login, status
from web.pages import translations as page
from web.settings import Settings
from web.telemetry.logs import request_id
from web.telemetry.requests import HEADER, Observed
from web.text.detection import Detector
from web.translation.batch import Texts
from web.translation.draft_store import DraftStore
from web.translation.drafts import Drafts
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
            app.state.settings = settings
            app.state.callers = callers
            app.state.store = store
            app.state.history = past
            app.state.translator = translator
            app.state.translations = translations
            app.state.drafts = Drafts(store, DraftStore(database), translator, callers)
            app.state.texts = texts = Texts(translations, translator, detector, callers)
            app.state.documents = Documents(
                translations, texts, store, DocumentStore(database), callers
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
    app.include_router(api.router)
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
    _install_errors(app)
    return app


def _methods(app: FastAPI, request: Request) -> list[str]:
    """What an address knows; Starlette names the methods of one of its routes alone."""
    return [
        method
        for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in app.routes
        )
    ]


def _install_errors(app: FastAPI) -> None:
    """One error contract: no stack trace, no echo of what was sent."""

    @app.exception_handler(UserError)
    async def user_error(request: Request, error: UserError) -> Response:
        return await api.error_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return await api.error_response(request, UserError(f"{where}: {first['msg']}"))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        problem = NotFoundError("Not found: there is nothing at this address.")
        if error.status_code != problem.status:
            problem.message = str(error.detail)
            problem.status = error.status_code
        response = await api.error_response(request, problem)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(_methods(app, request))
        return response

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        # The server logs where it came from, without values.
        identity = request_id.get()
        problem = UserError(
            f"Something went wrong on our side. Try again; if it stays, the log says more at "
            f"request id {identity}."
        )
        problem.status = 500
        response = await api.error_response(request, problem)
        # This one is answered outside of all middleware, which would have added them.
        response.headers[HEADER] = identity
        response.headers.update(HEADERS)
        return response
