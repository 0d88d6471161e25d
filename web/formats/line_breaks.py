"""Line breaks in a paragraph: whether the sentence before one may go on after it.

The translator is asked for both lines as one then, with the break as a tag in it, and decides: it
knows more of the language. Anywhere else a break ends the line.
"""

from typing import Final

_OPENERS: Final = " \t\r\n\f„“”\"»«‚‘'(["
# How a tag is named that breaks lines in HTML, and in XML that was made from it.
LINE_BREAK: Final = "br"


def may_go_on(before: str, after: str) -> bool:
    """Whether a sentence may go on: a small letter comes after the break, or a small word before.

    `before` and `after` are the texts of the two lines, or what is next to the break of them.
    """
    said = before.split()
    first = after.lstrip(_OPENERS)[:1]
    if not said or not first.isalnum():
        return False
    if first.islower():
        return True
    last = said[-1].removesuffix(",")
    if last.isdecimal():
        return any(map(str.islower, said))
    return last.isalpha() and (last.islower() or (before.isupper() and after.isupper()))
