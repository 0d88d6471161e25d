"""Interruption: a run that is told to end tidies up first, and is not told so again meanwhile."""

import signal
from typing import Final, NoReturn

STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Interruption: the run was told to end, by this signal; nothing but main() may catch it."""


def watch_signals() -> None:
    """Have STOPPING raise Stopped from now on, but those that are ignored, as nohup has it."""
    for each in STOPPING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _stop)


def ignore_signals() -> None:
    """Ignore STOPPING from now on: what is left takes an instant, and is not to stop half-way."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)


def _stop(number: int, _frame: object) -> NoReturn:
    ignore_signals()  # those that follow may not cut the tidying up
    raise Stopped(signal.Signals(number))
