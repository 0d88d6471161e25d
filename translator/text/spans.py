"""Spans that are not language: addresses, placeholders, tags, code, emoji inside of a text.

Every quantifier is bounded or possessive and every pattern starts only where a token can start,
so that the search takes linear time on any text.
"""

import re
from typing import Final

from translator.text.characters import EMOJI, SMILEY, UNSPEAKABLE, words

Span = tuple[int, int]

_DOMAINS: Final = (
    "de|com|org|net|eu|at|ch|li|info|biz|edu|gov|mil|uk|fr|nl|pl|cz|dk|se|no|fi|be|io|dev|app|"
    "cloud|online|shop|wiki|berlin|hamburg|bayern|koeln|wien|tv|museum|example|test|localhost"
)
_EXTENSIONS: Final = (
    "txt|md|rst|pdf|docx?|odt|ods|odp|xlsx?|pptx?|csv|tsv|json|xml|ya?ml|toml|ini|cfg|conf|log|lock|"
    "html?|xhtml|css|scss|js|mjs|ts|tsx|jsx|vue|py|ipynb|rb|go|rs|java|kt|swift|php|pl|lua|cs|cpp|cc|"
    "hpp|sh|bash|ps1|bat|cmd|exe|dll|msi|deb|rpm|apk|iso|img|jar|war|zip|tar|gz|bz2|xz|7z|"
    "rar|tgz|sql|sqlite|db|env|pem|key|crt|jpe?g|png|gif|svg|webp|bmp|tiff?|ico|mp[34]|m4a|wav|ogg|"
    "flac|mkv|avi|mov|webm|ttf|otf|woff2?|eml|ics|vcf|epub|mobi|tex|bib|po|pot|mo|srt|vtt|bak|tmp"
)
_UNITS: Final = (
    "km|hm|m|dm|cm|mm|nm|µm|kg|g|mg|µg|t|l|dl|cl|ml|ha|qm|[KMGT]i?B|kB|[kMG]?Hz|[kMG]?Wh?|k?V|m?Ah?|"
    "kJ|kcal|hPa|bar|°C|°F|K|px|pt|dpi|h|s|ms|min|km/h|EUR|USD|CHF|GBP"
)

