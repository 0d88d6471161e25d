"""Model cards of publishers: the licence and the languages that a README.md states.

A licence may not let everybody use a model for anything; then it has to be accepted.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from translator.install import SourceError
from translator.install.language_codes import language_code

# Files of a source that tell its licence and whom to name; they stay with the model.
NOTICES: Final = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "NOTICE")
FREE: Final = frozenset(
    (
        "apache-2.0",
        "bsd-2-clause",
        "bsd-3-clause",
        "cc-by-2.0",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "mit",
        "mpl-2.0",
        "unlicense",
    )
)
# Licence that a family's publishers state, where a copy of it has no model card.
OF_FAMILY: Final = {"NLLB": "cc-by-nc-4.0"}
_FRONT: Final = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
_FIELD: Final = re.compile(r"^license: *[\"']?([\w.-]+)[\"']? *$", re.MULTILINE)
_NAME: Final = re.compile(r"\bCC[- ]BY((?:[- ](?:NC|SA|ND))*)[- ](\d\.\d)\b", re.IGNORECASE)
# Languages in the words of quickmt's cards, and of OPUS-MT's, where several are named at times.
_QUICKMT: Final = re.compile(r"\bquickmt-([a-z]{2,3})-([a-z]{2,3})\b")
_SIDE: Final = r"^\* *{} language(?:s|\(s\))?: *([a-z]{{2,3}}) *$"
_OPUS_MT: Final = tuple(
    re.compile(_SIDE.format(each), re.MULTILINE) for each in ("source", "target")
)


def stated(folder: Path, family: str = "") -> str:
    """Licence that a model's own files state, as an SPDX name in small letters; empty for none.

    The front matter of its README.md counts first, then a Creative Commons licence in a line
    on licences, and then the one that is known of the model's family. Raises OSError.
    """
    text = _readme(folder)
    front = _FRONT.match(text)
    if front and (field := _FIELD.search(front[1])):
        return field[1].lower()
    lines = (line for line in text.splitlines() if "licen" in line.lower())
    if name := _NAME.search("\n".join(lines)):
        kind = re.sub("[- ]+", "-", name[1].lower())
        return f"cc-by{kind}-{name[2]}"
    return OF_FAMILY.get(family, "")


def stated_pair(folder: Path) -> tuple[str, str] | None:
    """Languages that a model's README.md states; None where it states none, or several of a side.

    Raises OSError.
    """
    text = _readme(folder)
    if match := _QUICKMT.search(text):
        return language_code(match[1]), language_code(match[2])
    source, target = (each.search(text) for each in _OPUS_MT)
    if source and target:
        return language_code(source[1]), language_code(target[1])
    return None


def _readme(folder: Path) -> str:
    path = folder / "README.md"
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return text.replace("\r\n", "\n")


def need_acceptance(licence: str, *, accepted: bool) -> None:
    """Check a licence. Raises SourceError when it forbids some uses and was not accepted."""
    if licence and licence not in FREE and not accepted:
        raise SourceError(
            f"The model's licence is {licence}, which does not let everybody use it for everything"
            " (nc: not commercially). If you may, and want to, say so: --accept-license"
        )


def notices(folder: Path) -> Iterable[Path]:
    """The notices that a folder has."""
    return [folder / name for name in NOTICES if (folder / name).is_file()]
