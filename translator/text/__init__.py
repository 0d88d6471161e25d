"""The text side of translating, without a model: what is asked, what is copied, what is put back.

All of it is pure functions of strings.
"""

from translator.text.capitals import is_shouting, to_capitals, to_lower_for_model
from translator.text.numbers import lost
from translator.text.protection import Piece, Protected, protect
from translator.text.segment import Layout, Segment
from translator.text.segmentation import segment
from translator.text.spans import is_language, spans
from translator.text.wrapping import column_after, model_text, wrap

__all__ = [
    "Layout",
    "Piece",
    "Protected",
    "Segment",
    "column_after",
    "is_language",
    "is_shouting",
    "lost",
    "model_text",
    "protect",
    "segment",
    "spans",
    "to_capitals",
    "to_lower_for_model",
    "wrap",
]
