"""Source code detection: lines of programs, queries, commands and settings in plain text.

A model translates their names and drops their signs, and then they do not run. A line is taken for
code by its grammar alone: an assignment, a call, a keyword with the signs that belong to it. One
word of grammar outside of quotes and comments makes it prose.
"""

import re
from typing import Final

from translator.text.characters import words

# Characters: a longer line is prose, or nobody reads it.
_LONGEST: Final = 400

# Function words of German and English that are no keyword, command or usual name in any code.
_PROSE: Final = words("""
    und oder aber nicht ist sind war waren wird werden wurde kann können muss soll hat haben der den
    dem des das ein eine einen einem einer eines kein keine ich er sie wir ihr mich dich sich uns
    mit von vom zu zum zur für auf bei beim nach aus über unter durch gegen ohne auch noch nur schon
    sehr wenn weil dass wie als sondern bitte hier dort heute mehr immer
    the an of are was were you we they your his her their our these those would should has had been
""")
_QUOTED: Final = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'|`[^`\n]*+`")
_COMMENT: Final = re.compile(r"(?:(?<=\s)|(?<=;))(?://|#\s|--\s).*+")
_GERMAN_WORD: Final = re.compile(r"[^\W\d_]++")

# A name in code, and one with members and items.
_NAME: Final = r"[A-Za-z_$][A-Za-z0-9_$]{0,40}"
_MEMBER: Final = rf"(?:\.|->|::){_NAME}"
_PLACE: Final = rf"[@&*]?{_NAME}(?:{_MEMBER}|\[[^\[\]]{{0,40}}\]){{0,6}}"
_DECLARED: Final = (
    r"(?:let|const|var|val|final|static|auto|int|float|double|bool|boolean|char|string|String|long|"
    r"unsigned|local|my|our|export|public|private|protected|readonly|mut|declare)"
)
# The right side of an assignment begins so, and that of a legend („rot = gut“) does not.
_COMPUTED: Final = (
    r"(?:[\[{(\"'`$0-9-]|(?:true|false|null|nil|None|True|False|undefined|new|not|await|lambda)\b"
    rf"|{_NAME}\s?(?:[-+*/%|&<>^.(\[]|\*\*|==))"
)
_EQUALS: Final = r"(?:[-+*/%|&^.]|<<|>>|\*\*|//|:|\?\?)?="
_CSS: Final = (
    r"(?:margin|padding|color|background|font|border|width|height|display|position|top|left|right|"
    r"bottom|float|overflow|z|opacity|text|line|flex|grid|align|justify|cursor|transition|transform|"
    r"content|min|max|gap|outline|visibility|white|box|list|letter|vertical)(?:-[a-z]{1,12}){0,3}"
)

