"""How much a search reads."""

from hypothesis import given
from hypothesis import strategies as st

from web.history.search import FIRST, HITS, MOST_READ, SAMPLE, next_chunk


@given(every=st.integers(1, 10**7))
def test_reading_ends_with_a_full_page_or_a_rare_word_or_the_bound(every: int) -> None:
    """With a hit in every so many characters."""
    read, chunk, chunks = 0, FIRST, 0
    while chunk:
        read += chunk
        chunks += 1
        chunk = next_chunk(read, read // every)
    hits = read // every
    assert chunks <= 12
    assert read < MOST_READ + FIRST
    assert hits > HITS or read >= MOST_READ or (read >= SAMPLE and hits < 2)
    # Little more than a page was read: when one hit is known, the next may be twice as near as
    # it seems, and the first piece is read whole.
    assert read <= FIRST or hits <= 2 * (HITS + 1) + FIRST // every + 1
