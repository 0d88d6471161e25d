"""Document service: accept a document, follow its translation, give it back in its own format."""

import asyncio
import math
import secrets
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

from web.access.authentication import AccessControl
from web.access.keys import ANYBODY
from web.documents.options import (
    NO_FORM,
    NO_OPTIONS,
    DocumentOptions,
    NewVersion,
    OutputForm,
    check_form,
)
from web.documents.store import DocumentStore, StoredDocument
from web.errors import BadRequestError, NotFoundError, UserError
from web.formats.base import (
    BilingualDocument,
    ConvertibleDocument,
    DocumentError,
    DocumentNote,
    NotedDocument,
)
from web.formats.bilingual_text import bilingual_text
from web.formats.lines import BETWEEN, joined, parted
from web.formats.plain_text import decoded_file, encoded
from web.formats.registry import check_content, check_options, ending_of, kind_of, open_document
from web.http.ids import number_of
from web.messages import N_
from web.text.passages import passages
from web.text.validation import check
from web.translation.batch import BatchRequest, BatchTranslator
from web.translation.following import Following, target_of
from web.translation.request import NOTHING_STORED, TranslationRequest, new
from web.translation.service import Translations
from web.translation.store import FinishedTranslation, Store, Translation

# Documents that are read or written at once: each takes a core and up to 240 MB. None takes the
# core much longer than a minute: a PDF is given up after half a minute of reading, and after one of
# writing.
AT_ONCE = 1
# Most characters of a document's name; of a longer one the last are kept.
MOST_NAME = 255
# Bytes of the largest document, and characters of its text, that stay open until it is fetched.
MOST_KEPT = 500_000
# Bytes of the largest document whose notes are made: it takes a core for two seconds each time.
MOST_NOTED = 500_000


class NotReadyError(UserError):
    """A document is not translated yet."""

    code = "document_not_ready"
    status = 503
    retry_after = 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """Ticket: the id and the key by which a document is asked for."""

    id: str
    key: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Opened document: its text, and the functions that write it, and note what does not fit.

    They are given the translation of the text and the code of its language, and the form in which
    it is to be written.
    """

    text: str
    rebuilt: Callable[[str, str, OutputForm], bytes]
    notes: Callable[[str, str], list[DocumentNote]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Rebuilt document: the translated file."""

    name: str
    media_type: str
    content: bytes


