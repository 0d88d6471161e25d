"""Agreement of the words beside a term with it: a and an, no second article, a subject's verb."""

import re
from collections.abc import Iterable
from typing import Final

from translator.text.function_words import kind_of
from translator.text.spans import Span
from translator.text.terms.english import article_before, head_of, is_plural_noun, plain_verb

_ARTICLE: Final = re.compile(r"(?<!\w)(?P<article>[Aa]n?)(?P<space>\s+)\Z")
_DETERMINED: Final = re.compile(
    r"(?<!\w)(?:the|a|an|its|his|her|their|our|my|your)\s+\Z", re.IGNORECASE
)
_OWN_ARTICLE: Final = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
# Verbs behind a subject, in the singular and in the plural.
_AGREEING: Final = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_AGREEING_BACK: Final = {plural: singular for singular, plural in _AGREEING.items()}
_LAST_WORD: Final = re.compile(r"([\w']+)\W*\Z")
NEXT_WORD: Final = re.compile(r"\s+([\w']+)")
# Before a subject: the start of a sentence or of a clause, an article, at most one more word.
_SUBJECT: Final = re.compile(
    r"(?:\A|[.!?:,;]\s|\b(?:because|if|when|that|whether|while)\s)"
    r"(?:(?:the|these|those|our|my|your|his|her|their|its|all)\s)?(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_THIRD: Final = re.compile(r"[a-z]{3,}(?<![siu])s")
# Characters before a place, as many as are looked at.
_NEAR: Final = 80


def word_before(text: str, place: int) -> str:
    """The word before a place, in small letters; none where there is none."""
    found = _LAST_WORD.search(text[max(0, place - _NEAR) : place])
    return found.group(1).casefold() if found else ""


def changed_text(target: str, changes: Iterable[tuple[int, int, str]], language: str) -> str:
    """A translation with its changes, and the words beside them as these take them in English."""
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(changes):
        if start < position:
            continue
        before, fresh, following = target[position:start], new, ""
        position = end
        if language == "en" and new != target[start:end]:
            own = _OWN_ARTICLE.match(new)
            if own and _DETERMINED.search(before[-_NEAR:]):
                fresh = new[own.end() :]
            before = _with_article(before, fresh)
            following = _agreeing(target, (start, end), new)
            position += len(_words_behind(target, end)) if following else 0
        parts += [before, fresh, following]
    return "".join([*parts, target[position:]])


def _words_behind(target: str, end: int) -> str:
    """The word behind a place with the space before it; none where there is none."""
    found = NEXT_WORD.match(target, end)
    return found.group() if found else ""


def _agreeing(target: str, place: Span, new: str) -> str:
    """Another form of the verb behind a subject that has another number now; none if it fits."""
    behind = _words_behind(target, place[1])
    verb = behind.lstrip()
    was, now = is_plural_noun(head_of(target[slice(*place)])), is_plural_noun(head_of(new))
    if was == now or not verb.islower():
        return ""
    if not _SUBJECT.search(target[max(0, place[0] - _NEAR) : place[0]]):
        return ""
    if now:
        other = _AGREEING.get(verb) or (plain_verb(verb) if _THIRD.fullmatch(verb) else "")
    else:
        other = _AGREEING_BACK.get(verb, "")
    return behind[: -len(verb)] + other if other else ""


def _with_article(before: str, phrase: str) -> str:
    """The text before a phrase with a or an at its end, as the phrase takes it."""
    found = _ARTICLE.search(before, max(0, len(before) - _NEAR))
    if found is None:
        return before
    article = found["article"]
    right = article_before(phrase)
    if is_plural_noun(head_of(phrase)) and kind_of(phrase, "en") is None:
        return before[: found.start()]
    right = right.capitalize() if article[0].isupper() else right
    return before[: found.start()] + right + found["space"]
