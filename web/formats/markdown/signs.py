"""Signs of inline Markdown: the grammar of emphasis, links, code, formulas and tags in a line.

CommonMark's, and those of pandoc, GitHub, MkDocs, kramdown, Hugo, Jekyll, Obsidian and MDX.
"""

import re
from typing import Final

from web.formats.markdown.words import ATTRIBUTE_LIST

_TITLE: Final = r"(?:\s+(?:\"[^\"]{0,300}\"|'[^']{0,300}'|\([^()]{0,300}\)))?"
_ADDRESS: Final = (
    r"(?:<[^<>\n]{0,1000}>|[^()\s<][^()\s]{0,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,300}){0,3}|)"
)
_TAIL: Final = rf"\(\s*{_ADDRESS}{_TITLE}\s*\)|\[[^\[\]]{{1,300}}\]"
# Elements that hold no words, though there may be some in them.
_CODE_TAG: Final = "code|kbd|samp|var|script|style|svg|math|textarea|template"
SIGN: Final = re.compile(
    r"(?P<tex>\\\((?P<round>.{1,300}?)\\\)|\\\[(?P<square>.{1,300}?)\\\])"
    r"|(?P<command>\\[A-Za-z]{2,40}(?:\{[^{}]{0,300}\}|\[[^\[\]]{0,100}\]){1,4}|\\@ref\([^()]{1,100}\))"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<code>(?:\{[\w:+.-]{1,40}\})?(?<!`)(?P<ticks>`{1,6})(?!`)(?P<words>.{1,300}?)(?<!`)(?P=ticks)(?!`))"
    r"|(?P<template>\{\{.{1,1000}?\}\}|\{%.{1,1000}?%\}|\{/\*.{0,1000}?\*/\}"
    r"|\{[A-Za-z_$][\w$]{0,60}(?:\.[\w$]{1,60}|\([^(){}]{0,100}\)){1,5}\}|%%.{1,300}?%%)"
    r"|(?P<attributes>" + ATTRIBUTE_LIST + r")"
    r"|(?P<embed>!\[\[[^\[\]]{1,300}\]\])"
    r"|\[\[(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{1,300}))?\]\]"
    rf"|(?P<image>!\[(?P<alt>[^\[\]]{{0,300}})\](?P<target>{_TAIL}|\[\])?)"
    r"|(?P<note>\[\^[^\[\]\s]{1,60}\])"
    r"|\^\[(?P<remark>[^\[\]]{1,600})\]"
    r"|(?P<cite>\[(?:[^\[\]]{0,200}[\s;-])?@[\w{][^\[\]]{0,300}\](?![(\[]))"
    r"|(?P<address><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,1000}|[^\s<>@]{1,100}@[^\s<>]{1,200})>)"
    r"|(?P<comment><!--.{0,1000}?-->)"
    rf"|(?P<kept><(?P<name>{_CODE_TAG})(?:\s[^<>]{{0,400}})?>(?P<inside>.{{0,300}}?)</(?P=name)\s{{0,3}}>)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9.-]{0,60})"
    r"(?P<given>\s(?:[^<>{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,200}\}){0,400})?"
    r"(?P<empty>/?)>"
    r"|(?P<formula>\$\$[^$]{1,600}\$\$|\$`[^`$]{1,300}`\$|\$(?=\S)[^$\n]{1,300}(?<=\S)\$(?!\d))"
    r"|(?P<emoji>(?<![\w:/])(?::(?:[+-]1|[a-z][a-z0-9_+-]{0,60}):){1,9}(?![\w/]))"
    r"|(?P<reference>(?<![\w@.])@[a-z]{2,9}[:-]\w(?:[\w:.-]{0,60}\w)?)"
    r"|(?P<raised>(?<![\w~^])[^\W_]{1,3}(?:(?:~[^\s~^]{1,9}~|\^[^\s~^]{1,9}\^)(?:\w{1,3}\b)?){1,5}"
    r"(?![\w~^])|(?<![~^])(?:~[0-9+-]{1,4}~|\^[0-9+-]{1,4}\^)(?![~^]))"
    r"|(?P<keys>\+\+[a-z0-9-]{1,30}(?:\+[a-z0-9-]{1,30}){0,5}\+\+)"
    r"|(?P<anchor>(?<=\s)\^[A-Za-z0-9-]{1,40}\Z)"
    rf"|(?P<open>\[)|(?P<close>\](?P<tail>{_TAIL})?(?:\[\])?)"
    r"|(?P<star>(?<=[a-zäöüß])\*(?=in(?:nen)?\b))"
    r"|(?P<emphasis>\*{1,3}|_{1,3}|~~|==)",
    re.DOTALL,
)
ALONE: Final = (
    *(
        "command",
        "code",
        "template",
        "attributes",
        "embed",
        "note",
        "cite",
        "address",
        "comment",
        "kept",
    ),
    *("formula", "emoji", "reference", "raised", "keys", "anchor"),
)
_TEX_COMMAND: Final = re.compile(r"\\[A-Za-z]{1,40}(?:\{[^{}]{0,100}\})?")
_TEX_SIGN: Final = re.compile(r"[0-9=+\-*/^_<>|\\]|\A\s*\w\s*\Z")
_WORD: Final = re.compile(r"[^\W\d_]{4}")


def is_formula(text: str) -> bool:
    """Whether escaped brackets are those of a formula, and not those of a remark."""
    bare = _TEX_COMMAND.sub("|", text)
    return _TEX_SIGN.search(bare) is not None and _WORD.search(bare) is None