class Documents:
    """Document service: documents are translated as the lines of their text, like any long text."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that it is made of
        self,
        translations: Translations,
        following: Following,
        batch: BatchTranslator,
        store: Store,
        documents: DocumentStore,
        access: AccessControl,
    ) -> None:
        """All of them must be running."""
        self._access = access
        self._translations = translations
        self._following = following
        self._batch = batch
        self._store = store
        self._documents = documents
        self._free = asyncio.Semaphore(AT_ONCE)
        # The document that was opened last, with its name and content: who has it translated asks
        # for its notes and fetches it, each of which would read it once more.
        self._last: tuple[object, bytes, Opened] | None = None

    async def accept(
        self,
        name: str,
        content: bytes,
        request: BatchRequest,
        inspect: Callable[[str], Awaitable[None]] | None = None,
        options: DocumentOptions = NO_OPTIONS,
    ) -> Ticket:
        """Store a document and begin to translate it.

        `inspect` is given its text before anything is stored; its exceptions pass through. Raises
        DocumentError when it cannot be read, holds no text or cannot have the form that is asked
        for, BadRequestError when its name cannot be stored or the older version's languages are
        others, NotFoundError when that is not there, UnknownPairError when no model translates it,
        UnknownGlossaryError, GlossaryPairError or GlossaryError for a wrong glossary,
        BudgetSpentError when the caller's budget is used up, and StoreUnavailableError or
        TranslatorUnavailableError when one of these is away.
        """
        name = name.replace("\\", "/").rpartition("/")[2][-MOST_NAME:]
        check_form(check(name), options.form)
        text = (await self._opened(name, content, options)).text
        if not text.strip():
            raise DocumentError(N_("The document holds no text to translate. Nothing was stored."))
        if inspect is not None:
            await inspect(text)
        language = await self._batch.language(text, request)
        pair = language.language, request.target
        glossary = await self._batch.glossary(language.language, request)
        version = await self._version(text, options.previous, pair) if options.previous else None
        ticket = Ticket(uuid.uuid4().hex, secrets.token_hex(32))
        async with self._access.charging(request.caller, len(text), NOTHING_STORED):
            long = TranslationRequest(
                request.origin,
                *pair,
                caller=ANYBODY,
                previous=version.previous if version else None,
                quality=self._batch.quality_of_batch(request),
                glossary=glossary,
                memory=request.memory,
                owner=request.caller.name,
            )
            translation_id = await self._begin(name, text, long, ticket)
            stored = StoredDocument(translation_id, ticket.key, name, options, version)
            await self._documents.save(stored, content)
        return ticket

    async def accept_again(self, stored: StoredDocument, request: BatchRequest) -> Ticket:
        """Translate a stored document again, as a newer version of itself.

        Raises as `accept` does.
        """
        content = await self._documents.content(stored)
        options = replace(stored.options, previous=str(stored.translation_id))
        return await self.accept(stored.name, content, request, options=options)

    async def _version(self, text: str, previous: str, pair: tuple[str, str]) -> NewVersion:
        """New version: what a text has that an older translation or document, `previous`, has not.

        Raises NotFoundError, BadRequestError when its languages are others.
        """
        number = number_of(previous)
        if number is None:
            number = (await self.find(previous)).translation_id
        older = await self._following.get(number)
        if (older.source_lang, older.target_lang) != pair:
            raise BadRequestError(
                N_(
                    "Translation {id!s} is from {source} to {target}, so this is no newer version "
                    "of it. Nothing was stored."
                ),
                id=number,
                source=older.source_lang,
                target=older.target_lang,
            )
        paragraphs, rest, known = text.split(BETWEEN), "", set[str]()
        async for passage in self._following.texts(number):
            *whole, rest = (rest + passage.source).split(BETWEEN)
            known.update(whole)
        known.add(rest)
        return NewVersion(number, len(paragraphs), sum(each not in known for each in paragraphs))

    async def find(self, document_id: str, key: str | None = None) -> StoredDocument:
        """Find a document by its id, and by its key unless that is None.

        Raises NotFoundError when there is none, StoreUnavailableError when the database is away.
        """
        stored = await self._documents.find(document_id) if document_id.isascii() else None
        if stored is None or (
            key is not None and not secrets.compare_digest(_ascii(key), stored.key)
        ):
            raise NotFoundError(N_("Not found: there is no such document."))
        return stored

    async def stored(self, translation_id: int) -> StoredDocument | None:
        """The document of a translation, or None when it is of a text.

        Raises StoreUnavailableError when the database is away.
        """
        return await self._documents.of_translation(translation_id)

    async def of_translation(self, translation_id: int) -> StoredDocument:
        """The document of a translation.

        Raises NotFoundError when it is of none, StoreUnavailableError when the database is away.
        """
        stored = await self.stored(translation_id)
        if stored is None:
            raise NotFoundError(N_("Translation {id!s} is of no document."), id=translation_id)
        return stored

    async def state(self, stored: StoredDocument) -> Translation:
        """State of a document's translation.

        Raises NotFoundError when it was deleted, StoreUnavailableError when the database is away.
        """
        return await self._following.get(stored.translation_id)

    async def wait(self, stored: StoredDocument) -> None:
        """Wait until a document is translated.

        Raises UserError when it was cancelled, NotFoundError when it was deleted,
        StoreUnavailableError when the database stays away.
        """
        await self._done(stored, math.inf)

    async def _done(self, stored: StoredDocument, seconds: float) -> Translation:
        translation = await self._following.wait(stored.translation_id, seconds)
        if not translation.ended:
            raise NotReadyError(
                N_("The document is still being translated. Ask again in a moment.")
            )
        if translation.status != "done":
            raise UserError(N_("The translation was cancelled; what is done of it is on the page."))
        return translation

    async def rebuilt(self, stored: StoredDocument, form: OutputForm = NO_FORM) -> Rebuilt:
        """Write the translated document; passages that could not be translated stay as they were.

        Without a `form` it has the one that was asked for when it was sent. Raises DocumentError
        when its kind has no such form, NotReadyError when it is not done, UserError when it was
        cancelled, NotFoundError when it was deleted, StoreUnavailableError when the database is
        away.
        """
        form = check_form(stored.name, form or stored.options.form)
        translation = await self._done(stored, 0)
        content = await self._documents.content(stored)
        document = await self._opened(stored.name, content, stored.options)
        target = await self._target(stored)
        async with self._free:
            rebuilt = await asyncio.to_thread(
                document.rebuilt, target, translation.target_lang, form
            )
            self._last = None
        name = stored.name
        if form.output_format:
            name = name.removesuffix(name[-len(ending_of(name)) :]) + form.output_format
        return Rebuilt(name, kind_of(name).media_type, rebuilt)

    async def notes(self, stored: StoredDocument) -> list[DocumentNote]:
        """Notes of a translated document: subtitles that are read too fast, for one.

        There are none before it is done, of kinds of documents that have none, and of a document
        over MOST_NOTED bytes. Raises NotFoundError when it was deleted, StoreUnavailableError when
        the database is away.
        """
        if not kind_of(stored.name).noted:
            return []
        translation = await self._following.get(stored.translation_id)
        content = await self._documents.content(stored) if translation.status == "done" else b""
        if not 0 < len(content) <= MOST_NOTED:
            return []
        document = await self._opened(stored.name, content, stored.options)
        target = await self._target(stored)
        async with self._free:
            return await asyncio.to_thread(document.notes, target, translation.target_lang)

    async def _target(self, stored: StoredDocument) -> str:
        texts = self._following.texts(stored.translation_id)
        return "".join([target_of(each) async for each in texts])

    async def _opened(self, name: str, content: bytes, options: DocumentOptions) -> Opened:
        async with self._free:
            read = name, options.reading
            if self._last is not None and self._last[:2] == (read, content):
                return self._last[2]
            self._last = None
            opened = await asyncio.to_thread(_open, name, content, options)
            if max(len(content), len(opened.text)) <= MOST_KEPT:
                self._last = read, content, opened
            return opened

    async def _begin(self, name: str, text: str, long: TranslationRequest, ticket: Ticket) -> int:
        row = new(name, long, key=ticket.id)
        if long.source == long.target:  # it is what it should be already
            pairs = [(each, each) async for some in passages(_once(text)) for each in some]
            await self._store.save_all_done([FinishedTranslation(row, pairs)])
            return await self._store.id_of(ticket.id)
        begun = await self._translations.begin_whole(text, row)
        return begun if isinstance(begun, int) else begun.id


def _open(name: str, content: bytes, options: DocumentOptions) -> Opened:
    kind = kind_of(name)
    check_content(name, content)
    check_options(name, options.reading)
    if kind.open is None:
        text, encoding = decoded_file(content)

        def rebuilt_text(target: str, _: str, form: OutputForm) -> bytes:
            return encoded(bilingual_text(text, target) if form.bilingual else target, encoding)

        return Opened(text, rebuilt_text, lambda *_: [])
    document = open_document(name, content, options.reading)

    def rebuilt(target: str, language: str, form: OutputForm) -> bytes:
        targets = parted(target, document.lines)
        if form.bilingual and isinstance(document, BilingualDocument):
            return document.bilingual(targets, form.bilingual, language)
        if form.output_format and isinstance(document, ConvertibleDocument):
            return document.converted(targets, form.output_format, language)
        return document.rebuilt(targets, language)

    def notes(target: str, language: str) -> list[DocumentNote]:
        if not isinstance(document, NotedDocument):
            return []
        return list(document.notes(parted(target, document.lines), language))

    return Opened(joined(document.lines), rebuilt, notes)


def _ascii(key: str) -> str:
    return key if key.isascii() else ""


async def _once(text: str) -> AsyncIterator[str]:
    yield text
