"""Questions of interfaces that know JSON alone: the body, the key and the languages in it.

The server of DeepLX reads a body as JSON whatever type it names, and its clients rely on it. One of
them, Sharkey, sends a form to whatever server it is given.
"""

from collections.abc import Collection

from fastapi import Request

from web.access.authentication import AccessControl
from web.access.keys import Caller
from web.compat import parameters
from web.compat.parameters import Parameters
from web.errors import UserError
from web.http import body

MISSING = "Parameter '{}' not specified."
UNSUPPORTED = "Value for '{}' not supported."
# Longest code of a language, in characters.
MOST_CODE = 16


async def read_question(request: Request, most_bytes: int, access: AccessControl) -> Parameters:
    """The fields of a JSON body of at most `most_bytes`, whatever type it names, or of a form.

    Raises BadRequestError, TooLargeError; UnauthenticatedError for a large body without a key
    where one is needed.
    """
    sent = await body.read_json(request, most_bytes)
    access.require_key_for_large_body(request, sent)
    if body.media_type(request) == body.FORM and not sent.lstrip().startswith(b"{"):
        return parameters.of_pairs(body.parse_form(sent))
    return parameters.of_json(body.parse_json(sent))


def authenticate_token(request: Request, access: AccessControl) -> Caller:
    """The caller by `?token=`, or by what the header or the page's cookie say.

    Raises UnauthenticatedError, RateError.
    """
    return access.authenticate(request, request.query_params.get("token"))


def asked_source(sent: Parameters, known: Collection[str]) -> str | None:
    """The code in `source_lang`; None where it is to be detected. Raises UserError."""
    source = sent.given("source_lang")
    if source is None or (isinstance(source, str) and source.lower() == "auto"):
        return None
    return code_of(source, "source_lang", known)


def asked_target(sent: Parameters, known: Collection[str]) -> str:
    """The code in `target_lang`. Raises UserError."""
    target = sent.given("target_lang")
    if target is None:
        raise UserError(MISSING.format("target_lang"))
    return code_of(target, "target_lang", known)


def code_of(value: object, name: str, known: Collection[str]) -> str:
    """The code that the models know a language by, of those that are `known`.

    Upper case, regions and scripts are understood: `EN-GB` is `en` and `zh-Hans` is `zh`, unless
    there is a model for just that. Raises UserError.
    """
    if not isinstance(value, str) or not value.isascii() or len(value) > MOST_CODE:
        raise UserError(UNSUPPORTED.format(name))
    code = value.lower().replace("_", "-")
    base = code.partition("-")[0]
    return base if code not in known and base in known else code
