"""Options of `python -m translator.install`, which scripts/get-model calls."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from translator.install.hub import repository
from translator.install.language_codes import language_code
from translator.settings import Settings

OPUS_MT: Final = "https://object.pouta.csc.fi/Tatoeba-MT-models/deu-eng/opus-2021-02-22.zip"
OPUS_MT_NAME: Final = "opus-mt-de-en"
_ENDINGS: Final = (".zip", ".argosmodel")


@dataclass(frozen=True)
class Options:
    """Options of a run: a model's source (`origin`), its name, its language pair, its folder.

    A `pair` of None is the one that the source states itself. `evaluation` are pairs of sentences
    that the model is judged by; `shortlist` says whether its output layer may be cut; `beam_size`
    is the usual one. With `replaces` it takes the place of another model of its pair. `lists` and
    `instructs` only say what there is for the pair, and how it is brought to a machine.
    """

    origin: str
    name: str
    pair: tuple[str, str] | None
    models_dir: Path
    evaluation: Path | None
    shortlist: bool
    sha256: str
    beam_size: int
    accepts_licence: bool = False
    replaces: bool = False
    packages: Path | None = None
    lists: bool = False
    instructs: bool = False


def read_options() -> Options:
    """The options of the command line; ends the program where they are wrong."""
    parser = _parser()
    given = parser.parse_args()
    settings = Settings()
    if given.from_libretranslate and given.origin:
        parser.error("--from-libretranslate takes all packages: name no SOURCE beside it")
    pair = None
    try:
        if asked := given.list or given.pair:
            pair = (language_code(asked[0]), language_code(asked[1]))
    except ValueError as error:
        parser.error(str(error))
    origin = given.origin or OPUS_MT
    name = given.name or ("" if given.from_libretranslate else _name(origin))
    if name and not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        parser.error("NAME may have letters, digits, and - _ .")
    return Options(
        origin,
        name,
        pair,
        settings.models_dir,
        given.evaluation,
        not given.no_shortlist,
        given.sha256,
        settings.beam_size,
        given.accept_license,
        given.replace,
        given.from_libretranslate,
        given.list is not None and not given.offline_instructions,
        given.offline_instructions,
    )


def _name(origin: str) -> str:
    """Name of a model that got none: that of its file or folder."""
    if origin == OPUS_MT:
        return OPUS_MT_NAME
    last = (repository(origin) or origin).rstrip("/").rpartition("/")[2]
    for ending in _ENDINGS:
        last = last.removesuffix(ending)
    return re.sub(r"[^A-Za-z0-9_.-]", "-", last).strip(".-") or OPUS_MT_NAME


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="get-model", description="Install a model.")
    parser.add_argument(
        "origin",
        nargs="?",
        metavar="SOURCE",
        help="an archive (.zip, .argosmodel), its address, a model's page on huggingface.co, or a"
        " folder: OPUS-MT, a Hugging Face checkpoint of Marian's (model.safetensors or"
        " pytorch_model.bin), quickmt, an Argos package, or another model of CTranslate2 with its"
        " SentencePiece file; OPUS-MT of German and English if none is named",
    )
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="what it is called; as its source if not named"
    )
    parser.add_argument(
        "--from-libretranslate",
        type=Path,
        metavar="PATH",
        help="install all packages of a LibreTranslate installation: the folder of its packages, or"
        " one above it (argos-translate, .local/share)",
    )
    parser.add_argument(
        "--pair",
        nargs=2,
        metavar=("FROM", "TO"),
        help="its languages; de and en if neither this nor the source says otherwise",
    )
    parser.add_argument(
        "--evaluation",
        type=Path,
        help="pairs of sentences, a tab between them, by which a shortlist and the beam of a fast"
        " translation are judged; for German and English there are some",
    )
    parser.add_argument("--no-shortlist", action="store_true", help="keep the whole output layer")
    parser.add_argument("--sha256", default="", help="what the archive's checksum must be")
    parser.add_argument(
        "--accept-license",
        action="store_true",
        help="accept a licence that does not allow every use",
    )
    parser.add_argument(
        "--list", nargs=2, metavar=("FROM", "TO"), help="say which models are known for a pair"
    )
    parser.add_argument(
        "--offline-instructions",
        action="store_true",
        help="with --list or --pair: say what to fetch elsewhere for a machine without a network",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="take the place of another installed model for the same languages",
    )
    return parser
