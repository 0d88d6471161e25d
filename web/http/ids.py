"""Ids and other numbers that clients send: no longer than the database has.

`int` fails on the longest.
"""

from starlette.convertors import Convertor, register_url_convertor

# Every number of so many digits fits into a BIGINT.
MOST_DIGITS = 18


def number_of(text: str) -> int | None:
    """The number that a text is, or None. Digits of other scripts are none."""
    digits = text.isascii() and text.isdecimal()
    return int(text) if digits and len(text) <= MOST_DIGITS else None


class IdConvertor(Convertor[int]):
    """`{translation_id:id}` in a path; what is longer is no address."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """The number as it stands in a path."""
        return str(value)


register_url_convertor("id", IdConvertor())
# A translation's id in the path of a route; a module that uses it has the convertor registered.
TRANSLATION_ID = "{translation_id:id}"
