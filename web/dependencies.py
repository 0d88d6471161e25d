"""Dependencies: the parts of a running application, and how handlers get them.

The lifespan (web/app.py) puts one `Parts` into the application; nothing else is read from there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request

from web.access.authentication import AccessControl, key_needed
from web.access.context import context_of
from web.access.keys import Caller
from web.documents.service import Documents
from web.glossary.service import Glossaries
from web.history.store import HistoryStore
from web.jobs.queue import JobQueue
from web.jobs.worker import Worker
from web.memory.importing import Imports
from web.memory.service import Memory
from web.memory.store import MemoryStore
from web.metrics import Metrics
from web.settings import Settings
from web.telemetry.supervision import Supervisor
from web.translation.batch import BatchTranslator
from web.translation.consistency import Consistency
from web.translation.corrections import Corrections
from web.translation.doubt_store import DoubtStore
from web.translation.drafts import Drafts
from web.translation.following import Following
from web.translation.language_check import LanguageCheck
from web.translation.service import Translations
from web.translation.store import Store
from web.translation.version_changes import VersionComparisons
from web.translator_client.client import TranslatorClient
from web.translator_client.statistics import TranslatorStatistics


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that live as long as the application."""

    access: AccessControl
    batch_translator: BatchTranslator
    consistency: Consistency
    corrections: Corrections
    documents: Documents
    doubts: DoubtStore
    drafts: Drafts
    following: Following
    glossaries: Glossaries
    history: HistoryStore
    imports: Imports
    language_check: LanguageCheck
    memory: Memory
    memory_store: MemoryStore
    metrics: Metrics
    queue: JobQueue
    settings: Settings
    statistics: TranslatorStatistics
    store: Store
    supervisor: Supervisor
    translations: Translations
    translator: TranslatorClient
    versions: VersionComparisons
    worker: Worker


def parts_of(request: Request) -> Parts:
    """The parts of the application that a request came to."""
    parts: Parts = request.app.state.parts
    return parts


def _part(name: str) -> Callable[[Request], Awaitable[Any]]:
    # A coroutine, because FastAPI sends plain functions to a thread, which takes longer.
    async def part(request: Request) -> Any:
        return getattr(parts_of(request), name)

    return part


async def _caller(request: Request) -> Caller:
    """The caller of a request that the middleware has authenticated."""
    caller = context_of(request).caller
    if caller is None:
        raise key_needed()
    return caller


AccessControlDep = Annotated[AccessControl, Depends(_part("access"))]
BatchTranslatorDep = Annotated[BatchTranslator, Depends(_part("batch_translator"))]
CallerDep = Annotated[Caller, Depends(_caller)]
ConsistencyDep = Annotated[Consistency, Depends(_part("consistency"))]
CorrectionsDep = Annotated[Corrections, Depends(_part("corrections"))]
DocumentsDep = Annotated[Documents, Depends(_part("documents"))]
DoubtsDep = Annotated[DoubtStore, Depends(_part("doubts"))]
DraftsDep = Annotated[Drafts, Depends(_part("drafts"))]
FollowingDep = Annotated[Following, Depends(_part("following"))]
GlossariesDep = Annotated[Glossaries, Depends(_part("glossaries"))]
HistoryDep = Annotated[HistoryStore, Depends(_part("history"))]
ImportsDep = Annotated[Imports, Depends(_part("imports"))]
LanguageCheckDep = Annotated[LanguageCheck, Depends(_part("language_check"))]
MemoryDep = Annotated[Memory, Depends(_part("memory"))]
MemoryStoreDep = Annotated[MemoryStore, Depends(_part("memory_store"))]
MetricsDep = Annotated[Metrics, Depends(_part("metrics"))]
QueueDep = Annotated[JobQueue, Depends(_part("queue"))]
SettingsDep = Annotated[Settings, Depends(_part("settings"))]
StatisticsDep = Annotated[TranslatorStatistics, Depends(_part("statistics"))]
StoreDep = Annotated[Store, Depends(_part("store"))]
SupervisorDep = Annotated[Supervisor, Depends(_part("supervisor"))]
TranslationsDep = Annotated[Translations, Depends(_part("translations"))]
TranslatorDep = Annotated[TranslatorClient, Depends(_part("translator"))]
VersionsDep = Annotated[VersionComparisons, Depends(_part("versions"))]
WorkerDep = Annotated[Worker, Depends(_part("worker"))]