_ASSIGNMENT: Final = re.compile(
    "|".join(
        [
            # x = 0  i += 1  a.b[c] = d()  let name = "…";  x: int = 3
            (
                rf"(?:{_DECLARED}\s+){{0,3}}(?![A-Za-z]*[A-Z][A-Za-z]*\s=)"
                rf"{_PLACE}\s?{_EQUALS}\s?(?:{_COMPUTED}.*|[^\s=].*;)"
            ),
            rf"(?:{_DECLARED}\s+){{1,3}}(?:{_PLACE}|[\[{{][^=]{{1,80}}[\]}}])\s?(?:{_EQUALS}\s?[^\s=].*|;)",
            rf"[a-z_]\w{{0,40}}:\s?{_PLACE}\s?=\s?{_COMPUTED}.*",
            rf"[a-z_$][A-Za-z0-9$]{{0,40}}[A-Z_.\[]\S{{0,40}}\s?{_EQUALS}\s?[^\s=].*",
        ]
    )
)
_STATEMENT: Final = re.compile(
    "|".join(
        [
            rf"{_PLACE}(?:\+\+|--);?",
            # Functions, classes, methods: def f(a):  function f() {  class A:
            r"(?:export\s)?(?:[A-Z][A-Z0-9_]{1,40}|[a-z][a-z0-9_.]{1,40})=(?:[^\sA-ZÄÖÜ=]\S*|[A-Z0-9_]+)?",
            # Calls: print("…")  foo.bar(baz, 12)  f();
            (
                rf"(?:await\s|new\s|return\s)?{_NAME}(?:{_MEMBER}){{0,6}}"
                r"\((?:[^()]{0,80}[\"'`,\[\]{}=0-9_][^()]{0,80}|)\)(?:\.\w{1,40}\([^()]{0,80}\)){0,4}[;,{:]?"
            ),
            rf"{_NAME}(?:{_MEMBER}){{1,6}}\([^()]{{0,200}}\)",
            rf"{_NAME}(?:{_MEMBER}){{0,6}}\(.*\)\s?[;{{]",
            # def f(a):  function f() {  class A:  public static void main(…) {
            r"(?:async\s)?(?:def|fn|func|function|sub|proc)\s+\w{1,40}\s?\(.*",
            r"(?:class|struct|interface|enum|trait|namespace|module|impl)\s+[A-Z]\w{0,40}[^.!?]*[:{]",
            r"(?:(?:public|private|protected|static|final|abstract|virtual|inline)\s+){1,4}[^.!?]*[({;].*",
            # if (…) {  for x in y:  else:  } else {  try {
            r"\}.{0,80}|\)\s?[;,{]|[\])}]{1,4}[;,]?",
            r"(?:if|else\sif|elif|for|foreach|while|switch|catch|unless|until)\s?\(.*\)\s?[{:;]?",
            r"(?:if|elif|for|while|with|except|match|case|else|try|finally|default)\b[^.!?]*[:{]|do\s?\{",
            r"(?:if|elif|while)\s\[\[?\s.*|(?:then|fi|done|esac|endif|pass|break|continue)[;\s]*",
            r"(?:return|yield|throw|raise|assert|del|goto|case)\b(?:\s[^.!?]*)?[;:]",
            rf"(?:return|yield|raise|assert)\s(?:{_COMPUTED}.*|(?:{_PLACE}))",
            # import a, b  from a import b  #include <…>  use a::b;  @name  package a;
            r"import\s(?:static\s)?[\w.*{},\s]{1,80}(?:\sas\s\w+)?(?:\sfrom\s.*)?;?",
            r"from\s[\w.]{1,60}\simport\s.*|(?:use|using|package|require|include)\s[\w:\\.\"'/]{1,80};",
            r"#\s?(?:include|define|ifdef|ifndef|endif|pragma|if|else)\b.*|#!/.*|<\?(?:php|xml)\b.*",
            r"@[A-Za-z][\w.]{1,40}(?:\(.*\))?",
            # SELECT … FROM …
            r"SELECT\s.*|(?:INSERT\sINTO|DELETE\sFROM|(?:CREATE|DROP|ALTER)\s[A-Z]+)\s.*|UPDATE\s\S+\sSET\s.*",
            r"(?:FROM|WHERE|(?:LEFT\s|INNER\s)?JOIN|(?:ORDER|GROUP)\sBY|VALUES)\s.*[=;(,*].*",
            # $ ls -la  sudo …  git commit -m "…"
            r"\$\s(?:\./)?[a-z][\w./-]{0,40}(?:\s[^.!?]*(?:\.\w[^!?]*)?)?",
            (
                r"(?:sudo|git|npm|npx|yarn|pnpm|pip3?|apt|apt-get|brew|docker|kubectl|cargo|mvn|systemctl)"
                r"\s[a-z][a-z-]{1,20}(?:\s.*)?"
            ),
            (
                r"(?:go|make|curl|wget|chmod|chown|mkdir|rm|cp|mv|ls|cd|cat|grep|sed|awk|ssh|scp|tar|echo|"
                r"python3?|node|php|bash|sh)\s(?:[-+.~/$\"'][^\s]*+|\S*[./_=:]\w\S*)(?:\s.*)?"
            ),
            # {"name": "…"}  "name": 1,  color: red;  farbe: #fff;  .box {
            r"[\[{]\s?(?:\"[^\"]{0,80}\"|'[^']{0,80}'|\w{1,40})\s?[:,].*[\]}][,;]?",
            r"\"[\w$.@/-]{1,60}\":\s?(?:\".*\"|[-\d.]{1,20}|true|false|null|[\[{].*),?",
            rf"{_CSS}:[^;]{{1,80}};|[a-z-]{{2,40}}:\s?(?:#[0-9a-f]{{3,8}}|\d[\d.]{{0,9}}(?:px|r?em|%|v[hw]));",
            r"[.#]?[A-Za-z*@][\w\s.#:>,~\[\]=\"'*()-]{0,80}\s?\{",
        ]
    )
)
# Two words in a row: an expression has none, but for some that code has, too.
_PAIR: Final = re.compile(
    r"(?<![\w$])(?!(?:new|not|await|lambda|if|else|and|or|in|is|for|as|of|return|typeof|x)\b)\w{1,40}\s"
    r"(?!(?:and|or|in|is|if|else|for|as|of|not|instanceof)\b)[^\W\d_]"
)
_SIGNAL: Final = re.compile(
    r"[=(){}\[\];:$#@<>+*]|^(?:[a-z]|SELECT|DELETE|INSERT|UPDATE|CREATE|DROP)"
)


def is_code(line: str) -> bool:
    """Whether a line without its indentation is one of code."""
    if len(line) > _LONGEST or not _SIGNAL.search(line):
        return False
    bare = _COMMENT.sub("", _QUOTED.sub('""', line))
    if _ASSIGNMENT.fullmatch(line):
        return not _PAIR.search(bare.partition("=")[2]) and _is_no_prose(bare)
    return _STATEMENT.fullmatch(line) is not None and _is_no_prose(bare)


def _is_no_prose(bare: str) -> bool:
    return _PROSE.isdisjoint(_GERMAN_WORD.findall(bare.lower()))
