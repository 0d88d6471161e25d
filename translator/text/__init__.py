"""The text side of translating, without a model: what is asked, what is copied, what is put back.

All of it is pure functions of strings.
"""

from translator.text.segment import Layout, Segment
from translator.text.segmentation import segment
from translator.text.spans import is_language
from translator.text.wrapping import column_after, model_text, wrap

__all__ = ["Layout", "Segment", "column_after", "is_language", "model_text", "segment", "wrap"]