# Fields of a form letter: „Hallo [Name]“.
_FIELDS: Final = (
    "(?:(?:Ihr|Dein|Mein)e?r? )?(?:Name|Vorname|Nachname|Anrede|Titel|Firma|Firmenname|Datum|Ort|"
    "Stadt|Adresse|Straße|PLZ|E-Mail|Telefon|Telefonnummer|Nummer|Betrag|Uhrzeit|Link|URL|"
    "Unterschrift|name|vorname|nachname|firma|datum|ort|link|NAME|VORNAME|NACHNAME|DATUM|FIRMA|ORT)"
)
# Words that a line of a song begins with, and no topic.
_SUNG: Final = "(?:Der|Die|Das|Ein|Eine|Ich|Du|Er|Sie|Es|Wir|Ihr|Und|In|Im|Wenn|So|Wie|Mein|Meine)"
# Runs that a reader of another language takes as they are. The first that fits wins. Those
# that start with a sign and those that start with a letter or digit are tried apart, for speed.
_SIGNS: Final = "|".join(
    [
        # `code`, but not a ``quotation''
        r"(?<!`)`[^`\s](?:[^`\n]{0,200}[^`\s])?`(?!`)",
        # {{x}}  {{{x}}}  ${x}  #{x}  %{x}  {%x%}  {x}  { x }  {n, number}  {n, plural, one {…}}
        r"\{{2,3}[^{}\n]{1,80}\}{2,3}|[$#%]\{[^{}\n]{1,80}\}|\{%[^{}\n]{1,80}%\}|\{[^\s{}]{0,60}\}",
        r"\{ ?\w[\w.]{0,60}(?:(?<=\w)| ?[,|][^{}\n]{1,80})? ?\}",
        (
            r"\{ ?\w{1,60}, ?(?:plural|select|selectordinal),"
            r"(?:[^{}]{0,80}\{[^{}]{0,200}\}){1,9}\s{0,9}\}"
        ),
        # [[x]]  [[x|y]]  *|X|*  [Name]  :x  :x:
        r"\[\[[^\[\]\n]{1,200}\]\]|\*\|[A-Z][A-Z0-9_:]{1,60}\|\*",
        rf"\[(?:(?:{_FIELDS})|[A-Z][A-Z0-9]{{0,30}}_[A-Z0-9_]{{1,30}})\]",
        r"(?<![^\s(„“\"']):(?!in(?:nen)?(?!\w))[a-z][a-z0-9_]{1,40}:?(?![\w:])",
        # <%= x %>  %(x)d  %s  %1$s  %x%  $x  $x.y  $x->y
        r"<%[^<>\n]{1,80}%>|%\(\w{1,40}\)[#0+-]{0,3}\d{0,4}(?:\.\d{1,4})?[a-zA-Z]",
        (
            r"(?<![\d%])%(?:\d{1,2}\$)?[#0+-]{0,3}\d{0,4}(?:\.\d{1,4})?(?:ll?|z)?[sdiufFxXeEgGc@]"
            r"(?![^\W\d_])"
        ),
        r"(?<![\w%])%{1,2}[A-Za-z][\w.]{1,60}%{1,2}(?!\w)",
        r"(?<![\w$])\$[A-Za-z_]\w{0,40}(?:(?:\.|->)[a-z]\w{0,40}){0,4}(?!\w)",
        # <b>  </b>  <a href="…">  <https://…>  <!-- … -->  [b]  &nbsp;
        r"<!--[^<>]{0,400}-->|</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,400})?/?>|<[^\s<>]{1,400}>",
        r"\[/?(?:b|i|u|s|url|img|quote|code|list|size|color)(?:=[^\]\s]{0,200})?\]",
        # [1]  [2, 3]  [4–6]: a footnote's mark, a citation
        r"\[\d{1,3}(?:[,;–-]\s?\d{1,3}){0,5}\]",
        r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});",
        # @person, #topic; but „#Der Hund ist groß#“ is sung
        rf"(?<!\S)#(?={_SUNG}\s)|(?<=[^\W\d_.!?])#\Z",
        r"(?<![\w&@/#.])[@#]\w{1,60}(?:[.-]\w{1,60}){0,5}",
        # Paths: \\server\share  ~/x  ../x  /a/b  /etc  .env
        r"(?<![\w\\])\\\\[\w.$-]{1,80}\\[^\s\"<>|„“”]{0,400}",
        r"(?<![^\s(\"„“'=])(?:~|\.{1,2})?/[\w.@+-]{1,200}/[\w.@+/-]{0,400}",
        r"(?<![^\s(\"„“'=])(?:~|\.{1,2})/[\w.@+-]{1,200}",
        r"(?<![^\s(\"„“'=])/(?:etc|usr|var|home|tmp|opt|bin|dev|proc|root|srv|mnt|boot|lib)(?!\w)",
        (
            r"(?<![\w.])\.(?:git\w{0,20}|env|bashrc|zshrc|profile|htaccess|vimrc|ssh|npmrc|dockerignore)"
            r"(?!\w)"
        ),
        # --option, \command, +49 30 123456; but „-Hast du das gesehen?“ is said
        r"(?<!\S)(?!\A-[A-ZÄÖÜ][a-zäöüß])--?[a-zA-Z][\w-]{0,40}(?:=\S{1,200})?(?<!-)(?=[\s,;.)]|\Z)|\\[A-Za-z]{2,30}(?!\w)",
        r"(?<![\w.+])\+\d{1,3}[ /-]?\(?\d[\d /()-]{4,20}\d",
        # **bold**, ~~struck~~: the signs before a word
        r"(?<!\w)(?:\*{1,3}|~~)(?=[^\W_])",
        # Signs, and what no tokenizer takes
        rf"{EMOJI}(?:\s*{EMOJI}){{0,20}}|{SMILEY}|[{UNSPEAKABLE}]++",
    ]
)
_WORDS: Final = "|".join(
    [
        # Addresses of the web and of mail
        r"(?:[a-z][a-z0-9+.-]{1,15}://|mailto:|tel:|www\.)[^\s<>\"„“”»«]*+",
        r"(?<![.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
        (
            rf"(?<![@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,6}}(?:{_DOMAINS})(?![\w-]|\.\w)"
            r"(?::\d{1,5})?(?:[/?#][^\s<>\"„“”»«]*+)?"
        ),
        # Paths and file names
        r"[A-Za-z]:\\[^\s\"<>|„“”]{0,400}",
        rf"(?<![./+~-])\w[\w./+~-]{{0,200}}\.(?:{_EXTENSIONS})(?:\.(?:{_EXTENSIONS}))?(?![\w@])",
        r"(?<![./+~-])\w[\w/+-]{2,200}\.[cho](?![\w@])",
        # _emphasis_: the sign before; snake_case, name(), getName; but „Lehrer_innen“ is a word
        r"_{1,2}(?=[^\W\d_][^_\n]{0,80}_(?!\w))",
        r"(?!\w{1,60}_in(?:nen)?(?!\w))[A-Za-z0-9]{0,60}_[A-Za-z0-9]\w{0,60}(?:\(\))?(?!\w)",
        r"[A-Za-z_]\w{0,60}(?:(?:\.|::|->)\w{1,60}){0,6}\(\)|[a-z]{2,30}(?:[A-Z][a-z0-9]{1,30}){1,6}(?!\w)",
        # Numbers that must not change: hashes, accounts, telephones, versions, ISO dates, codes
        r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!\w)",
        r"(?=[a-f]{0,39}\d)(?=\d{0,39}[a-f])[0-9a-f]{7,64}(?!\w)",
        r"[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?(?!\w)",
        r"(?<!\.)00\d{1,3}[ /-]?\(?\d[\d /()-]{4,20}\d",
        r"(?<!\.)(?:v?\d{1,5}(?:\.\d{1,5}){3}|v\d{1,4}(?:\.\d{1,4}){1,3})(?!\w)",
        r"(?<!\.)\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?!\w)",
        r"(?<![.,])\d{5,40}(?![.,]\d|\w)|[A-Z]{1,6}-?\d{3,12}(?:-\w{1,20}){0,3}(?!\w)",
        rf"[0-9]\uFE0F?\u20E3|{SMILEY}",
    ]
)
# The signs after an emphasised word.
_EMPHASIS_END: Final = r"(?<=[^\W_\s][^\w\s]|\s[^\W_]|[^\W_]{2})(?:\*{1,3}|_{1,2}|~~)(?![\w*])"
_SPAN: Final = rf"(?=[^\w\s])(?:{_SIGNS})|(?<!\w)(?=\w)(?:{_WORDS})|{_EMPHASIS_END}"
# Letters of other scripts than the Latin one: a name in Cyrillic, a Greek symbol, a Chinese word.
_FOREIGN_LETTER: Final = (
    r"[\u0370-\u1dff\u2c00-\u2dff\u3040-\ua6ff\ua800-\uaaff\uabc0-\ud7ff\uf900-\ufaff\ufe70-\ufefc"
    r"\U00010000-\U0001CFFF\U00020000-\U0003FFFF]"
)
_FOREIGN: Final = rf"{_FOREIGN_LETTER}++(?:[\s,·.-]{{1,2}}{_FOREIGN_LETTER}++){{0,20}}"
_LATIN_LANGUAGES: Final = words("""
    de en fr es it pt nl da sv nb nn no fi is et lv lt pl cs sk sl hr bs hu ro sq tr az ca gl eu cy
    ga mt af id ms tl vi sw la eo lb fy oc br
""")
_ANY: Final = re.compile(_SPAN)
_ANY_FOREIGN: Final = re.compile(f"{_SPAN}|{_FOREIGN}")
_MEASURE: Final = re.compile(rf"(?<!\w)[\d.,/±~-]{{1,40}}\s?(?:{_UNITS})(?:[²³]|/\w{{1,3}})?(?!\w)")

