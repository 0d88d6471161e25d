"""Validation: whether a text can be translated and stored."""

from web.errors import BadRequestError


def check(text: str) -> str:
    """Validate a text: gives `text` itself, when it can be translated and stored.

    Raises BadRequestError when it holds a NUL character or half of a surrogate pair.
    """
    if "\0" in text:
        raise BadRequestError(
            "The text holds a NUL character, which texts do not have: is it a binary file? "
            "Nothing was stored."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRequestError(
            f"The text holds half of a surrogate pair at character {error.start + 1}, which is "
            "no character. Nothing was stored."
        ) from None
    return text
