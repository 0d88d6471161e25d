"""Packages of a LibreTranslate installation: the newest one for each pair of languages."""

import json
from pathlib import Path
from typing import Any, Final

from translator.install import SourceError

# Folders below the one that was named, in which the packages may be: argostranslate/settings.py.
_BELOW: Final = (
    ".",
    "packages",
    "argos-translate/packages",
    "share/argos-translate/packages",
    ".local/share/argos-translate/packages",
)


def packages_in(path: Path) -> list[Path]:
    """Folders of the translation packages in an installation of LibreTranslate, by their names.

    Of a pair that is there in several versions only the newest is among them. Raises SourceError
    when there is none.
    """
    for below in _BELOW:
        newest: dict[tuple[str, str], tuple[list[int], Path]] = {}
        for file in sorted((path / below).glob("*/metadata.json")):
            fields = _fields(file)
            if fields.get("type", "translate") != "translate" or not fields.get("from_code"):
                continue
            pair = (str(fields["from_code"]), str(fields.get("to_code")))
            found = (_version(fields.get("package_version")), file.parent)
            newest[pair] = max(found, newest.get(pair, found))
        if newest:
            return sorted(folder for _, folder in newest.values())
    raise SourceError(
        f"{path} holds no packages of Argos Translate. LibreTranslate has them in"
        " ~/.local/share/argos-translate/packages, in its container below /home/libretranslate."
    )


def _fields(file: Path) -> dict[str, Any]:
    """The metadata of a package. Raises SourceError when it cannot be read."""
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SourceError(f"{file} cannot be read: {error}") from error
    return fields if isinstance(fields, dict) else {}


def _version(text: object) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in str(text).split(".")]
