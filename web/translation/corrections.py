"""Corrections: sentences that a person changes, for all equal ones as well, and takes back.

A correction is checked against the sentence as it is in the moment of storing, so of two people
who change the same one the second is told.
"""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from web.errors import BadRequestError, ConflictError, NotFoundError, StoreUnavailableError
from web.formats.inline import tags_in
from web.messages import N_
from web.text.sentences import Sentence, as_chosen
from web.text.validation import check
from web.translation.correction_store import CorrectionStore, SentenceChange, Step, StoredStep
from web.translation.store import Passage

log = logging.getLogger(__name__)

# Longest correction, in characters.
MOST_CORRECTED = 10_000
# What no sentence has: control characters but for the ends of lines and tabs, which are looked at
# beside its source, and the two that XML, and so most documents, cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NO_SENTENCE = N_("That sentence is not there any more. Load the page again.")


class Remember(Protocol):
    """Remembers a correction for other texts: whose it is, its languages, what it was made of.

    `before` and `after` are the sources of the sentences around it, empty at a passage's ends. May
    raise StoreUnavailableError.
    """

    async def __call__(  # noqa: PLR0913, PLR0917 - what the memory keeps of it
        self,
        owner: str,
        pair: tuple[str, str],
        source: str,
        target: str,
        before: str = "",
        after: str = "",
    ) -> None:
        """Remember it."""


class Forget(Protocol):
    """Forgets a correction that was taken back, of whoever made it.

    May raise StoreUnavailableError.
    """

    async def __call__(self, owner: str, pair: tuple[str, str], source: str, target: str) -> None:
        """Forget it, where it is remembered."""


async def remember_nothing(  # noqa: PLR0913, PLR0917 - as Remember
    owner: str, pair: tuple[str, str], source: str, target: str, before: str = "", after: str = ""
) -> None:
    """Remember nothing: a service without a translation memory."""


async def forget_nothing(owner: str, pair: tuple[str, str], source: str, target: str) -> None:
    """Forget nothing: a service without a translation memory."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Result of a change: its step (None where nothing changed), and passages as they are now.

    `sentence` is the first one that changed, in passage `seq`; `sentences` is how many have.
    `equal` is how many others of the translation have the same source and another target; `left`
    those of a step that are not taken back, because they were changed again.
    """

    step: int | None
    seq: int
    sentence: Sentence
    passages: Sequence[Passage]
    sentences: int = 1
    equal: int = 0
    left: int = 0


class Corrections:
    """Corrections of stored translations, short or long, also of those that are still running."""

    def __init__(
        self,
        store: CorrectionStore,
        remember: Remember = remember_nothing,
        forget: Forget = forget_nothing,
    ) -> None:
        """`store` must be open; `remember` and `forget` are told of each correction."""
        self._store = store
        self._remember = remember
        self._forget = forget

    async def correct(  # noqa: PLR0913 - where it is, and what is known of it
        self,
        translation_id: int,
        seq: int,
        number: int,
        target: str,
        by: str,
        *,
        source: str | None = None,
        seen: str | None = None,
    ) -> Corrected:
        """Give a sentence another target, as `by` wants it, and store it.

        `number` counts the passage's sentences from 0. `source` and `seen` are the sentence and
        the target that were seen, None where nobody looked. Raises NotFoundError when it is not
        there or not translated, ConflictError when its target is another one now,
        BadRequestError when `target` cannot be stored in its place, and StoreUnavailableError when
        the database does not answer.
        """
        target = checked_text(target)

        def change(passage: Passage) -> SentenceChange | None:
            found = _sentence(passage, number, source)
            after = as_chosen(found, checked_correction(found, target))
            if seen is not None and _read(found.target) not in {_read(seen), _read(after.target)}:
                raise _conflict(found.target)
            return None if after == found else SentenceChange(found, after)

        stored = await self._store.change(translation_id, seq, change, by)
        if stored is None:
            raise NotFoundError(_NO_SENTENCE)
        found = stored.passage.sentences
        sentence = found[number]
        if stored.step is not None:
            around = (
                found[place].source if 0 <= place < len(found) else ""
                for place in (number - 1, number + 1)
            )
            await self._tell_memory(by, stored.pair, sentence, *around)
        equal = await self._store.equal(translation_id, sentence)
        return Corrected(stored.step, seq, sentence, [stored.passage], equal=equal)

    async def correct_equal(
        self, translation_id: int, step: int, by: str, shown: range = range(0)
    ) -> Corrected:
        """Give all equal sentences of a translation the target of a step, in one further step.

        The result has the passages whose numbers are `shown`. Raises NotFoundError when there is no
        such step any more, StoreUnavailableError when the database does not answer.
        """
        (first, *_) = await self._steps(translation_id, step)
        stored = await self._store.change_equal(
            translation_id, first.source, first.after, by, shown
        )
        if stored is None:
            return Corrected(None, first.seq, first.sentence, [], sentences=0)
        return _of_step(stored)

    async def undo(
        self, translation_id: int, step: int, by: str, shown: range = range(0)
    ) -> Corrected:
        """Undo a step: its sentences have the targets and warnings again that they had before.

        Sentences that were changed again since then stay. The result has the passages whose numbers
        are `shown`. Raises ConflictError when all of them were changed, NotFoundError when there is
        no such step, or it is undone already, and StoreUnavailableError when the database does not
        answer.
        """
        rows = await self._steps(translation_id, step)
        stored = await self._store.undo(translation_id, step, by, shown)
        if stored is None:
            raise ConflictError(
                N_("The sentence was changed again since then, or is gone. Nothing was undone.")
            )
        made = _of_step(stored)
        first, pair = rows[0], stored.first.pair
        said = first.source, first.after
        try:
            if not await self._store.stands(translation_id, first.made_by, pair, *said):
                await self._forget(first.made_by, pair, *said)
        except StoreUnavailableError as error:
            log.warning("a correction is still remembered: %s", error)
        return replace(made, left=len(rows) - made.sentences)

    async def equal(self, translation_id: int, sentence: Sentence) -> int:
        """How many sentences of a translation have the source of this one and another target.

        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._store.equal(translation_id, sentence)

    async def all(
        self, translation_id: int, before: int | None = None, most: int = 50
    ) -> list[Step]:
        """The steps that are not undone, the newest first; with `before` those older than it.

        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._store.steps(translation_id, before, most)

    async def count(self, translation_id: int) -> int:
        """How many steps are not undone.

        Raises StoreUnavailableError when the database does not answer.
        """
        return await self._store.count(translation_id)

    async def _steps(self, translation_id: int, step: int) -> list[Step]:
        rows = await self._store.rows(translation_id, step)
        if not rows:
            raise NotFoundError(N_("There is no such correction, or it is undone already."))
        return rows

    async def _tell_memory(
        self, by: str, pair: tuple[str, str], sentence: Sentence, before: str, after: str
    ) -> None:
        try:
            await self._remember(by, pair, sentence.source, sentence.target, before, after)
        except StoreUnavailableError as error:  # the correction is stored all the same
            log.warning("a correction is not remembered: %s", error)


