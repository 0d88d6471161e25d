"""What the handlers are given: the parts that live as long as the application.

They are coroutines because FastAPI sends plain functions to a thread, which takes longer.
"""

from typing import Annotated

from fastapi import Depends, Request

from web.access.authentication import AccessControl
from web.documents.service import Documents
from web.history.store import HistoryStore
from web.settings import Settings
from web.telemetry.supervision import Supervisor
from web.translation.batch import BatchTranslator
from web.translation.drafts import Drafts
from web.translation.following import Following
from web.translation.service import Translations
from web.translation.store import Store
from web.translator_client.client import TranslatorClient


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


async def _history(request: Request) -> HistoryStore:
    history: HistoryStore = request.app.state.history
    return history


async def _translations(request: Request) -> Translations:
    translations: Translations = request.app.state.translations
    return translations


async def _following(request: Request) -> Following:
    following: Following = request.app.state.following
    return following


async def _translator(request: Request) -> TranslatorClient:
    translator: TranslatorClient = request.app.state.translator
    return translator


async def _texts(request: Request) -> BatchTranslator:
    texts: BatchTranslator = request.app.state.texts
    return texts


async def _access(request: Request) -> AccessControl:
    access: AccessControl = request.app.state.access
    return access


async def _supervisor(request: Request) -> Supervisor:
    supervisor: Supervisor = request.app.state.supervisor
    return supervisor


async def _documents(request: Request) -> Documents:
    documents: Documents = request.app.state.documents
    return documents


async def _drafts(request: Request) -> Drafts:
    drafts: Drafts = request.app.state.drafts
    return drafts


AccessControlDep = Annotated[AccessControl, Depends(_access)]
DocumentsDep = Annotated[Documents, Depends(_documents)]
DraftsDep = Annotated[Drafts, Depends(_drafts)]
FollowingDep = Annotated[Following, Depends(_following)]
HistoryDep = Annotated[HistoryStore, Depends(_history)]
SettingsDep = Annotated[Settings, Depends(_settings)]
StoreDep = Annotated[Store, Depends(_store)]
SupervisorDep = Annotated[Supervisor, Depends(_supervisor)]
BatchTranslatorDep = Annotated[BatchTranslator, Depends(_texts)]
TranslationsDep = Annotated[Translations, Depends(_translations)]
TranslatorDep = Annotated[TranslatorClient, Depends(_translator)]
