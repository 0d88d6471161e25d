"""Filters of the history, read from the query of an address and written into one."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from web.errors import UserError
from web.history.store import Filters
from web.http.ids import number_of
from web.messages import N_

# Longest search, in characters.
MOST_QUERY = 200
STATUSES = (N_("done"), N_("running"), N_("receiving"), N_("cancelled"), N_("interrupted"))


def filters_of(fields: Mapping[str, str]) -> Filters:
    """The filters in a query's fields; an empty field asks for nothing, as forms send it.

    Raises UserError for a value that means nothing.
    """
    status, before = fields.get("status", ""), fields.get("before", "")
    if status and status not in STATUSES:
        raise UserError(N_("A status is one of: {statuses}."), statuses=", ".join(STATUSES))
    if before and number_of(before) is None:
        raise UserError(N_('"before" is the number of a translation.'))
    return Filters(
        fields.get("q", "")[:MOST_QUERY],
        status,
        _day(fields.get("from", "")),
        _day(fields.get("to", "")),
        number_of(before),
    )


def query_of(filters: Filters, before: int | None = None) -> str:
    """The query that asks for the same, from the id `before` on."""
    fields = {
        "q": filters.query,
        "status": filters.status,
        "from": filters.since,
        "to": filters.until,
        "before": before,
    }
    return urlencode({name: value for name, value in fields.items() if value})


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(N_("A date is written as 2026-01-31.")) from None
