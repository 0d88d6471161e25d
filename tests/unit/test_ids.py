"""Numbers, dates and messages made of what clients send: none of them fails."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.errors import UserError
from web.http.ids import MOST_DIGITS, number_of
from web.pages.history_filters import filters_of, query_of


@given(st.integers(0, 10**MOST_DIGITS - 1))
def test_a_number_is_read(number: int) -> None:
    assert number_of(str(number)) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.5", "²", "Ⅷ", "1 ", "1\n", "9" * 5000])
def test_what_is_none_is_none(text: str) -> None:
    assert number_of(text) is None


@given(st.text())
def test_whatever_it_is_the_database_can_compare_with_it(text: str) -> None:
    number = number_of(text)
    assert number is None or 0 <= number < 2**63


@given(
    st.dictionaries(
        st.sampled_from(["q", "status", "from", "to", "before"]),
        st.text() | st.sampled_from(["9999-12-31", "0001-01-01", "2026-W01-1", "9" * 19, "done"]),
    )
)
def test_filters_are_read_or_refused_and_written_again(fields: dict[str, str]) -> None:
    try:
        filters = filters_of(fields)
    except UserError:
        return
    assert filters.since is None or isinstance(filters.since, date)
    query_of(filters, filters.before).encode("ascii")


@given(st.text(st.characters() | st.characters(categories=["Cs"])))
def test_every_message_can_be_sent(text: str) -> None:
    message = UserError(f"{text} is not supported").message
    assert message.encode().decode() == message
