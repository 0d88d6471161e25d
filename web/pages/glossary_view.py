"""Pages of the glossaries, rendered: their list, one with its terms, parts of them for htmx."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from web.access.context import context_of
from web.access.keys import ANYBODY, Caller
from web.dependencies import parts_of
from web.errors import TranslatorUnavailableError, UserError
from web.glossary.terms import Glossary, Term
from web.http.ids import number_of
from web.pages.rendering import fragment, pages
from web.text.languages import DEFAULT_PAIR

# Terms on a page of a list, and changes.
SHOWN_TERMS = 50
SHOWN_CHANGES = 50
# Longest search, in characters.
MOST_SEARCH = 200
NEW_TERM = Term("", "")


def caller_of(request: Request) -> Caller:
    """The caller whom the middleware has let in."""
    return context_of(request).caller or ANYBODY


def wants_part(request: Request) -> bool:
    """Whether htmx asks, which puts a part of a page in its place."""
    return "hx-request" in request.headers


def glossary_page(
    request: Request, template: str, error: UserError | None = None, **values: Any
) -> Response:
    """A page of the glossaries, or what went wrong on it."""
    caller = caller_of(request)
    response: Response = pages.now.TemplateResponse(
        request,
        template,
        {"caller": caller, "error": error and error.wording, **values},
        status_code=error.status if error else 200,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


async def show_list(
    request: Request, error: UserError | None = None, fields: Mapping[str, str] | None = None
) -> Response:
    """The list of glossaries; after an error with the fields of the form for a new one."""
    parts = parts_of(request)
    found, pairs = await asyncio.gather(
        parts.glossaries.all(caller_of(request).name), _pairs(request)
    )
    return glossary_page(
        request,
        "glossaries.html",
        error,
        glossaries=found,
        pairs=pairs,
        fields=fields or {},
        deleted=number_of(request.query_params.get("deleted", "")),
    )


async def _pairs(request: Request) -> list[tuple[str, str]]:
    """The pairs that are installed, the usual one first."""
    with suppress(TranslatorUnavailableError):
        models = await parts_of(request).translator.models()
        pairs = {(model.source, model.target) for model in models}
        return sorted(pairs or {DEFAULT_PAIR}, key=lambda pair: (pair != DEFAULT_PAIR, pair))
    return [DEFAULT_PAIR]


async def show_glossary(
    request: Request,
    glossary: Glossary,
    error: UserError | None = None,
    search: str | None = None,
    **values: Any,
) -> Response:
    """A glossary with the terms that the address asks for, or those with `search` in them."""
    query = request.query_params
    owner = caller_of(request).name
    search = (query.get("q", "") if search is None else search)[:MOST_SEARCH]
    start = number_of(query.get("from", "")) or 0
    found = await parts_of(request).glossaries.terms(
        owner, glossary.id, search.strip(), offset=start, most=SHOWN_TERMS + 1
    )
    more = urlencode({**({"q": search} if search else {}), "from": start + SHOWN_TERMS})
    return glossary_page(
        request,
        "glossary.html",
        error,
        **{
            "glossary": glossary,
            "owned": glossary.owner == owner,
            "terms": found[:SHOWN_TERMS],
            "more": f"/glossaries/{glossary.id}?{more}" if len(found) > SHOWN_TERMS else "",
            "search": search,
            "typed": NEW_TERM,
            "imported": "imported" in query,
            "gone": number_of(query.get("deleted", "")),
            "gone_source": query.get("source", ""),
            **values,
        },
    )


def term_fragment(request: Request, template: str, glossary: Glossary, **values: Any) -> Response:
    """A term's place in its list, for who may change it; and what else has changed on the page."""
    caller = caller_of(request)
    return fragment(template, caller=caller, glossary=glossary, owned=True, **values)
