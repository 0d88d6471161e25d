"""Model hub: the files of a repository of Hugging Face that an installation needs, and no others.

Names, sizes and checksums come from the hub's API (`/api/models/OWNER/NAME?blobs=true`), the files
from `/OWNER/NAME/resolve/COMMIT/FILE`. HF_ENDPOINT names a mirror, as for huggingface_hub.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from translator.install import SourceError
from translator.install.licences import NOTICES
from translator.install.sources import fetched

HUB: Final = "https://huggingface.co"
_PAGE: Final = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)(?:/tree/[\w.-]+)?/?")
# Weights, of which a repository may have the same in several forms: the first one is taken.
_WEIGHTS: Final = ("model.bin", "model.safetensors", "pytorch_model.bin")
_WANTED: Final = re.compile(
    r"config\.json|vocab\.json|target_vocab\.json|(source|target)\.spm"
    r"|(src|tgt|joint)\.spm\.model|(sentencepiece|sentencepiece\.bpe|spiece)\.model"
    r"|(source|target|shared)?_?vocabulary\.(json|txt)"
)


@dataclass(frozen=True)
class HubFile:
    """File of a repository: its size in bytes, and its SHA-256 where the hub has one."""

    name: str
    size: int
    sha256: str


def repository(origin: str) -> str | None:
    """Repository whose page an address is, as OWNER/NAME; None for another address."""
    page = _PAGE.fullmatch(origin)
    return page[1] if page else None


def fetch_repository(name: str, folder: Path) -> list[str]:
    """Download the files of a model into a new folder; their names.

    Raises SourceError when the repository has no model, a file does not come, not whole or another
    one than the hub says, or the disk has too little room, and OSError when it cannot be written.
    """
    folder.mkdir()
    endpoint = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    commit, files = _files(f"{endpoint}/api/models/{name}?blobs=true", folder)
    needed, free = sum(each.size for each in files), shutil.disk_usage(folder).free
    if needed > free:
        raise SourceError(
            f"{name} has {needed / 1e6:,.0f} MB, and the disk has room for {free / 1e6:,.0f} MB."
        )
    for each in files:
        address = f"{endpoint}/{name}/resolve/{commit}/{quote(each.name)}"
        path = fetched(address, folder).rename(folder / each.name)
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if each.sha256 and found != each.sha256:
            raise SourceError(f"{address} has another checksum than the hub says: {found}.")
    return [each.name for each in files]


def _files(address: str, folder: Path) -> tuple[str, Sequence[HubFile]]:
    """The commit that a repository is at, and its files that are wanted. Raises SourceError."""
    answer = fetched(address, folder)
    try:
        fields: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        files = {each["rfilename"]: _file(each) for each in fields["siblings"]}
        commit = str(fields.get("sha") or "main")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{address} did not answer as the hub does: {error!r}.") from error
    finally:
        answer.unlink()
    weights = next((each for each in _WEIGHTS if each in files), None)
    if weights is None:
        raise SourceError(f"{address} names no {', '.join(_WEIGHTS[:-1])} or {_WEIGHTS[-1]}.")
    names = [each for each in files if _WANTED.fullmatch(each) or each in NOTICES]
    return commit, [files[each] for each in [weights, *sorted(names)]]


def _file(fields: dict[str, Any]) -> HubFile:
    large = fields.get("lfs") or {}
    size = large.get("size") or fields.get("size") or 0
    return HubFile(str(fields["rfilename"]), int(size), str(large.get("sha256") or ""))
