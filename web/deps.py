"""What the handlers are given: the parts that live as long as the application."""

from typing import Annotated

from fastapi import Depends, Request

from web.history_store import HistoryStore
from web.settings import Settings
from web.store import Store
from web.translations import Translations
from web.translator_client import TranslatorClient


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _history(request: Request) -> HistoryStore:
    history: HistoryStore = request.app.state.history
    return history


def _translations(request: Request) -> Translations:
    translations: Translations = request.app.state.translations
    return translations


def _translator(request: Request) -> TranslatorClient:
    translator: TranslatorClient = request.app.state.translator
    return translator


HistoryDep = Annotated[HistoryStore, Depends(_history)]
SettingsDep = Annotated[Settings, Depends(_settings)]
StoreDep = Annotated[Store, Depends(_store)]
TranslationsDep = Annotated[Translations, Depends(_translations)]
TranslatorDep = Annotated[TranslatorClient, Depends(_translator)]
