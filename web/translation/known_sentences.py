"""Known sentences of a claimed passage: from an earlier version of its text, and from the memory.

A person's goes before a model's: first the sentences that were chosen in the earlier version, or
came from the memory there, then the memory as it is now, then the model's of the earlier version.
"""

from collections.abc import Iterable, Sequence

from web.jobs.queue import Claim
from web.memory.service import Memory
from web.text.sentences import Sentence
from web.translation.earlier_versions import EarlierVersions


class KnownSentences:
    """Known sentences: those that are translated already, so that no model is asked for them."""

    def __init__(self, earlier: EarlierVersions, memory: Memory) -> None:
        """Both must be open."""
        self._earlier = earlier
        self._memory = memory

    async def of_claim(self, claim: Claim) -> list[Sentence]:
        """The known sentences of a claimed passage.

        Raises StoreUnavailableError, TranslatorUnavailableError.
        """
        earlier = await self._earlier.known(claim)
        pair = claim.source_lang, claim.target_lang
        remembered = await self._memory.known(claim.memory_owner, pair, [claim.source])
        return joined_known(earlier, remembered)

    async def settled(self, claim: Claim, now: Sequence[Sentence]) -> Sequence[Sentence]:
        """The translated sentences of a claimed passage, with what a person chose in their places.

        Raises StoreUnavailableError.
        """
        return await self._earlier.settled(claim, now)


def joined_known(earlier: Iterable[Sentence], remembered: Iterable[Sentence]) -> list[Sentence]:
    """Sentences of an earlier version and of the memory, one for each source.

    The ones that a person made in the earlier version go before the memory's, which go before the
    model's.
    """
    by_source: dict[str, Sentence] = {}
    people: list[Sentence] = []
    for each in earlier:
        if each.chosen or each.remembered:
            people.append(each)
        else:
            by_source[each.source] = each
    by_source |= {each.source: each for each in remembered}
    by_source |= {each.source: each for each in people}
    return list(by_source.values())
