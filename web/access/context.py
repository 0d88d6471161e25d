"""Request context: facts about a request that its answer and its errors need, typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from web.access.keys import Caller
from web.access.policy import Interface, rule_of
from web.errors import UserError
from web.settings import Quality
from web.text.submitted_text import SubmittedText

# Renders a refusal in the form that the request's interface gives it.
Refuse = Callable[[Request, UserError], Awaitable[Response]]


@dataclass(slots=True)
class RequestContext:
    """Facts about one request, gathered while it is answered.

    `interface` renders its errors. `caller` is None until the request is authenticated.
    `wanted` (source, target, quality), `glossary` (as its form names it), `submitted` (the
    beginning of its text) and `stored` (the id of a translation that was stored before something
    went wrong) are there as far as they are known.
    """

    interface: Interface
    caller: Caller | None = None
    wanted: tuple[str, str, Quality] | None = None
    glossary: str | None = None
    submitted: SubmittedText | None = None
    stored: int | None = None


def context_of(request: Request) -> RequestContext:
    """The context of a request; it begins with what the policy says of the address."""
    state = request.scope.setdefault("state", {})
    context: RequestContext | None = state.get("context")
    if context is None:
        context = state["context"] = RequestContext(rule_of(request.scope["path"]).interface)
    return context
