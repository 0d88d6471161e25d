"""Access policy: for each address who may ask, from where, how often, and how it is refused.

Everything is closed unless it stands here, and a test fails for a route that does not: a new
address is a decision.
"""

from dataclasses import dataclass
from enum import Enum


class Access(Enum):
    """The part that authenticates a request while there are keys."""

    OPEN = "none: it says nothing of anybody's texts, or its name is a secret by itself"
    KEY = "the middleware, by the header Authorization or the page's session"
    HANDLER = "the handler: its clients bring the key in other places, too"


class Interface(Enum):
    """The interfaces that answer a request, each with a contract of its own for errors."""

    OWN = "the page or the project's own API, by what the client accepts"
    FRAGMENT = "a part of the page: a problem stands in the answer's place"
    LIBRETRANSLATE = "LibreTranslate"
    DEEPL = "DeepL"
    DEEPLX = "DeepLX"
    IMMERSIVE_TRANSLATE = "Immersive Translate"
    OPENAI = "OpenAI"


@dataclass(frozen=True, slots=True)
class Rule:
    """The policy of an address.

    With `cross_site` pages of other sites may ask (CORS). A request that is not `counted` is none
    for the rate limit; one that is not `logged` leaves a line only when something is wrong.
    `interface` renders its errors.
    """

    access: Access = Access.KEY
    cross_site: bool = False
    counted: bool = True
    logged: bool = True
    interface: Interface = Interface.OWN


TRANSLATE = "/translate"
_LIBRETRANSLATE = Rule(Access.HANDLER, cross_site=True, interface=Interface.LIBRETRANSLATE)
# LibreTranslate's clients ask these before they have a key.
_LIBRETRANSLATE_OPEN = Rule(Access.OPEN, cross_site=True, interface=Interface.LIBRETRANSLATE)
# The clients of these two can send no header, and have the key in the query.
_DEEPLX = Rule(Access.HANDLER, cross_site=True, interface=Interface.DEEPLX)
_IMMERSIVE_TRANSLATE = Rule(
    Access.HANDLER, cross_site=True, interface=Interface.IMMERSIVE_TRANSLATE
)
_WHILE_TYPING = Rule(counted=False, interface=Interface.FRAGMENT)

ADDRESSES = {
    "/": Rule(),
    "/alternatives": _WHILE_TYPING,
    "/deeplx": _DEEPLX,
    "/detect": _LIBRETRANSLATE,
    "/frontend/settings": _LIBRETRANSLATE_OPEN,
    "/glossaries": Rule(),
    "/glossaries.json": Rule(),
    "/health": Rule(Access.OPEN, cross_site=True, logged=False),
    "/history.jsonl": Rule(),
    "/imme": _IMMERSIVE_TRANSLATE,
    "/languages": _LIBRETRANSLATE_OPEN,
    "/live": _WHILE_TYPING,
    # A browser without a session needs these two.
    "/login": Rule(Access.OPEN),
    "/logout": Rule(Access.OPEN),
    "/memory": Rule(),
    "/memory/progress": _WHILE_TYPING,
    # Its handler looks at the port that is asked.
    "/metrics": Rule(Access.HANDLER, logged=False),
    "/openapi.json": Rule(Access.OPEN),
    "/spec": _LIBRETRANSLATE_OPEN,
    "/status": Rule(),
    "/suggest": _LIBRETRANSLATE,
    # Of LibreTranslate's interface with a `q`, else of this project's; see web/negotiation.py.
    TRANSLATE: Rule(Access.HANDLER, cross_site=True),
    "/translate_file": _LIBRETRANSLATE,
}
FOLDERS = {
    "/deeplx/": _DEEPLX,
    "/download_file/": _LIBRETRANSLATE_OPEN,  # of a document whose name is a secret by itself
    "/glossaries/": Rule(),
    "/history/": Rule(),
    "/memory/": Rule(),
    "/static/": Rule(Access.OPEN, logged=False),
    "/translations/": Rule(),
    "/v1/": Rule(cross_site=True, interface=Interface.OPENAI),
    "/v2/": Rule(Access.HANDLER, interface=Interface.DEEPL),
    "/v3/": Rule(Access.HANDLER, interface=Interface.DEEPL),
}
CLOSED = Rule()


def rule_of(path: str) -> Rule:
    """The rule for a path; CLOSED for one that stands in no table."""
    rule = ADDRESSES.get(path)
    if rule is None:
        folder = next((each for each in FOLDERS if path.startswith(each)), None)
        rule = CLOSED if folder is None else FOLDERS[folder]
    return rule


def routes_not_logged() -> set[str]:
    """The routes that leave a line in the log only when something is wrong."""
    both = ADDRESSES | FOLDERS
    return {path.removesuffix("/") for path, rule in both.items() if not rule.logged}
