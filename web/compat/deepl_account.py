"""DeepL's API: what a key has used, and lists of what can be made there and not here.

Clients ask for these lists when they start, and go on when they are empty.
"""

from typing import Any

from fastapi import APIRouter, Request

from web.compat import parameters, schema
from web.compat.deepl import authenticate
from web.dependencies import AccessControlDep, SettingsDep

router = APIRouter(tags=["DeepL"])

# The limit in characters that stands for none.
NO_LIMIT = 1_000_000_000_000
# Empty lists by address, in DeepL's form.
LISTS: dict[str, dict[str, Any]] = {
    "/v3/style_rules": {"style_rules": []},
    "/v3/translation_memories": {"translation_memories": [], "total_count": 0},
}


@router.post("/v2/usage", openapi_extra=schema.DEEPL_USAGE_POST, responses=schema.DEEPL_USAGE)
@router.get("/v2/usage", responses=schema.DEEPL_USAGE)
async def usage(
    request: Request, access: AccessControlDep, settings: SettingsDep
) -> dict[str, int]:
    """The characters that the key has had translated this month, and how many it may."""
    sent = await parameters.of_request(request, settings.max_json_bytes, access)
    used, limit = await access.usage(authenticate(request, access, sent))
    return {"character_count": used, "character_limit": NO_LIMIT if limit is None else limit}


async def empty_list(request: Request, access: AccessControlDep) -> dict[str, Any]:
    """An empty list: there are none here. Raises UserError's kinds for a key that is none."""
    authenticate(request, access, parameters.of_pairs([], request.query_params.multi_items()))
    return LISTS[request.scope["path"]]


for address in LISTS:
    router.get(address, responses=schema.DEEPL_NONE)(empty_list)
