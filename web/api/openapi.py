"""GET /openapi.json: the description of the public API."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request

from web.dependencies import BatchTranslatorDep
from web.errors import TranslatorUnavailableError
from web.http.openapi_description import description

router = APIRouter()


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request, batch_translator: BatchTranslatorDep) -> dict[str, Any]:
    """The description of the public API, OpenAPI 3.1."""
    app: FastAPI = request.app
    try:
        known = await batch_translator.targets()
    except TranslatorUnavailableError:
        known = {}
    return description(app.openapi(), known)
