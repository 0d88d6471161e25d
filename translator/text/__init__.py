"""Text processing without a model: segmentation, masking, tags, alignment of words, wrapping.

It decides which text a model is asked for, which is copied, and puts the parts together again. All
of it is pure functions of strings.
"""

from translator.text.capitals import is_shouting, to_capitals, to_lower_for_model
from translator.text.english_passages import is_english
from translator.text.enumeration import lacks_members
from translator.text.joints import at_joints, keywords, loses_joint
from translator.text.line_form import formed
from translator.text.matching import Link, Shares, shares, word_places
from translator.text.names import is_name, lost_persons, may_be_name
from translator.text.omission import omitted
from translator.text.placeholders import changed_placeholders
from translator.text.projection import projected
from translator.text.protection import STAND_IN, Piece, Protected, protect
from translator.text.segment import Layout, Segment
from translator.text.segmentation import segment
from translator.text.spans import Span, is_language, spans
from translator.text.tags import Tagged, take_out
from translator.text.wrapping import column_after, model_text, wrap

__all__ = [
    "STAND_IN",
    "Layout",
    "Link",
    "Piece",
    "Protected",
    "Segment",
    "Shares",
    "Span",
    "Tagged",
    "at_joints",
    "changed_placeholders",
    "column_after",
    "formed",
    "is_english",
    "is_language",
    "is_name",
    "is_shouting",
    "keywords",
    "lacks_members",
    "loses_joint",
    "lost_persons",
    "may_be_name",
    "model_text",
    "omitted",
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
