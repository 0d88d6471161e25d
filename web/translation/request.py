"""Translation requests, and the row that is made of one."""

import uuid
from dataclasses import dataclass, field

from web.access.keys import Caller
from web.messages import N_
from web.text.titles import title_of
from web.translation.store import NewTranslation

NOTHING_STORED = N_("Nothing was stored.")


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """How a text is to be translated, and for whom.

    `origin` is the interface that it came through. The text's characters are counted as `caller`'s;
    an interface that has counted them already (`AccessControl.charging`) asks for ANYBODY.
    """

    origin: str
    source: str = "de"
    target: str = "en"
    caller: Caller = field(kw_only=True)


def new(
    text: str, request: TranslationRequest, model: str = "", key: str | None = None
) -> NewTranslation:
    """A translation of what begins with `text`, under a key of its own or the one given."""
    return NewTranslation(
        key or uuid.uuid4().hex,
        title_of(text),
        request.source,
        request.target,
        model,
        request.origin,
    )
