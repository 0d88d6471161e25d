"""Errors for users, said once; each interface renders them in its own form."""

from datetime import date

from web.messages import Message


class UserError(Exception):
    """User error: a problem with a message that says what happened, what was kept, what to do.

    `message` is in English, as programs get it; `wording` is put into a reader's language by the
    page. `code` names its kind for programs, and stays when the words change; `status` is the HTTP
    status, `retry_after` is in seconds; `detail` says more, for interfaces with a place for it.
    """

    code = "bad_request"
    status = 400
    retry_after: int | None = None
    detail: str = ""

    def __init__(self, message: str, **values: str | int | date | Message) -> None:
        """A sentence in English, marked with `N_` where a page shows it, and its fields' values."""
        self.wording = Message(message, values)
        self.message = str(self.wording)
        super().__init__(self.message)


class BadRequestError(UserError):
    """Bad request: the text cannot be translated as it was sent."""


class ForbiddenError(UserError):
    """Forbidden: the caller may not have it."""

    code = "forbidden"
    status = 403


class NotFoundError(UserError):
    """Not found: there is no such translation or document."""

    code = "not_found"
    status = 404


class ConflictError(UserError):
    """Conflict: somebody has changed it in the meantime."""

    code = "conflict"
    status = 409


class UnsupportedError(UserError):
    """Unsupported media type: the body's type is not understood."""

    code = "unsupported_media_type"
    status = 415


class TooLargeError(UserError):
    """Too large: a body that is not streamed is over its limit."""

    code = "too_large"
    status = 413


class StoreUnavailableError(UserError):
    """Database unavailable: it does not answer."""

    code = "store_unavailable"
    status = 503
    retry_after = 5


class TranslatorUnavailableError(UserError):
    """Translator unavailable: it does not answer, or is busy."""

    code = "translator_unavailable"
    status = 503
    retry_after = 2


class TranslatorRefusedError(UserError):
    """Translator refused the request, for instance its languages."""

    code = "translator_refused"


class UnauthenticatedError(UserError):
    """Unauthenticated: a key is needed, and none was sent or none that is known."""

    code = "unauthenticated"
    status = 401


class RateError(UserError):
    """Rate limit: the key is used too often; after `retry_after` seconds it may be again."""

    code = "rate_limited"
    status = 429

    def __init__(
        self, message: str, retry_after: int, **values: str | int | date | Message
    ) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


class BudgetSpentError(RateError):
    """Budget spent: the characters that the key may have translated in a month are used up."""

    code = "budget_spent"


class NoModelError(BadRequestError):
    """No model: none that is installed translates between the languages."""

    code = "no_model"
