"""Markdown of many dialects: its words are translated, its signs are where they were."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.formats.registry import open_document

TAG = re.compile(r"(</?[a-z]+\d+/?>)")


def shouted(line: str) -> str:
    return "".join(part if TAG.fullmatch(part) else part.upper() for part in TAG.split(line))


def loud(text: str) -> str:
    """The file whose lines are in capitals: whatever is not, is kept."""
    document = open_document("a.md", text.encode())
    assert document.rebuilt(document.lines) == text.encode()
    return document.rebuilt([shouted(line) for line in document.lines]).decode()


def lines(text: str) -> list[str]:
    return list(open_document("a.md", text.encode()).lines)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        # TOML, YAML, JSON and pandoc's title before the text.
        (
            "+++\ntitle = \"Das Haus\" # so\ndate = 2020-01-01\ntags = ['a']\n+++\n\nRot.\n",
            "+++\ntitle = \"DAS HAUS\" # so\ndate = 2020-01-01\ntags = ['a']\n+++\n\nROT.\n",
        ),
        (
            "+++\n[params]\nsummary = 'Es ist rot'\ndescription = '''\nEin\nHaus\n'''\n+++\n",
            "+++\n[params]\nsummary = 'ES IST ROT'\ndescription = '''\nEIN HAUS\n'''\n+++\n",
        ),
        (
            "---\ntitle: Das Haus\nlayout: post # nein\n---\n",
            "---\ntitle: DAS HAUS\nlayout: post # nein\n---\n",
        ),
        ("---\na:\n  - title: Das Haus # so\n---\n", "---\na:\n  - title: DAS HAUS # so\n---\n"),
        ('---\ntitle: "Das \\"Haus\\""\n---\n', '---\ntitle: "DAS \\"HAUS\\""\n---\n'),
        ("---\nalt: 'Es ist''s'\n---\n", "---\nalt: 'ES IST''S'\n---\n"),
        (
            "---\r\nsummary: >-\r\n  Ein\r\n  Haus\r\n\r\n  Rot\r\nb: c\r\n---\r\n",
            "---\r\nsummary: >-\r\n  EIN HAUS\r\n\r\n  ROT\r\nb: c\r\n---\r\n",
        ),
        ('{\n"title": "Das Haus",\n"a": "b"\n}\n', '{\n"title": "DAS HAUS",\n"a": "b"\n}\n'),
        ("% Das Haus\n% Anna Meier\n\nRot.", "% DAS HAUS\n% Anna Meier\n\nROT."),
        ("---\n\nEin Satz.\n\n---\n", "---\n\nEIN SATZ.\n\n---\n"),
        # Boxes, with their titles.
        ("> [!NOTE]\n> Der Hund.\n", "> [!NOTE]\n> DER HUND.\n"),
        ("> [!tip]- Mein Tipp\n> Der Hund.\n", "> [!tip]- MEIN TIPP\n> DER HUND.\n"),
        (":::tip\nDer Hund.\n:::\n", ":::tip\nDER HUND.\n:::\n"),
        (":::note[Der Titel]\nHund.\n:::\n", ":::note[DER TITEL]\nHUND.\n:::\n"),
        ("::: {.a-b}\nHund.\n:::\n", "::: {.a-b}\nHUND.\n:::\n"),
        (':::: {.a title="Der Titel"}\nHund.\n::::', ':::: {.a title="DER TITEL"}\nHUND.\n::::'),
        ("/// note | Der Titel\nHund.\n///\n", "/// note | DER TITEL\nHUND.\n///\n"),
        ('!!! note "Der Titel"\n    Hund.\n', '!!! note "DER TITEL"\n    HUND.\n'),
        (
            "??? tip\n\tHund.\n\n\t!!! note\n\t\tKatze.\n\n\t\t    Code\n\nMaus.",
            "??? tip\n\tHUND.\n\n\t!!! note\n\t\tKATZE.\n\n\t\t    Code\n\nMAUS.",
        ),
        ('=== "Der Reiter"\n\n    - Hund\n', '=== "DER REITER"\n\n    - HUND\n'),
        (
            "- Punkt\n\n    !!! note\n        Hund.\n- Punkt\n",
            "- PUNKT\n\n    !!! note\n        HUND.\n- PUNKT\n",
        ),
        (
            "```{note} Der Titel\n:class: a\n\nHund.\n```\n\nKatze.",
            "```{note} DER TITEL\n:class: a\n\nHUND.\n```\n\nKATZE.",
        ),
        ("- !!! note\n\n        Hund.\n", "- !!! note\n\n        HUND.\n"),
        (
            "- ```\n  $$\n  Haus\n  ```\n\n$$\nHaus\n$$\n\n[^1]: Hund",
            "- ```\n  $$\n  Haus\n  ```\n\n$$\nHaus\n$$\n\n[^1]: HUND",
        ),
        (
            "```\n!!! a\n\n    ```\n    b\n    ```\n```\n\n!!! a\n    Hund\n",
            "```\n!!! a\n\n    ```\n    b\n    ```\n```\n\n!!! a\n    HUND\n",
        ),
        # Definitions.
        ("Wort\n: Erklärung\n  hier\n", "WORT\n: ERKLÄRUNG HIER\n"),
        ("Wort\nName\n\n:   Erklärung\n\n    Mehr\n", "WORT\nNAME\n\n:   ERKLÄRUNG\n\n    MEHR\n"),
        ("A.[^1]\n\n[^1]: Eine.\n[^b]: Zweite.\n", "A.[^1]\n\n[^1]: EINE.\n[^b]: ZWEITE.\n"),
        (
            "[^1]: Eine.\n\n    Mehr.\n[^2]:\n    Noch.",
            "[^1]: EINE.\n\n    MEHR.\n[^2]:\n    NOCH.",
        ),
        ("`a`\n:   !!! b\n\n        Hund.\n", "`a`\n:   !!! b\n\n        HUND.\n"),
        ("*[CSS]: Eine Sprache\n", "*[CSS]: EINE SPRACHE\n"),
        # Attributes.
        ("## Das Haus {#haus .a}\n", "## DAS HAUS {#haus .a}\n"),
        ("Das ist [gut]{.rot}.\n{: .a #b}\n", "DAS IST [GUT]{.rot}.\n{: .a #b}\n"),
        ("Ein ![Bild](a.png){width=50%}.", "EIN ![BILD](a.png){width=50%}."),
        ("Ein **Wort**{.a} und `x`{.py}.", "EIN **WORT**{.a} UND `x`{.py}."),
        # Templates.
        (
            "{% if x %}\nDas {{ a.b }} hier.\n{% endif %}",
            "{% if x %}\nDAS {{ a.b }} HIER.\n{% endif %}",
        ),
        ("{% raw %}\nDer Hund\n{% endraw %}\n", "{% raw %}\nDer Hund\n{% endraw %}\n"),
        (
            '{{< figure src="a" title="Haus" >}}\n{{% b %}}\nHund\n{{% /b %}}\n',
            '{{< figure src="a" title="HAUS" >}}\n{{% b %}}\nHUND\n{{% /b %}}\n',
        ),
        ("{{< code-toggle >}}\na = 'Haus'\n{{< /code-toggle >}}\n",) * 2,
        # MDX.
        (
            "import A from 'b';\nimport {\n  B,\n} from 'b';\n\nHund",
            "import A from 'b';\nimport {\n  B,\n} from 'b';\n\nHUND",
        ),
        (
            "export const x = {\n  a: 'Haus',\n};\n\nHund",
            "export const x = {\n  a: 'Haus',\n};\n\nHUND",
        ),
        (
            '<Tab value="a" label="Das Haus">\n\nHund\n\n</Tab>\n',
            '<Tab value="a" label="DAS HAUS">\n\nHUND\n\n</Tab>\n',
        ),
        (
            '<Card\n  title="Haus"\n  on={() => x}\n/>\nHund <B b={c} /> und {a.b} so.',
            '<Card\n  title="HAUS"\n  on={() => x}\n/>\nHUND <B b={c} /> UND {a.b} SO.',
        ),
        # Links.
        ("Das ist [[Das Haus]] und [[haus|rot]].", "DAS IST [[Das Haus]] UND [[haus|ROT]]."),
        ("[[Das Haus]]", "[[Das Haus]]"),
        ("Frag <a@b.de> oder <https://b.de>.", "FRAG <a@b.de> ODER <https://b.de>."),
        ("Gut [@mueller2020, S. 5].", "GUT [@mueller2020, S. 5]."),
        ('Ein [Ort](a "Der Titel").', 'EIN [ORT](a "DER TITEL").'),
        ('![Haus](a.png "Der Titel")\n', '![HAUS](a.png "DER TITEL")\n'),
        ("Ein [Ort].\n\n[ort]: a 'Titel'\n", "EIN [ORT][Ort].\n\n[ort]: a 'TITEL'\n"),
        ("Das ist ![Bild].\n\n[bild]: a", "DAS IST ![BILD][Bild].\n\n[bild]: a"),
        ("Das ist ![Bild].", "DAS IST ![BILD]."),
        ("Das ist so.^[Eine Notiz.]", "DAS IST SO.^[EINE NOTIZ.]"),
        # Emphasis and signs.
        (
            "**sehr *wirklich* gut** und ***alles*** und ~~nicht~~ und __so__ und ==so==",
            "**SEHR *WIRKLICH* GUT** UND ***ALLES*** UND ~~NICHT~~ UND __SO__ UND ==SO==",
        ),
        ("***Sehr* gut** und **gut *sehr***", "***SEHR* GUT** UND **GUT *SEHR***"),
        ("Gut :smile: :+1: und 10:30:45.", "GUT :smile: :+1: UND 10:30:45."),
        (r"Die \(a+b\), \[c\] und \[sic\].", r"DIE \(a+b\), \[c\] UND \[SIC\]."),
        (
            "Das $a$ und $$b c$$ so.\n\n$$\nHaus = 1\n\n$$\n",
            "DAS $a$ UND $$b c$$ SO.\n\n$$\nHaus = 1\n\n$$\n",
        ),
        (r"Autor\*innen und A_B, C\# und \$5.", r"AUTOR\*INNEN UND A_B, C\# UND \$5."),
        ("R&amp;D &lt;a&gt; &copy; und&nbsp;so", "R&amp;D &lt;A&gt; &copy; UND&nbsp;SO"),
        (r"1\. Punkt", r"1\. PUNKT"),
        (
            r"Haus\index{Haus} und \@ref(fig:haus) C:\Haus.",
            r"HAUS\index{Haus} UND \@ref(fig:haus) C:\HAUS.",
        ),
        ("Das zeigt @fig:haus und @sec-haus.", "DAS ZEIGT @fig:haus UND @sec-haus."),
        ("Wasser ist H~2~O, 5 m^2^ und Haus^1^.", "WASSER IST H~2~O, 5 m^2^ UND HAUS^1^."),
        # HTML.
        ('<p align="center">Das Haus</p>\n', '<p align="center">DAS HAUS</p>\n'),
        (
            "<details>\n<summary>Mehr</summary>\n\nHaus.\n\n</details>\n",
            "<details>\n<summary>MEHR</summary>\n\nHAUS.\n\n</details>\n",
        ),
        (
            "<ul>\n{% for a in b %}\n    <li>Haus</li>\n{% endfor %}\n</ul>\n",
            "<ul>\n{% for a in b %}\n    <li>HAUS</li>\n{% endfor %}\n</ul>\n",
        ),
        (
            '<p>\n  <img src="a.png" alt="Das Haus" title=\'Der "Hund"\'>\n</p>\n',
            '<p>\n  <img src="a.png" alt="DAS HAUS" title=\'DER "HUND"\'>\n</p>\n',
        ),
        (
            '> <div title="Ein\n> Hund">\n> Text\n> </div>\n',
            '> <div title="EIN HUND">\n> TEXT\n> </div>\n',
        ),
        (
            '<div title="a\n{% if x %}\nb">\nHund\n</div>\n',
            '<div title="a\n{% if x %}\nb">\nHUND\n</div>\n',
        ),
        ("> <div>\n> Das\n> <p>Haus</p></div>\n", "> <div>\n> DAS\n> <p>HAUS</p></div>\n"),
        ('Ein <img alt="Haus"> und <kbd>Strg</kbd>.', 'EIN <img alt="HAUS"> UND <kbd>Strg</kbd>.'),
        ("<!-- Das Haus -->\n\nA <!-- nein --> b.", "<!-- Das Haus -->\n\nA <!-- nein --> B."),
        ("Ein <b a={{ b: c }} /> und ++ctrl+c++.", "EIN <b a={{ b: c }} /> UND ++ctrl+c++."),
        # What columns or an end hold together.
        ("+---+---+\n| a | b |\n+---+---+\n", "+---+---+\n| A | B |\n+---+---+\n"),
        ("\\begin{align}\nHaus &= 1\n\\end{align}\n", "\\begin{align}\nHaus &= 1\n\\end{align}\n"),
        ("[[_TOC_]]\n\n%% Haus %%\n\nHund ^ab-1", "[[_TOC_]]\n\n%% Haus %%\n\nHUND ^ab-1"),
        (
            "```sh\necho $$\n:::\n!!! note\n```\n\nHund",
            "```sh\necho $$\n:::\n!!! note\n```\n\nHUND",
        ),
        (
            "  Wort  Haus\n  ----  ----\n  rot   12\n\nHund",
            "  WORT  HAUS\n  ----  ----\n  ROT   12\n\nHUND",
        ),
        (
            "| Rote Rosen\n|    am Haus\n\n| a | b\n|---|---\n| c | d",
            "| ROTE ROSEN\n|    AM HAUS\n\n| A | B\n|---|---\n| C | D",
        ),
        ("\\let\\a\\b\n", "\\let\\a\\b\n"),
        # Sentences with lines of their own.
        ("Das ist so.\nUnd das.\nOder?", "DAS IST SO.\nUND DAS.\nODER?"),
    ],
)
def test_words_are_translated_and_signs_kept(text: str, new: str) -> None:
    assert loud(text) == new


def test_a_sentence_is_asked_whole() -> None:
    assert lines("Das ist [[Das Haus]] und `a` `b` :+1: hier.[^1]") == [
        "Das ist <x1>Das Haus</x1> und <x2/> hier."
    ]
    assert lines("***Alles*** und [**so**](a).") == ["<x1>Alles</x1> und <x2>so</x2>."]
    assert lines("Liste der Autor\\*innen &amp; Freunde.") == ["Liste der Autor*innen & Freunde."]


def test_a_value_is_quoted_where_yaml_would_read_more_into_it() -> None:
    document = open_document("a.md", b"---\ntitle: Das Haus\n---\n")
    assert document.rebuilt(["House: red"]) == b'---\ntitle: "House: red"\n---\n'
    assert document.rebuilt(["true"]) == b'---\ntitle: "true"\n---\n'
    assert document.rebuilt(['The "red" one']) == b'---\ntitle: The "red" one\n---\n'


def test_lines_are_wrapped_unless_each_holds_a_sentence() -> None:
    wrapped = "Wir kaufen Obst, z. B.\nÄpfel und Birnen.\n"
    assert lines(wrapped) == ["Wir kaufen Obst, z. B. Äpfel und Birnen."]
    assert lines("Eins. Und zwei.\nDrei, vier und\nfünf.") == [
        "Eins. Und zwei. Drei, vier und fünf."
    ]
    assert lines("Eins ist klein.\nZwei, drei und\nvier sind groß.") == [
        "Eins ist klein.",
        "Zwei, drei und vier sind groß.",
    ]
    assert lines("Eins **ist gut.\nZwei** auch.") == ["Eins <x1>ist gut. Zwei</x1> auch."]


def test_emphasis_of_nothing_is_left_out() -> None:
    document = open_document("a.md", b"Das *rote* Haus und **so**.")
    assert document.rebuilt(["<x1></x1>The red house.<x2></x2>"]) == b"The red house."


def test_new_words_break_out_of_no_quotes() -> None:
    document = open_document("a.md", b'Ein ![Bild](a.png "Titel").\n\n<A label="Haus">\n')
    assert document.lines == ["Ein <x1/>.", "Bild", "Titel", "Haus"]
    assert document.rebuilt(["A <x1/>.", "a]b", 'a "b"', 'a "b"']) == (
        b'A ![a\\]b](a.png "a \\"b\\"").\n\n<A label="a &quot;b&quot;">\n'
    )


PIECES = [
    *("Wort", "Das ist so.", " ", " ", "\n", "\n", "\n\n", "    ", "\t", "# ", "- ", "> ", "1. "),
    *(
        "---\n",
        "+++\n",
        "title: Haus",
        'title = "Haus"',
        "title: >\n  Haus\n",
        "...\n",
        "{\n",
        "}\n",
    ),
    *(
        "> [!NOTE]\n",
        ":::",
        ":::note[Titel]\n",
        '!!! note "Titel"\n',
        "??? tip\n",
        '=== "Reiter"\n',
    ),
    *(
        ": ",
        "~ ",
        "[^1]",
        "[^1]: ",
        "*[A]: ",
        "{#a .b}",
        "{: .a}\n",
        "{% if a %}",
        '{{< a title="T" >}}',
    ),
    *("{{ a", "}}", "{% raw %}\n", "{% endraw %}\n", "import A from 'a'\n", "export const a = {\n"),
    *(
        '<Tab label="Haus">',
        "</Tab>",
        "<Tab\n",
        "/>",
        "[[",
        "]]",
        "|",
        "[@a, S. 5]",
        "*",
        "**",
        "***",
    ),
    *(
        "_",
        "__",
        "~~",
        "==",
        ":smile:",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "$$",
        "$a$",
        "$$\n",
        "\\*",
        "&amp;",
    ),
    *(
        '<p align="a">',
        "</p>",
        "<details>\n",
        "<br>",
        '<img alt="Haus">',
        '<div title="Haus\n',
        '">\n',
        "<!--",
        "-->",
        "`",
        "```\n",
    ),
    *(
        "![",
        "](a 'T')",
        "[",
        "]",
        "^[",
        "\n[wort]: a 'T'\n",
        "[Wort]",
        "+---+---+\n",
        "| a |",
        "| Haus | wo \n",
        "+---+-----+\n| a | - b |\n|   |   c |\n+===+=====+\n| c | d e |\n+---+-----+\n",
        "%%",
        "\r\n",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_text_comes_out_as_it_went_in(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    document = open_document("a.md", data)
    assert document.rebuilt(document.lines) == data
    for line in document.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]
    document.rebuilt([shouted(line) for line in document.lines])


@example(["<details>\n", "> [!NOTE]\n", "Wort"])
@example(["Wort\n", '<div title="Haus\n', "Wort"])
@example(["export const a = {\n", '<p align="a">', "Wort", '">\n'])
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_what_is_translated_has_the_same_lines(pieces: list[str]) -> None:
    document = open_document("a.md", "".join(pieces).encode())
    new = document.rebuilt([line.replace("Wort", "Rede") for line in document.lines])
    assert len(open_document("a.md", new).lines) == len(document.lines)


def test_the_other_endings_of_markdown_are_taken() -> None:
    for name in ("a.markdown", "a.MDX"):
        assert open_document(name, b"# Das Haus").lines == ["Das Haus"]


@pytest.mark.parametrize(
    ("front", "new"),
    [
        ("---\nlang: de\ntitle: Das Haus\n---\n", "---\nlang: en\ntitle: Das Haus\n---\n"),
        ("---\nlanguage: 'de-DE' # ja\n---\n", "---\nlanguage: 'en' # ja\n---\n"),
        ('+++\nlanguageCode = "de_AT"\n+++\n', '+++\nlanguageCode = "en"\n+++\n'),
        ('{\n  "locale": "de",\n  "a": 1\n}\n', '{\n  "locale": "en",\n  "a": 1\n}\n'),
        ("---\nlang: en-GB\nlanguage: js\n---\n", "---\nlang: en-GB\nlanguage: js\n---\n"),
        ("---\na: 1\n---\n\nlang: de\n", "---\na: 1\n---\n\nlang: de\n"),
    ],
)
def test_front_matter_names_the_new_language(front: str, new: str) -> None:
    document = open_document("a.md", f"{front}\nRot.\n".encode())
    assert document.rebuilt(document.lines, "en").decode() == f"{new}\nRot.\n"
    assert document.rebuilt(document.lines).decode() == f"{front}\nRot.\n"
