from hypothesis import given
from hypothesis import strategies as st

from translator.inference.cache import LINK_BYTES, Cache
from translator.inference.engine import Hypothesis
from translator.text import Link


def hypotheses(text: str) -> tuple[Hypothesis, ...]:
    return (Hypothesis(text, 1.0, complete=True),)


@given(st.lists(st.tuples(st.integers(0, 30), st.text(max_size=300))), st.integers(0, 5000))
def test_it_keeps_to_its_bound(entries: list[tuple[int, str]], most: int) -> None:
    cache = Cache(most)
    for key, text in entries:
        cache.put(key, hypotheses(text), 10)
        assert 0 <= cache.bytes <= most


def test_the_least_recently_used_goes_first() -> None:
    cache = Cache(4000)
    cache.put("a", hypotheses("A"), 1)
    cache.put("b", hypotheses("B"), 1)
    assert cache.get("a") == hypotheses("A")
    for number in range(4):
        cache.put(number, hypotheses(str(number)), 1)
    assert cache.get("a") is not None
    assert cache.get("b") is None
    assert cache.hits == 2


def test_zero_bytes_keep_nothing() -> None:
    cache = Cache(0)
    cache.put("a", hypotheses("A"), 1)
    assert cache.get("a") is None


def test_alignments_count() -> None:
    plain, aligned = Cache(10_000), Cache(10_000)
    plain.put("a", hypotheses("A"), 1)
    links = (Link(0, 1, 0, 1, 0.5),) * 3
    aligned.put("a", (Hypothesis("A", 1.0, complete=True, alignment=links),), 1)
    assert aligned.bytes == plain.bytes + 3 * LINK_BYTES
