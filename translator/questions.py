"""Questions: what the model is asked about a segment, and how its answers become candidates."""

import asyncio
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from translator.inference.candidates import Aligned, Candidate, copy_of, together
from translator.inference.engine import Decoding, Engine, Hypothesis
from translator.inference.scheduler import Ticket
from translator.planning import Plan, Planner
from translator.text import Piece, Span, is_language, repetition, splitting
from translator.text.function_words import kind_of

# Size of n-grams, in tokens, of which none may come twice when a loop is decoded again.
NO_REPEAT = 3
# Alternatives that are asked for besides those that are wanted.
SPARE = 2
# Penalty on the score of a token that came already (1: none). 1.3 is common for loops.
REPETITION_PENALTY = 1.3
# Tokens: a piece that does not end is cut in half, down to this; a shorter one never will end.
SHORTEST_RETRY = 8


class Questions:
    """Questions about the segments of one text, through its ticket."""

    def __init__(
        self, engine: Engine, planner: Planner, ticket: Ticket, decoding: Decoding, window: int
    ) -> None:
        """`window` is the longest question in tokens."""
        self._engine = engine
        self._planner = planner
        self._ticket = ticket
        self._decoding = decoding
        self._window = window

    async def candidate(self, plan: Plan) -> tuple[Candidate, Plan]:
        """The first translation, and the plan of the question that it answers.

        Where the model loses a stand-in in all of its hypotheses, it is asked clause by clause, or
        with the figures themselves; without figures, for what is between the stand-ins.
        """
        how = self._how(plan)
        if plan.protected is None:
            return await self._whole(how, plan.text, plan.encoded), plan
        if plan.encoded is not None:
            candidate = await self._whole(how, plan.protected.text or "", plan.encoded)
            if candidate.whole:
                restored = plan.protected.restore(candidate.text)
                if restored is not None:
                    rest = plan.protected.rest(candidate.text)
                    carried = (
                        bool(plan.forms)
                        and plan.figures is not None
                        and plan.figures.are_carried(rest)
                    )
                    return replace(candidate, text=restored, carried=carried), plan
                if other := next(self._restored(plan, candidate.others, how), None):
                    return other, plan
        if plan.forms:
            if parts := await self.in_parts(plan):
                return parts, replace(plan, parted=True)
            return await self.candidate(self._planner.asking(plan, {}))
        return await self.piece_by_piece(plan, plan.protected.pieces), plan

    async def in_pieces(self, plan: Plan, forms: Mapping[Span, str]) -> Candidate:
        """Ask for what is between the figures, and put these in their places, in their forms."""
        protected = self._planner.asking(plan, forms).protected
        pieces = (Piece(plan.text, translate=True),) if protected is None else protected.pieces
        return await self.piece_by_piece(plan, pieces)

    async def piece_by_piece(self, plan: Plan, pieces: Sequence[Piece]) -> Candidate:
        """Ask for pieces of the segment alone, and join the answers."""
        return await self._pieces(self._how(plan), _clauses(pieces), self._window)

    def others(self, plan: Plan, candidate: Candidate) -> Iterator[Candidate]:
        """The other hypotheses that the beam held when it found `candidate`, best first."""
        return self._restored(plan, candidate.others, self._how(plan))

    async def alternatives(self, plan: Plan, count: int) -> Iterator[Candidate]:
        """Translations of a plan, best first, from a beam that is wide enough for `count` more.

        There are SPARE more of them: some turn out to say the same. Asked apart, so that asking
        for them never changes the translation itself.
        """
        if plan.encoded is None:
            return iter(())
        wanted = 1 + count + SPARE
        beam_size = max(self._decoding.beam_size, wanted)
        how = replace(self._how(plan), beam_size=beam_size, hypotheses=wanted)
        hypotheses = await self._ticket.ask(self._engine, plan.encoded, how)
        return self._restored(plan, hypotheses, how)

    async def again(self, plan: Plan, forms: Mapping[Span, str]) -> Iterator[Candidate]:
        """Ask again, with stand-ins for the figures in `forms`: answers, the best first.

        None where that is no single question.
        """
        other = self._planner.asking(plan, forms)
        if other.encoded is None:
            return iter(())
        how = self._how(other)
        question = plan.text if other.protected is None else other.protected.text or ""
        best = await self._whole(how, question, other.encoded)
        text = best.text if other.protected is None else other.protected.restore(best.text)
        first = [replace(best, text=text)] if text is not None and best.whole else []
        return chain(first, self._restored(other, best.others, how))

    async def rewritten(self, plan: Plan, text: str) -> Iterator[Candidate]:
        """Ask again with another text for the segment's: answers, the best first."""
        other = self._planner.part(plan, text)
        best, other = await self.candidate(other)
        return chain([best], self._restored(other, best.others, self._how(other)))

    async def less_repetitive(self, plan: Plan) -> Iterator[Candidate]:
        """Ask again, with a penalty on tokens that the translation has already, best first."""
        if plan.encoded is None:
            return iter(())
        how = replace(self._how(plan), repetition_penalty=REPETITION_PENALTY)
        hypotheses = await self._ticket.ask(self._engine, plan.encoded, how)
        return self._restored(plan, hypotheses, how)

    async def in_parts(self, plan: Plan, number: int = 2) -> Candidate | None:
        """Ask for the segment's clauses, in about `number` parts; None where it has only one."""
        size, target = self._engine.size, self._engine.card.target
        limit = max(SHORTEST_RETRY, size(plan.text) // number)
        clauses = splitting.clauses(plan.text, size, limit)
        if len(clauses) < 2:  # noqa: PLR2004 - nothing to cut at
            return None
        plans = [self._planner.part(plan, clause.text) for clause in clauses]
        found = await asyncio.gather(*(self.candidate(each) for each in plans))
        drafts = [
            replace(candidate, text=_as_clause(clause.text, candidate.text, target))
            for clause, (candidate, _) in zip(clauses, found, strict=True)
        ]
        return together(drafts, [clause.separator for clause in clauses])

    def _restored(
        self, plan: Plan, hypotheses: Iterable[Hypothesis], how: Decoding
    ) -> Iterator[Candidate]:
        """Candidates of a plan's question, with everything in them that stand-ins stood for."""
        for each in hypotheses:
            text: str | None = each.text
            if plan.protected is not None:
                text = plan.protected.restore(each.text)
            if text and text.strip() and each.complete and not repetition.loops(text, plan.text):
                yield replace(self._draft_of(each, plan.encoded or [], how), text=text)

    async def _whole(
        self,
        how: Decoding,
        text: str,
        encoded: list[str] | None,
        limit: int | None = None,
    ) -> Candidate:
        """Translate a run of words in one question if it fits and the answer is sound."""
        limit = limit or self._window
        if encoded is None:
            return await self._pieces(how, splitting.split(text, self._engine.size, limit), limit)
        best, *others = await self._ticket.ask(self._engine, encoded, how)
        if repetition.loops(best.text, text):
            other = replace(how, no_repeat_ngram_size=NO_REPEAT)
            best = better(best, (await self._ticket.ask(self._engine, encoded, other))[0], text)
        if best.complete:
            return replace(self._draft_of(best, encoded, how), others=tuple(others))
        # It was cut at the longest output, so ask for less at once.
        smaller = min(limit, len(encoded)) // 2
        if smaller < SHORTEST_RETRY:
            return Candidate(text, 0.0, 0, whole=False)
        return await self._pieces(how, splitting.split(text, self._engine.size, smaller), smaller)

    def _draft_of(self, best: Hypothesis, encoded: list[str], how: Decoding) -> Candidate:
        candidate = Candidate(
            best.text,
            math.log(max(best.score, 1e-9)),
            len(encoded),
            produced=best.tokens,
            unattended=best.unattended,
        )
        if not how.attention:
            return candidate
        asked = self._engine.spelled(encoded)
        return replace(candidate, aligned=Aligned(asked, best.text, best.alignment))

    async def _pieces(
        self, how: Decoding, pieces: Sequence[splitting.Clause], limit: int
    ) -> Candidate:
        """Translate the pieces of a segment side by side and join them."""
        drafts = await asyncio.gather(*(self._piece(how, each, limit) for each in pieces))
        return together(drafts, [piece.separator for piece in pieces])

    async def _piece(self, how: Decoding, piece: splitting.Clause, limit: int) -> Candidate:
        bare = piece.text.strip()
        if piece.copied or not is_language(bare, self._engine.card.source):
            return copy_of(piece.text)
        encoded: list[str] | None = self._engine.encode(bare)
        if encoded is not None and len(encoded) > limit + 1:
            if not any(map(str.isspace, bare)):
                return copy_of(piece.text)  # one word over the window: nothing to cut at
            encoded = None
        candidate = await self._whole(how, bare, encoded, limit)
        before = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        after = piece.text[len(piece.text.rstrip()) :]
        return replace(candidate, text=before + candidate.text + after)

    def _how(self, plan: Plan) -> Decoding:
        """Decoding options of a plan: with the attention where tags or terms need the alignment."""
        return replace(self._decoding, attention=plan.tagged is not None or bool(plan.terms))


def _clauses(pieces: Iterable[Piece]) -> list[splitting.Clause]:
    return [splitting.Clause(text, "", copied=not ask) for text, ask in pieces]


def _as_clause(clause: str, translated: str, language: str) -> str:
    """The translation of a clause in a sentence: with its comma, and without a capital of its own.

    A model closes what it is asked alone with a full stop. `language` is the translation's.
    """
    if clause[-1:] in {",", ";", ":"} and translated[-1:] in {".", ",", ";", ":"}:
        translated = translated.rstrip(".,;:") + clause[-1]
    first = translated.partition(" ")[0].partition("'")[0]
    if clause[:1].islower() and first != "I" and kind_of(first, language):
        return translated[:1].lower() + translated[1:]
    return translated


def better(first: Hypothesis, again: Hypothesis, source: str) -> Hypothesis:
    """The better of a looping hypothesis and its second try.

    A loop is likely word by word, so its score is high; the second try wins unless it is
    unsound itself, and then the score decides.
    """
    if again.complete and not repetition.loops(again.text, source):
        return again
    return max(first, again, key=lambda each: (each.complete, each.score))
