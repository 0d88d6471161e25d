"""Health: whether the service works, what of that which it needs is away, what keeps failing."""

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from web.api import schema
from web.api.schema import HealthAnswer
from web.dependencies import StoreDep, SupervisorDep, TranslationsDep, TranslatorDep
from web.errors import StoreUnavailableError

router = APIRouter()


@router.get("/health", response_class=Response, responses=schema.HEALTH)
async def health(
    store: StoreDep,
    translator: TranslatorDep,
    translations: TranslationsDep,
    supervisor: SupervisorDep,
) -> Response:
    """200 while the page works, and what of that which it needs is away.

    Without the database it translates and does not store; without the translator it keeps
    long texts and translates them later; without both it can do nothing, and says 503. A
    background loop that keeps failing (web/telemetry/supervision.py) is named and makes it
    `degraded`: the page works, but for instance without `jobs` no long text is translated.
    """
    healthy, stored, unstored = await asyncio.gather(
        translator.healthy(), _answers(store.ping()), translations.unstored()
    )
    state = HealthAnswer(status="ok")
    if not (healthy and stored):
        state.status = "degraded" if healthy or stored else "failing"
        state.translator = "ok" if healthy else "away"
        state.database = "ok" if stored else "away"
    if failing := supervisor.failing:
        state.failing = failing
        if state.status == "ok":
            state.status = "degraded"
    if unstored:
        state.unstored = unstored
    return Response(
        state.model_dump_json(exclude_unset=True),
        200 if healthy or stored else 503,
        media_type="application/json",
    )


async def _answers(question: Any) -> bool:
    try:
        await question
    except StoreUnavailableError:
        return False
    return True
