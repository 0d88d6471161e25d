"""Repetition loops: recognise a translation that got stuck and says the same again and again."""

# Times that a run of words must come in a row to be a loop …
TIMES = 4
# … and be of at most this many words.
LONGEST = 12
# Times: a word that repeats the same one to four letters this often more is no word.
STUTTER = 12


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
    return _stutters(target) and not _stutters(source)


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
