"""Repetition loops: recognise a translation that got stuck and says the same again and again."""

import re
from itertools import pairwise

# Times that a run of words must come in a row to be a loop …
TIMES = 4
# … and be of at most this many words.
LONGEST = 12
# Times that one word must come in a row, perhaps a little changed: "necessarily necesarily".
SAME_WORD = 3
# Times: a word that repeats the same one to four letters this often more is no word.
STUTTER = 12
# Letters: two words of at least as many may differ in their ending.
STEM = 5
# Times that a sign may come in a row: an ellipsis has three.
SIGNS = 3
_EDGES = re.compile(r"^\W+|\W+$")
_DOUBLE = re.compile(r"(.)\1+")
_SIGN_RUN = re.compile(r"([^\w\s])\1{3,}")


def longest_run(text: str) -> int:
    """Longest repetition: how often `text` says the same 1 to 12 words in a row; 1 for none."""
    words = text.split()
    best = 1
    for length in range(1, min(LONGEST, len(words) // 2) + 1):
        same = 0  # words in a row that equal the one `length` places before
        for place in range(length, len(words)):
            same = same + 1 if words[place] == words[place - length] else 0
            best = max(best, same // length + 1)
    return best


def loops(target: str, source: str) -> bool:
    """Whether `target` repeats itself where `source` does not, or never ends a word."""
    words = target.split()
    # A run needs words that come again; nearly every sentence is done here.
    if len(words) - len(set(words)) >= TIMES - 1:
        run = longest_run(target)
        if run >= TIMES and run > longest_run(source) + 1:
            return True
    run = _run_of_a_word(words)
    if run >= SAME_WORD and run > _run_of_a_word(source.split()):
        return True
    if _signs(target) > max(SIGNS, _signs(source)):
        return True
    return _stutters(target) and not _stutters(source)


def _run_of_a_word(words: list[str]) -> int:
    """How often the same word comes in a row; its letters may be doubled, its ending may differ."""
    best = run = 1
    for first, second in pairwise(words):
        same = first[:2].casefold() == second[:2].casefold() and _alike(first, second)
        run = run + 1 if same else 1
        best = max(best, run)
    return best


def _alike(first: str, second: str) -> bool:
    one, other = (_DOUBLE.sub(r"\1", _EDGES.sub("", each.casefold())) for each in (first, second))
    if not any(map(str.isalpha, one)):
        return False
    shorter = min(len(one), len(other))
    return one == other or (shorter >= STEM and one[:shorter] == other[:shorter])


def _signs(text: str) -> int:
    """The longest run of one sign."""
    return max((len(each.group()) for each in _SIGN_RUN.finditer(text)), default=0)


def _stutters(text: str) -> bool:
    """Whether a word goes on with the same letters, as in `hahahahahahahahahaha`."""
    for word in text.split():
        if len(word) <= STUTTER:
            continue
        for length in range(1, 5):
            same = 0
            for place in range(length, len(word)):
                same = same + 1 if word[place] == word[place - length] else 0
                if same >= STUTTER * length and word[place].isalpha():
                    return True
    return False
