"""Composition root of the web service: parts are made, joined and ended here alone."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from web import __version__, negotiation
from web.access.authentication import running_access_control
from web.access.cross_site import CrossSiteMiddleware, from_elsewhere
from web.access.middleware import AuthenticationMiddleware
from web.access.policy import TRANSLATE
from web.api import corrections as corrections_api
from web.api import downloads, health, metrics, openapi, translate
from web.api import glossaries as glossaries_api
from web.api import memory as memory_api
from web.compat import (
    chat_completions,
    deepl,
    deepl_account,
    deepl_documents,
    deepl_glossaries,
    deepl_languages,
    deepl_multilingual,
    deeplx,
    immersive_translate,
    libretranslate,
    libretranslate_spec,
)
from web.database import open_database
from web.dependencies import Parts, parts_of
from web.documents.service import Documents
from web.documents.store import DocumentStore
from web.glossary.service import running_glossaries
from web.history.store import HistoryStore, running_purge
from web.http.compression import CompressionMiddleware
from web.http.head_requests import HeadMiddleware
from web.http.hot_routes import HotRoute
from web.http.merged_slashes import MergedSlashesMiddleware
from web.http.security_headers import SecurityHeadersMiddleware
from web.i18n.middleware import LanguageMiddleware
from web.jobs.queue import JobQueue
from web.jobs.worker import running_worker
from web.memory.importing import Imports
from web.memory.service import running_memory
from web.memory.store import MemoryStore
from web.metrics import Metrics, State
from web.pages import consistency as consistency_page
from web.pages import corrections as corrections_page
from web.pages import documents as documents_page
from web.pages import glossaries as glossaries_page
from web.pages import glossary_terms, history, live, login, status
from web.pages import memory as memory_page
from web.pages import translations as translations_page
from web.pages.rendering import static_files
from web.settings import Settings
from web.telemetry.requests import RequestTelemetry
from web.telemetry.supervision import Supervisor
from web.text.detection import Detector
from web.translation.batch import BatchTranslator
from web.translation.consistency import Consistency
from web.translation.correction_store import CorrectionStore
from web.translation.corrections import Corrections
from web.translation.doubt_store import DoubtStore
from web.translation.draft_store import DraftStore
from web.translation.drafts import Drafts
from web.translation.earlier_versions import EarlierVersions
from web.translation.following import Following
from web.translation.known_sentences import KnownSentences
from web.translation.language_check import LanguageCheck
from web.translation.service import Translations
from web.translation.spool import running_spool
from web.translation.store import Store
from web.translation.version_changes import VersionComparisons
from web.translator_client.client import open_translator
from web.translator_client.exchange import Transport
from web.translator_client.statistics import running_statistics

log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    *,
    transport: Transport | None = None,
    supervisor: Supervisor | None = None,
) -> FastAPI:
    """An application that opens what it needs when it starts and closes it when it stops.

    `transport` carries the requests to the translator; by default they go over the network.
    `supervisor` runs the background loops.
    """
    supervisor = supervisor or Supervisor()
    detector = Detector()
    measured = Metrics(settings.metrics_port)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_database(settings) as database,
            open_translator(
                settings.translator_url, settings.translator_seconds, transport=transport
            ) as translator,
            running_glossaries(database, supervisor) as glossaries,
            running_memory(memory_store := MemoryStore(database), translator, supervisor) as memory,
            running_worker(
                queue := JobQueue(database),
                translator,
                settings.workers,
                supervisor,
                KnownSentences(EarlierVersions(store := Store(database), glossaries), memory),
                glossaries.terms_in,
            ) as worker,
            running_spool(settings.spool_dir, store, supervisor) as spool,
            running_purge(past := HistoryStore(database), supervisor, glossaries.purge),
            running_access_control(settings, database, supervisor) as access,
            running_statistics(translator, supervisor) as statistics,
        ):
            translations = Translations(
                store, translator, worker, spool, access, glossaries, memory
            )
            following = Following(store, worker.finished)
            language_check = LanguageCheck(detector, translator)
            batch_translator = BatchTranslator(
                translations,
                following,
                translator,
                detector,
                access,
                language_check,
                settings.quality,
                glossaries,
                memory,
            )
            app.state.parts = Parts(
                access=access,
                batch_translator=batch_translator,
                consistency=Consistency(following, translator, translations, access),
                corrections=Corrections(
                    CorrectionStore(database), memory.remember, memory.take_back
                ),
                documents=Documents(
                    translations,
                    following,
                    batch_translator,
                    store,
                    DocumentStore(database),
                    access,
                ),
                doubts=DoubtStore(database),
                drafts=Drafts(store, DraftStore(database), translator, access, glossaries, memory),
                following=following,
                glossaries=glossaries,
                history=past,
                imports=Imports(memory.add),
                language_check=language_check,
                memory=memory,
                memory_store=memory_store,
                metrics=measured,
                queue=queue,
                settings=settings,
                statistics=statistics,
                store=store,
                supervisor=supervisor,
                translations=translations,
                translator=translator,
                versions=VersionComparisons(store),
                worker=worker,
            )
            with measured.of(
                State(
                    database,
                    queue,
                    translator,
                    worker,
                    translations,
                    supervisor,
                    settings.workers,
                )
            ):
                # All objects of now stay for good, and the garbage collector need not look through
                # them again and again.
                gc.collect()
                gc.freeze()
                yield
                gc.unfreeze()
            await translations.close()

    app = FastAPI(
        title="Unlimited Translation",
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,  # web/api/openapi.py
    )
    # The last one that is added is the first to see a request.
    app.add_middleware(CompressionMiddleware, from_elsewhere=from_elsewhere)
    app.add_middleware(HeadMiddleware)
    app.add_middleware(
        AuthenticationMiddleware,
        access_of=lambda request: parts_of(request).access,
        refuse=negotiation.refusal,
    )
    app.add_middleware(CrossSiteMiddleware, refuse=negotiation.refusal)
    app.add_middleware(LanguageMiddleware)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(RequestTelemetry, requests=measured.requests)
    app.add_middleware(MergedSlashesMiddleware)
    # The first of several routes for an address is taken.
    app.router.routes += [
        HotRoute(TRANSLATE, negotiation.translate, "POST", "PUT"),
        HotRoute("/v2/translate", deepl.deepl_translate_asked, "POST"),
    ]
    for public in (
        negotiation,
        translate,
        health,
        libretranslate,
        libretranslate_spec,
        deepl,
        deepl_account,
        deepl_documents,
        deepl_glossaries,
        deepl_multilingual,
        deepl_languages,
        deeplx,
        immersive_translate,
        chat_completions,
        corrections_api,
        downloads,
        glossaries_api,
        memory_api,
        openapi,
        metrics,
    ):
        app.include_router(public.router)
    for page in (
        glossaries_page,
        glossary_terms,
        memory_page,
        history,
        login,
        translations_page,
        corrections_page,
        consistency_page,
        documents_page,
        live,
        status,
    ):
        app.include_router(page.router, include_in_schema=False)
    app.mount("/static", static_files, name="static")
    negotiation.install_errors(app)
    return app
