"""Request telemetry: each request has an id, metrics by its route, and one line in the log.

The same file stands in both services, which share no code; a test keeps the two alike. Labels
and lines hold the route's template, never the path or the query: those may hold a text.
"""

import logging
from collections.abc import Collection
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .logs import request_id, sane_id

log = logging.getLogger(f"{(__package__ or '').partition('.')[0]}.access")

HEADER = "X-Request-ID"
_HEADER = HEADER.lower().encode()
# Methods that are labels of metrics; one that a client invents is counted as "other".
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Histogram buckets, in seconds.
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
# Label of an answer that did not come to its end, and the HTTP status of an unexpected exception.
BROKEN = "broken"
SERVER_ERROR = 500


class Requests:
    """Request metrics; their names begin with `service`.

    Routes that are `quiet` are asked every few seconds by machines; they are logged only when
    something is wrong.
    """

    def __init__(
        self, registry: CollectorRegistry, service: str, quiet: Collection[str] = ()
    ) -> None:
        self._quiet = frozenset(quiet)
        route = ("route", "method")
        self._answers = Counter(
            f"{service}_http_requests",
            "Requests by their outcome; broken: the answer began and did not come to its end, "
            "or the client had gone.",
            (*route, "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            f"{service}_http_request_seconds",
            "Time from a request to the end of its answer.",
            route,
            buckets=SECONDS,
            registry=registry,
        )
        self._known: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}
        self._first = Histogram(
            f"{service}_http_first_part_seconds",
            "Time from a request to the first part of an answer that comes in parts.",
            route,
            buckets=SECONDS,
            registry=registry,
        )

    def ended(
        self, route: str, method: str, status: str, seconds: float, first: float | None
    ) -> None:
        """Count and log a request; it took `seconds`, and `first` seconds to its first part."""
        method = method if method in METHODS else "other"
        # A route's label is looked up once: prometheus_client takes a lock for each look.
        key = route, method, status
        known = self._known.get(key)
        if known is None:
            known = self._answers.labels(*key), self._seconds.labels(route, method)
            self._known[key] = known
        answers, times = known
        answers.inc()
        times.observe(seconds)
        fields = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
        if first is not None:
            self._first.labels(route, method).observe(first)
            fields["first_part_seconds"] = round(first, 4)
        quiet = route in self._quiet and status in {"200", "304"}
        log.log(
            logging.DEBUG if quiet else logging.INFO,
            "%s %s %s",
            method,
            route,
            status,
            extra={"fields": fields},
        )


class RequestTelemetry:
    """Middleware: every answer has the request's id, which is the client's when it is sane."""

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and record how it ends; the application's exceptions pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        given = next((value for name, value in scope["headers"] if name == _HEADER), b"")
        identity = sane_id(given.decode("latin-1"))
        # Each request is a task with a context of its own, so nothing is to be put back.
        request_id.set(identity)
        status, first, whole = 0, None, False

        async def heard(message: Message) -> None:
            nonlocal status, first, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_HEADER, identity.encode())]
            elif message["type"] == "http.response.body":
                if not message.get("more_body"):
                    whole = True
                elif first is None and message.get("body"):
                    first = perf_counter() - began
            await send(message)

        try:
            await self._app(scope, receive, heard)
        except Exception:
            # The error handler around all middleware answers this, when no answer has begun.
            status, whole = status or SERVER_ERROR, not status
            raise
        finally:
            outcome = str(status) if whole else BROKEN
            seconds = perf_counter() - began
            self._requests.ended(_route(scope), scope["method"], outcome, seconds, first)


def _route(scope: Scope) -> str:
    """The template of the route that was found, or the folder of static files, or `other`."""
    # A route of a router that was included with a prefix does not know it; its context does.
    found = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    return getattr(found, "path", None) or scope.get("root_path") or "other"
