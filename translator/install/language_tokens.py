"""Language tokens: how a model of many languages is told which ones, by what its vocabulary has.

M2M100 and NLLB want the source's language before the segment and the target's before its
translation (https://opennmt.net/CTranslate2/guides/transformers.html), MADLAD-400 and OPUS-MT's
models of several targets want the target's alone, before the segment.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from translator.inference.engine import END
from translator.install import SourceError
from translator.install.language_codes import language_code

_FAMILIES: Final = {
    "M2M100": re.compile(r"__([a-z]{2,3})__"),
    "NLLB": re.compile(r"([a-z]{3}_[A-Z][a-z]{3})"),
    "MADLAD-400": re.compile(r"<2([A-Za-z]{2,3}(?:_[A-Za-z]+)?)>"),
    "OPUS-MT": re.compile(r">>([a-z]{3}(?:_[A-Z][a-z]{3})?)<<"),
}
# A vocabulary of fewer has them by chance; a model of OPUS-MT may have two targets.
_FEWEST: Final = {"M2M100": 5, "NLLB": 20, "MADLAD-400": 5, "OPUS-MT": 2}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens around a segment, and before its translation; a suffix of None is the usual one."""

    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] | None = None
    target_prefix: tuple[str, ...] = ()

    def fields(self) -> dict[str, Sequence[str]]:
        """Fields of a model card: those that differ from what is usual."""
        found: dict[str, Sequence[str]] = {}
        if self.source_prefix:
            found["source_prefix"] = self.source_prefix
        if self.source_suffix is not None:
            found["source_suffix"] = self.source_suffix
        if self.target_prefix:
            found["target_prefix"] = self.target_prefix
        return found


def family(vocabulary: Collection[str]) -> tuple[str, Mapping[str, str]] | None:
    """The family of a source vocabulary, with its tokens by language code; None where it has none.

    Of two tokens of one language the first stays.
    """
    for name, pattern in _FAMILIES.items():
        found: dict[str, str] = {}
        for token in vocabulary:
            if match := pattern.fullmatch(token.removeprefix("▁")):
                try:
                    found.setdefault(language_code(match[1]), token)
                except ValueError:
                    continue  # a name that is none of a language's
        if len(found) >= _FEWEST[name]:
            return name, found
    return None


def tokens_for(name: str, known: Mapping[str, str], pair: tuple[str, str], *, end: bool) -> Tokens:
    """Tokens for a pair of a family of that name; `end` says that the end token is still to come.

    Raises SourceError when the model does not know a language.
    """
    source, target = pair
    suffix = (END,) if end else ()
    to = _token(name, known, target)
    if name in {"MADLAD-400", "OPUS-MT"}:
        return Tokens((to,), suffix)
    return Tokens((_token(name, known, source),), suffix, (to,))


def _token(name: str, known: Mapping[str, str], code: str) -> str:
    """The token for a language, or for the one that it is a country's kind of."""
    language, _, country = code.partition("-")
    for each in (code, language if country.isupper() else code):
        if each in known:
            return known[each]
    raise SourceError(
        f"The model ({name}) has no token for {code}. It knows {len(known)} languages:"
        f" {' '.join(sorted(known))}."
    )
