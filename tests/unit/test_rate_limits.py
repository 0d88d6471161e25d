"""A bucket gives what its rate promises, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from web.access.rate_limits import RateLimiter


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 600), st.lists(st.floats(0, 90), max_size=200))
def test_no_span_of_time_has_more_than_its_share_and_a_minutes_more(
    rate: int, pauses: list[float]
) -> None:
    clock = Clock()
    rates = RateLimiter(clock)
    times = []
    for pause in pauses:
        clock.now += pause
        if rates.take("a", rate) == 0:
            times.append(clock.now)
    for first, begin in enumerate(times):
        for last, end in enumerate(times[first:], first):
            assert last - first + 1 <= rate + (end - begin) * rate / 60 + 1e-6


@given(st.integers(1, 100))
def test_who_waits_as_long_as_told_is_let_in_and_no_sooner(rate: int) -> None:
    clock = Clock()
    rates = RateLimiter(clock)
    assert [rates.take("a", rate) for _ in range(rate)] == [0.0] * rate
    wait = rates.take("a", rate)
    assert 0 < wait <= 60 / rate + 1e-6
    clock.now += wait * 0.9
    assert rates.take("a", rate) > 0
    clock.now += wait * 0.1 + 1e-6
    assert rates.take("a", rate) == 0


def test_each_name_has_a_bucket_and_the_oldest_is_forgotten() -> None:
    rates = RateLimiter(Clock(), most=2)
    assert [rates.take(name, 1) for name in ("a", "b")] == [0, 0]
    assert rates.take("a", 1) == 60
    assert rates.take("c", 1) == 0  # instead of b
    assert rates.take("a", 1) == 60
    assert rates.take("b", 1) == 0