def checked_text(target: str) -> str:
    """Check the text of a correction, whichever sentence it is for; the text with plain line ends.

    Raises BadRequestError when it is empty or too long, or holds what no sentence can.
    """
    target = check(target).replace("\r\n", "\n")
    if not target.strip():
        raise BadRequestError(
            N_("A sentence without any text cannot be stored. The translation stays as it was.")
        )
    if len(target) > MOST_CORRECTED:
        raise BadRequestError(
            N_("A sentence has up to {most} characters. The translation stays as it was."),
            most=MOST_CORRECTED,
        )
    if match := _CONTROL.search(target):
        raise BadRequestError(
            N_(
                "The text holds the control character {code} at character {place!s}. The "
                "translation stays as it was."
            ),
            code=f"U+{ord(match[0]):04X}",
            place=match.start() + 1,
        )
    return target


def checked_correction(sentence: Sentence, target: str) -> str:
    """Check a text beside the sentence it is for; gives it with that one's outer white space.

    Raises BadRequestError when it has other line breaks, tabs or tags than the sentence.
    """
    old = sentence.target
    stripped = target.strip()
    if stripped.count("\n") != old.strip().count("\n"):
        raise BadRequestError(
            N_("The text must have as many line breaks as the sentence. It stays as it was.")
        )
    if "\t" in stripped and "\t" not in sentence.source + old:
        raise BadRequestError(
            N_("The text holds a tab, and the sentence has none. It stays as it was.")
        )
    wanted, given = tags_in(sentence.source), tags_in(stripped)
    if Counter(given) not in (Counter(wanted), Counter(tags_in(old))):
        lost, more = Counter(wanted) - Counter(given), Counter(given) - Counter(wanted)
        if lost:
            raise BadRequestError(
                N_(
                    "These tags of the sentence are missing: {tags}. They carry its format; the "
                    "translation stays as it was."
                ),
                tags=" ".join(lost.elements()),
            )
        raise BadRequestError(
            N_(
                "These tags are there too often: {tags}. They carry the sentence's format; the "
                "translation stays as it was."
            ),
            tags=" ".join(more.elements()),
        )
    for tag in given:
        if tag.startswith("</") and tag.replace("/", "", 1) in given[given.index(tag) :]:
            raise BadRequestError(
                N_("The tag {tag} stands before its beginning. The translation stays as it was."),
                tag=tag,
            )
    start = len(old) - len(old.lstrip())
    end = len(old.rstrip())
    return old[:start] + stripped + old[end:] if old.strip() else stripped


def _of_step(stored: StoredStep) -> Corrected:
    passage = stored.first.passage
    sentence = passage.sentences[stored.first.numbers[0]]
    return Corrected(
        stored.first.step, passage.seq, sentence, stored.shown, sentences=stored.sentences
    )


def _sentence(passage: Passage, number: int, source: str | None) -> Sentence:
    if passage.target is None or passage.status != "done":
        raise NotFoundError(
            N_("This part is not translated yet, so there is nothing to change. Try again later.")
        )
    found = passage.sentences
    is_there = number < len(found)
    if not is_there or (source is not None and _read(found[number].source) != _read(source)):
        raise NotFoundError(_NO_SENTENCE)
    return found[number]


def _read(text: str) -> str:
    """A text as a form sends it back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _conflict(now: str) -> ConflictError:
    return ConflictError(
        N_(
            "Somebody has changed this sentence in the meantime. Your words are still here; store "
            "them again to put them in its place. It says now: {now}"
        ),
        now=now,
    )
