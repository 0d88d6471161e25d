"""HTTP API of the word alignments: which words of a translation say which of its source."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError, model_validator

from translator.alignments import AskedPair
from translator.api import InvalidQuestionError, ServiceDep, what_is_wrong

# Most pairs of one request, characters of a text, and words of a pair.
MOST_PAIRS = 500
MOST_CHARACTERS = 10_000
MOST_WORDS = 200

router = APIRouter()

Text = Annotated[str, Field(max_length=MOST_CHARACTERS)]
Place = Annotated[int, Field(ge=0, le=MOST_CHARACTERS)]


class AlignedPair(BaseModel):
    """Pair of a source and its translation; `words` are ranges of the source's characters."""

    source: Text
    target: Text
    words: list[tuple[Place, Place]] = Field(max_length=MOST_WORDS)

    @model_validator(mode="after")
    def _inside(self) -> "AlignedPair":
        if not all(start < end <= len(self.source) for start, end in self.words):
            raise ValueError("a word is a part of its source")
        return self


class AlignmentQuestion(BaseModel):
    """Request body of `POST /alignments`; `source` and `target` are language codes."""

    pairs: list[AlignedPair] = Field(max_length=MOST_PAIRS)
    source: str | None = Field(None, max_length=16)
    target: str | None = Field(None, max_length=16)


@router.post("/alignments")
async def alignments(request: Request, service: ServiceDep) -> dict[str, Any]:
    """Align pairs: for each the places of its words in its target, null where one is not sure.

    Raises InvalidQuestionError and UnknownPairError (answered with 400), QueueFullError and
    ClosedError (503).
    """
    try:
        question = AlignmentQuestion.model_validate_json(await request.body())
    except ValidationError as error:
        raise InvalidQuestionError(what_is_wrong(error)) from None
    aligner = service.aligner(question.source, question.target)
    pairs = [AskedPair(each.source, each.target, tuple(each.words)) for each in question.pairs]
    with aligner.admit() as ticket:
        return {"places": await aligner.places(ticket, pairs)}
