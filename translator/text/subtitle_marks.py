r"""Marks of subtitles that are written in a text: line breaks like `\N`, overrides like `{\an8}`.

They are those of Advanced SubStation Alpha. A path or a command of TeX may look the same, `C:\Neu`
and `\newline`; the letters around tell.
"""

import re
from typing import Final

from translator.text.characters import words
from translator.text.function_words import kind_of

# The groups are those of a tag, see `translator.text.inline_tags`. Overrides are {\an8}, {\i1},
# {\pos(320,240)}, {\c&H00FFFF&\b1}; {\alpha} and {\em wichtig} are of TeX.
_MARK: Final = re.compile(
    r"(?P<closing>)(?:(?P<name>(?:\\N){1,9}|(?:\\n){1,9})"
    r"|\{\\(?:an?\d|[ibus]\d?(?=[\\}])|\d?[ca](?=[&\\}])|alpha&|(?:pos|move|org|fade?|i?clip|t)\("
    r"|f[nsra]\w|k[fo]?\d|K\d|[xy]?(?:bord|shad)\d|blur\d|be\d|q\d|p\d|r(?=[\\}]))[^\s{}]{0,300}"
    r"(?=\}))(?P<alone>(?<!\\[Nn])\}|)"
)
# Runs of letters right before a break; markup in them says nothing of a path.
_LAST_RUN: Final = re.compile(r"\S{1,200}\Z")
_MARKUP: Final = re.compile(r"<[^<>]{0,300}>|\{[^{}]{0,300}\}|(?:\\[Nn])+")
_PATH: Final = re.compile(r"\\|//|/\Z|(?<!\w)\w:\Z")
# Most characters before a break, and after it, that are looked at.
_REACH: Final = 200
_WORD: Final = re.compile(r"\w+")
_VOWELS: Final = frozenset("aeiouyäöü")
# They begin a line in the middle of a sentence and are in no list of function words.
_OPENING: Final = words("aber alle alles also auch er immer ob oder und uns unten oben endlich")
_BEFORE_CAPITAL: Final = re.compile(r"[a-zäöüß.!?…,;:“”\"»«)\]♪-]\Z")
_AFTER_SMALL: Final = frozenset("-–—<{♪„")
_STOPS: Final = frozenset(".!?…")


def subtitle_marks(text: str) -> list[re.Match[str]]:
    """Line breaks and overrides in a text, in order; their groups are those of a tag."""
    if "\\" not in text:
        return []
    return [each for each in _MARK.finditer(text) if not each["name"] or _is_break(text, each)]


def _is_break(text: str, mark: re.Match[str]) -> bool:
    start, end = mark.span()
    last = _LAST_RUN.search(_MARKUP.sub("", text[max(0, start - _REACH) : start]))
    run = last.group() if last else ""
    if _PATH.search(run):
        return False
    small = mark["name"].islower()
    if not text[end : end + 1].isalpha():
        return not small or _is_before_sign(text[end : end + 1], run)
    return _is_before_word(text, end, run, small=small)


def _is_before_sign(following: str, run: str) -> bool:
    return following in _AFTER_SMALL if following else run[-1:] in _STOPS


def _is_before_word(text: str, end: int, run: str, *, small: bool) -> bool:
    match = _WORD.match(text, end)
    word = match.group() if match else ""
    if word[:1].isupper():
        if small or (run and not word.isupper()):
            return _BEFORE_CAPITAL.search(run) is not None
        near = text[max(0, end - _REACH) : end + _REACH].replace("\\n", "")
        return not word.isupper() or _BEFORE_CAPITAL.search(run) is not None or near.isupper()
    # No German word begins with N and a consonant: `Pappe\Nkleine`; but „Neu“ is one.
    if not small and word[:1] not in _VOWELS:
        return True
    return bool(run) and (kind_of(word, "de") is not None or word in _OPENING)
