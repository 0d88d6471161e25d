"""Hot routes: those of the addresses that programs ask for every sentence.

They are Starlette's. All that FastAPI does between one of its routes and the function (its
dependencies, its stacks of exits) took a seventh of the processor time of a known sentence. The
documented routes stay beside them, for /openapi.json.
"""

from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope


class HotRoute(Route):
    """Route of a function that takes the request alone."""

    def __init__(
        self, path: str, endpoint: Callable[[Request], Awaitable[Response]], *methods: str
    ) -> None:
        super().__init__(path, endpoint, methods=methods, include_in_schema=False)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for it; its path is told to what counts requests."""
        match, found = super().matches(scope)
        found["route"] = self
        return match, found