_LETTER: Final = re.compile(r"[^\W\d_]")
# A text with none of these has no span: most sentences, and the search above is slow.
_SIGNAL: Final = re.compile(
    r"[^\s\w,;!?„“”»«'’()\"…–—.:-]|[0-9_\u0370-\uffff\U00010000-\U0010ffff]|\w[.:]\w|\.\.?/|\(\)"
    rf"|[a-z]{{2}}[A-Z]|(?<!\S)--?\w|(?<!\w):[a-z]|www\.|[a-z]://|{SMILEY}|[{UNSPEAKABLE}]"
)
# A word that is nothing but a word shows language at once where there is no markup around it.
_MARKUP: Final = frozenset("<>{}`%$\\[]@/_")
_WORD: Final = re.compile(r"(?<!\S)[A-ZÄÖÜa-zäöüß][a-zäöüß]{4,40}+[.,;!?]?(?!\S)")
_TRAILING: Final = ".,;:!?…'’*"


def spans(text: str, language: str) -> list[Span]:
    """Spans to copy: start and end of each run of `text` that must stay as it is, in order."""
    found: list[Span] = []
    if not _SIGNAL.search(text):
        return found
    pattern = _ANY_FOREIGN if language in _LATIN_LANGUAGES else _ANY
    for match in pattern.finditer(text):
        start, end = match.span()
        if text[start].isalnum() or text[start] in "/~.\\":
            end = start + _without_punctuation(match.group())
        found.append((start, end))
    return found


def is_language(source: str, language: str = "de") -> bool:
    """Whether a segment holds anything to translate: false for links, numbers, code, emoji."""
    if _WORD.search(source) and _MARKUP.isdisjoint(source):
        return True
    if not _LETTER.search(source):
        return False
    position = 0
    for start, end in [*spans(source, language), (len(source), len(source))]:
        rest = _MEASURE.sub("", source[position:start])
        if _LETTER.search(rest):
            return True
        position = end
    return False


def _without_punctuation(address: str) -> int:
    """The length of an address without the sentence's signs: „(siehe https://a.b/c).“."""
    surplus = {
        ")": address.count(")") - address.count("("),
        "]": address.count("]") - address.count("["),
    }
    end = len(address)
    while end > 1:
        last = address[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end
