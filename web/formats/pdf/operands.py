"""Operands of an operation in a content stream, as an operator takes them."""

from web.formats.pdf.scanning import Operand


class MalformedError(Exception):
    """Operation without its operands: it is passed over, as readers do."""


def numbers_of(operands: list[Operand], count: int) -> list[float]:
    """The last `count` numbers of operands. Raises MalformedError when there are fewer."""
    numbers = [each for each in operands[-count:] if isinstance(each, float)]
    if len(numbers) < count:
        raise MalformedError
    return numbers


def name_of(operands: list[Operand]) -> str:
    """The name that operands begin with. Raises MalformedError when it is none."""
    if not operands or not isinstance(operands[0], str):
        raise MalformedError
    return operands[0]


def written_operation(operands: list[Operand], operator: bytes) -> bytes:
    """The operation as bytes, of numbers and names alone."""
    parts = [
        b"%.5g" % each if isinstance(each, float) else each.encode("latin-1")
        for each in operands
        if isinstance(each, float | str)
    ]
    return b" ".join([*parts, operator])
