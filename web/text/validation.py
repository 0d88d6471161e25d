"""Validation: whether a text can be translated and stored."""

from web.errors import BadRequestError
from web.messages import N_


def check(text: str) -> str:
    """Validate a text: gives `text` itself, when it can be translated and stored.

    Raises BadRequestError when it holds a NUL character or half of a surrogate pair.
    """
    if "\0" in text:
        raise BadRequestError(
            N_(
                "The text holds a NUL character, which texts do not have: is it a binary file? "
                "Nothing was stored."
            )
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRequestError(
            N_(
                "The text holds half of a surrogate pair at character {place!s}, which is no "
                "character. Nothing was stored."
            ),
            place=error.start + 1,
        ) from None
    return text
