"""The composition root of the web service."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from web import __version__, api, downloads, history, page
from web.claims import Claims
from web.database import open_database
from web.errors import NotFoundError, UserError
from web.guard import Guard
from web.history_store import HistoryStore, running_purge
from web.jobs import running_jobs
from web.settings import Settings
from web.spool import running_spool
from web.store import Store
from web.translations import Translations
from web.translator_client import open_translator

log = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """An application that opens what it needs when it starts and closes it when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_database(settings) as database,
            open_translator(settings.translator_url, settings.translator_seconds) as translator,
            running_jobs(Claims(database), translator, settings.workers) as jobs,
            running_spool(settings.spool_dir, store := Store(database)) as spool,
            running_purge(past := HistoryStore(database)),
        ):
            translations = Translations(store, translator, jobs, spool)
            app.state.settings = settings
            app.state.store = store
            app.state.history = past
            app.state.translator = translator
            app.state.translations = translations
            yield
            await translations.close()

    app = FastAPI(title="Unlimited Translation", version=__version__, lifespan=lifespan)
    app.add_middleware(Guard)
    app.include_router(api.router)
    app.include_router(downloads.router)
    app.include_router(history.router)
    app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    _install_errors(app)
    return app


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
        problem = NotFoundError("There is nothing at this address.")
        if error.status_code != problem.status:
            problem.message = str(error.detail)
            problem.status = error.status_code
        return await api.error_response(request, problem)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        # Starlette logs the traceback, which holds no values.
        problem = UserError("Something went wrong on our side. Try again; the log says more.")
        problem.status = 500
        return await api.error_response(request, problem)
