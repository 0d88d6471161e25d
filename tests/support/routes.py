"""The routes of the web service, for tests that ask all of them."""

import re
from collections.abc import Iterator

from starlette.routing import Route

from web.app import create_app
from web.settings import Settings


def routes() -> Iterator[Route]:
    """Every route of the application, but its files."""
    for each in create_app(Settings()).routes:
        inside = getattr(each, "original_router", None)  # FastAPI includes routers lazily
        for route in inside.routes if inside else [each]:
            if isinstance(route, Route):
                yield route


def path_of(route: Route) -> str:
    """A path that the route answers, with 1 for every parameter."""
    return re.sub(r"\{\w+(:\w+)?\}", "1", route.path)
