"""GET /metrics: by the inner port for everybody, by the published one with a key alone."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST

from web.access.authentication import require_key
from web.dependencies import AccessControlDep, MetricsDep

router = APIRouter()


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request, access: AccessControlDep, found: MetricsDep) -> Response:
    """Metrics in the text format of Prometheus. Raises UnauthenticatedError, ForbiddenError."""
    if not came_inside(request, found.inner_port):
        access.authenticate(request)
        require_key(request)
    return Response(await found.text(), media_type=CONTENT_TYPE_LATEST)


def came_inside(request: Request, inner_port: int) -> bool:
    """Whether a request came by the inner port. No header says so: it is the socket's own."""
    server = request.scope.get("server")
    return bool(inner_port and server and server[1] == inner_port)
