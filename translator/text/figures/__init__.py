"""Figures: whatever is written with digits and must mean the same in a translation.

Pure functions of strings: read the figures of a text (`figures`), compare a text with its
translation (`compare`), write a figure the other language's way (`written`), and mend a
translation's forms (`restate`).
"""

from translator.text.figures.comparing import Difference, Match, Text, compare, match
from translator.text.figures.figure import Figure, Kind, Reading, Shape
from translator.text.figures.measures import measure_after
from translator.text.figures.moments import Clock
from translator.text.figures.numerals import regrouped
from translator.text.figures.restating import restate, restated
from translator.text.figures.words import figures
from translator.text.figures.writing import written

__all__ = [
    "Clock",
    "Difference",
    "Figure",
    "Kind",
    "Match",
    "Reading",
    "Shape",
    "Text",
    "compare",
    "figures",
    "match",
    "measure_after",
    "regrouped",
    "restate",
    "restated",
    "written",
]
