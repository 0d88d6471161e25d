"""GET /spec: the description of LibreTranslate's interface alone, by which clients know a server.

Dialect takes a server for one of these by the title of its description.
"""

from typing import Any

from fastapi import APIRouter, FastAPI, Request

from web.access.policy import TRANSLATE
from web.compat import schema
from web.dependencies import BatchTranslatorDep
from web.errors import TranslatorUnavailableError
from web.http.openapi_description import description

router = APIRouter()

# The version whose answers the interface has.
VERSION = "1.9.6"


@router.get("/spec", include_in_schema=False)
async def spec(request: Request, batch_translator: BatchTranslatorDep) -> dict[str, Any]:
    """The description of LibreTranslate's interface, OpenAPI 3.1."""
    app: FastAPI = request.app
    try:
        known = await batch_translator.targets()
    except TranslatorUnavailableError:
        known = {}
    whole = app.openapi()
    translate = {"post": {"summary": "Translate", "tags": ["LibreTranslate"]} | schema.TRANSLATE}
    paths = {TRANSLATE: translate} | {
        path: operations
        for path, operations in whole["paths"].items()
        if any("LibreTranslate" in each.get("tags", ()) for each in operations.values())
    }
    info = {"title": "LibreTranslate", "version": VERSION}
    return description(whole | {"info": info, "paths": paths}, known)
