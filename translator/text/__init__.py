"""Text processing without a model: segmentation, masking, tags, alignment of words, wrapping.

It decides which text a model is asked for, which is copied, and puts the parts together again. All
of it is pure functions of strings.
"""

from translator.text.capitals import is_shouting, to_capitals, to_lower_for_model
from translator.text.matching import Link, shares, word_places
from translator.text.numbers import lost
from translator.text.projection import projected
from translator.text.protection import Piece, Protected, protect
from translator.text.segment import Layout, Segment
from translator.text.segmentation import segment
from translator.text.spans import is_language, spans
from translator.text.tags import Tagged, take_out
from translator.text.wrapping import column_after, model_text, wrap

__all__ = [
    "Layout",
    "Link",
    "Piece",
    "Protected",
    "Segment",
    "Tagged",
    "column_after",
    "is_language",
    "is_shouting",
    "lost",
    "model_text",
    "projected",
    "protect",
    "segment",
    "shares",
    "spans",
    "take_out",
    "to_capitals",
    "to_lower_for_model",
    "word_places",
    "wrap",
]
