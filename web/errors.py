"""Errors for users, said once; each interface renders them in its own form."""

from datetime import date

from web.messages import Message


class UserError(Exception):
    """A problem with a message for the user: what happened, what was kept, what to do.

    `message` is in English, as programs get it; `wording` is put into a reader's language by the
    page. `code` names its kind for programs, and stays when the words change. `detail` says more,
    for interfaces that have a place for it.
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
    """The text cannot be translated as it was sent."""


class ForbiddenError(UserError):
    """The one who asks may not have it."""

    code = "forbidden"
    status = 403


class NotFoundError(UserError):
    """There is no such translation."""

    code = "not_found"
    status = 404


class UnsupportedError(UserError):
    """The body's type is not understood."""

    code = "unsupported_media_type"
    status = 415


class TooLargeError(UserError):
    """A body that is not streamed is over its limit."""

    code = "too_large"
    status = 413


class StoreUnavailableError(UserError):
    """The database does not answer."""

    code = "store_unavailable"
    status = 503
    retry_after = 5


class TranslatorUnavailableError(UserError):
    """The translator does not answer, or is busy."""

    code = "translator_unavailable"
    status = 503
    retry_after = 2


class TranslatorRefusedError(UserError):
    """The translator refused the request, for instance its languages."""

    code = "translator_refused"


class UnauthenticatedError(UserError):
    """A key is needed, and none was sent or none that is known."""

    code = "unauthenticated"
    status = 401


class RateError(UserError):
    """The key is used too often; after `retry_after` seconds it may be again."""

    code = "rate_limited"
    status = 429

    def __init__(
        self, message: str, retry_after: int, **values: str | int | date | Message
    ) -> None:
        super().__init__(message, **values)
        self.retry_after = retry_after


class BudgetSpentError(RateError):
    """The characters that the key may have translated in a month are used up."""

    code = "budget_spent"


class NoModelError(BadRequestError):
    """No installed model translates between the languages."""

    code = "no_model"
