"""Languages and quality as the page's forms name them."""

from fastapi import Request

from web.access.keys import Caller
from web.settings import Quality
from web.translation.request import TranslationRequest, quality_of

# They stand before the text in a form, which is read as it arrives.
EARLY_FIELDS = ("pair", "source", "target", "seems", "quality", "glossary")


def form_request_of(fields: dict[str, str], caller: Caller, usual: Quality) -> TranslationRequest:
    """The request of a form that names both languages at once (`pair`), or one by one.

    `usual` is the quality of one that names none. Raises BadRequestError for another quality than
    there are.
    """
    source, _, target = fields.get("pair", "").partition(" ")
    return TranslationRequest(
        "page",
        source or fields.get("source") or "de",
        target or fields.get("target") or "en",
        caller=caller,
        quality=quality_of(fields.get("quality"), usual),
    )


def answered(fields: dict[str, str], request: Request) -> dict[str, str]:
    """The fields of a form, with those in its address: answers to a question about the language.

    A button has them there because they must be known before the text, which stands before it.
    """
    return fields | {
        name: value for name, value in request.query_params.items() if name in EARLY_FIELDS
    }
