"""Translation requests, and the database row that is made of one."""

import uuid
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from web.access.keys import Caller
from web.errors import BadRequestError
from web.glossary.service import Glossaries
from web.glossary.terms import GlossaryVersion
from web.messages import N_
from web.settings import Quality
from web.text.titles import title_of
from web.translation.store import NewTranslation

NOTHING_STORED = N_("Nothing was stored.")


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """Translation request: how a text is to be translated (language codes), and for whom.

    `origin` is the interface that it came through. The text's characters are counted as `caller`'s;
    an interface that has counted them already (`AccessControl.charging`) asks for ANYBODY.
    `previous` is the id of an older translation, of which the text is a newer version; `quality` is
    how it is decoded, `glossary` the one that it is translated with. With `memory` the translation
    memory is used: that of `owner` where it is said, else of the caller.
    """

    origin: str
    source: str = "de"
    target: str = "en"
    caller: Caller = field(kw_only=True)
    previous: int | None = None
    quality: Quality = "best"
    glossary: GlossaryVersion | None = None
    memory: bool = True
    owner: str | None = None

    @property
    def memory_owner(self) -> str | None:
        """Whose translation memory is used; None: nobody's."""
        if not self.memory:
            return None
        return self.caller.name if self.owner is None else self.owner


def quality_of(value: object, usual: Quality) -> Quality:
    """Parse a quality; the usual one where none is named. Raises BadRequestError."""
    if value is None or value == "":
        return usual
    if value not in get_args(Quality):
        raise BadRequestError(N_("The quality can be “best” or “fast”. Nothing was stored."))
    return cast("Quality", value)


def new(
    text: str, request: TranslationRequest, model: str = "", key: str | None = None
) -> NewTranslation:
    """Row for the translation of a text that begins with `text`, under `key` or a new key."""
    return NewTranslation(
        key or uuid.uuid4().hex,
        title_of(text),
        request.source,
        request.target,
        model,
        request.origin,
        request.previous,
        request.quality,
        request.glossary,
        request.memory_owner,
    )


async def with_glossary(
    request: TranslationRequest, value: object, glossaries: Glossaries
) -> TranslationRequest:
    """The request with the glossary that its caller names, or the default one of its pair.

    `value` is as `Glossaries.wanted` takes it. Raises UnknownGlossaryError, GlossaryPairError,
    GlossaryError, StoreUnavailableError.
    """
    glossary = await glossaries.wanted(request.caller.name, value, request.source, request.target)
    return request if glossary is None else replace(request, glossary=glossary)
