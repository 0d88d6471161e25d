"""What can go wrong for a user, said once; each door renders it in its own form."""


class UserError(Exception):
    """A problem with a message for the user: what happened, what was kept, what to do."""

    status = 400
    retry_after: int | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadTextError(UserError):
    """The text cannot be translated as it was sent."""


class NotFoundError(UserError):
    """There is no such translation."""

    status = 404


class UnsupportedError(UserError):
    """The body's type is not understood."""

    status = 415


class TooLargeError(UserError):
    """A body that is not streamed is over its limit."""

    status = 413


class StoreAwayError(UserError):
    """The database does not answer."""

    status = 503
    retry_after = 5


class TranslatorAwayError(UserError):
    """The translator does not answer, or is busy."""

    status = 503
    retry_after = 2


class TranslatorRefusedError(UserError):
    """The translator refused the request, for instance its languages."""
