"""Preformatted text: whether it is prose, as a poem or a letter is, or code and its like.

The translator judges single lines with far more care; a whole block is told by less, and what is
taken for code here is not even shown to it.
"""

import re
from collections.abc import Iterable
from typing import Final

# Names of classes that blocks of code have, from highlighters, wikis and converters of documents.
_CODE_CLASS: Final = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-|brush|hljs|highlight|prettyprint|source|code|prism|shiki|torchlight|"
    r"syntax|CodeMirror|terminal|console|shell|bash|listing|program|screen|output|log\b|literal|"
    r"diff|mermaid|math|ascii|wp-block-code|crayon|gist|cli\b|cmd\b|nohighlight)",
    re.IGNORECASE,
)
# Those of formulas in a line, from pandoc, KaTeX and MathJax.
_FORMULA_CLASSES: Final = frozenset(
    ("math", "katex", "katex-display", "mathjax", "mathjax_display")
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LETTER: Final = re.compile(r"[^\W\d_]")
# Signs that are usual between words; others are signs of code, drawings and tables.
_PROSE_SIGN: Final = re.compile(r"[^\W_]|[\s.,;:!?'\"„“”‚‘’«»‹›()–—…§&%€*+/-]")
# A call, a path, an option, a name with signs inside: f(x)  /etc/x  --all  a_b  a.b(
_CALL: Final = (
    r".*[^\W\d_]\([^)]*\)[;,.]?$|.*(?:^|\s)[~.]?/\w|.*(?:^|\s)--?[a-z]|.*\w_\w|.*\w\.\w+\("
)
# Comments, prompts, statements, settings.
_STATEMENT: Final = (
    r"\s*(?://|/\*|\*/|#!|\$\s|>>>|PS\s|[A-Z]:\\|--\s.*;)|.*[{}\[\]=<>\\|$@#^~]"
    r"|\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|WHERE)\s|\s*[a-z][\w.-]*:(?:\s|$)"
    r"|\s*(?:for|if|while|with|def|class|else|elif|try|except)\b.*:$"
)
_CODE_LINE: Final = re.compile(f"{_CALL}|{_STATEMENT}")
# Leader dots, and the blanks of a table.
_LEADER: Final = re.compile(r"[.\s]{3,}")
# An end of a verse or a sentence.
_STOP: Final = re.compile(r"[.,!?:;…\"“”»«’–—-]$")


def names_code(classes: str) -> bool:
    """Whether an element of these classes holds code by its own word."""
    return bool(_CODE_CLASS.search(classes))


def names_formula(classes: str) -> bool:
    """Whether an inline element of these classes holds a formula, written in TeX or by letters."""
    return not _FORMULA_CLASSES.isdisjoint(classes.lower().split())


def is_prose_block(lines: Iterable[str]) -> bool:
    """Whether the lines of a preformatted block, without any markup, are for people to read."""
    said = [_LEADER.sub(".", each.strip()) for each in lines if _LETTER.search(each)]
    # A verse that ends with a semicolon looks like nothing else.
    bare = [each.removesuffix(";") for each in said]
    if not said or any(map(_CODE_LINE.match, bare)):
        return False
    signs = sum(len(each) for each in said)
    usual = sum(len(_PROSE_SIGN.findall(each)) for each in said)
    letters = sum(len(_LETTER.findall(each)) for each in said)
    if usual < signs or 2 * letters < signs:
        return False
    several = any(len(_WORD.findall(each)) > 1 for each in said)
    capital = sum(_first_letter(each).isupper() for each in said)
    return several and (2 * capital >= len(said) or any(map(_STOP.search, said)))


def _first_letter(line: str) -> str:
    return next(filter(str.isalpha, line), "")
