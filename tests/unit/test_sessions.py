"""A session is what was signed, until its end, and nothing else."""

from hypothesis import assume, given
from hypothesis import strategies as st

from web.access.keys import Caller
from web.access.sessions import SECONDS, sign, verify

ANNA = Caller("anna", digest=b"a" * 32)
NOW = 1_800_000_000.0
SECRET = b"s" * 32
CALLERS = {each.name: each for each in (ANNA, Caller("anna.2", digest=b"b" * 32))}
VALUE = sign(ANNA, SECRET, NOW)


def whose(value: str, now: float = NOW, secret: bytes = SECRET) -> Caller | None:
    return verify(value, CALLERS.get, secret, now)


def test_it_is_good_until_its_end() -> None:
    assert whose(VALUE) == ANNA
    assert whose(VALUE, NOW + SECONDS - 1) == ANNA
    assert whose(VALUE, NOW + SECONDS) is None


@given(st.integers(0, len(VALUE)), st.integers(0, 3), st.text(max_size=3))
def test_any_change_is_refused(at: int, length: int, instead: str) -> None:
    changed = VALUE[:at] + instead + VALUE[at + length :]
    assume(changed != VALUE)
    assert whose(changed) is None


@given(st.text(max_size=100))
def test_anything_else_is_none(value: str) -> None:
    assert whose(value) is None


def test_it_ends_with_its_key_and_with_the_services_secret() -> None:
    assert verify(VALUE, dict[str, Caller]().get, SECRET, NOW) is None
    another = {"anna": Caller("anna", digest=b"c" * 32)}  # a new key of the same name
    assert verify(VALUE, another.get, SECRET, NOW) is None
    assert whose(VALUE, secret=b"t" * 32) is None
