"""Model installer: `python -m translator.install [SOURCE NAME]`; scripts/get-model calls it.

A model is made beside the installed ones and takes its name once it has translated something.
Whatever goes wrong before that, the installed models stay as they are.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace

from translator.inference.engine import ModelError
from translator.install import SourceError
from translator.install.installing import DEFAULT_PAIR, install, say
from translator.install.interruption import Stopped, watch_signals
from translator.install.known import listed, offline_instructions
from translator.install.libretranslate import packages_in
from translator.install.options import Options, read_options


def main() -> None:
    """Install and exit with 0; with 1 after an error, and like a shell after a signal."""
    options = read_options()
    try:
        watch_signals()
        pair = options.pair or DEFAULT_PAIR
        if options.lists or options.instructs:
            lines = (
                listed(pair, options.models_dir) if options.lists else offline_instructions(pair)
            )
            for line in lines:
                say(line)
        elif options.packages:
            _install_all(options)
        else:
            name = install(options)
            say(f"{name} is installed. Start again to use it: scripts/up --stop && scripts/up")
    except Stopped as stopped:
        (number,) = stopped.args
        sys.stderr.write(
            f"Interrupted ({number.name}): {options.name or 'the package'} is not installed."
            f" The models in {options.models_dir} are as they were.\n"
        )
        sys.exit(128 + number)
    except Exception as error:
        if not isinstance(error, EXPECTED):
            raise
        sys.exit(f"{_why(error, options)}\nThe models in {options.models_dir} are as they were.")


# Errors of a source or of the disk; the first two say themselves what is wrong.
EXPECTED = (SourceError, ModelError, OSError, RuntimeError, ValueError, KeyError)


def _why(error: Exception, options: Options) -> str:
    if isinstance(error, SourceError | ModelError):
        return str(error)
    return f"{options.origin} could not be installed: {error}"


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _install_all(options: Options) -> None:
    """Install the packages of LibreTranslate, each for itself; exits with 1 where one failed."""
    packages = packages_in(options.packages) if options.packages else []
    done, failed = [], 0
    for number, package in enumerate(packages, 1):
        say(f"-- {number} of {len(packages)}: {package.name}")
        each = replace(options, origin=str(package), name="")
        try:
            done.append(install(each))
        except EXPECTED as error:
            failed += 1
            sys.stderr.write(f"{package.name}: {_why(error, each)}\n")
    say(f"Installed: {', '.join(done) or 'none'}.")
    if done:
        say("Start again to use them: scripts/up --stop && scripts/up")
    if failed:
        sys.exit(f"{failed} of {len(packages)} packages could not be installed.")


if __name__ == "__main__":
    main()
