"""XLIFF, strings.xml of Android, .resx: targets and values change, and nothing else does."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.shouting import shouted
from web.formats.base import DocumentError
from web.formats.registry import open_document

FIRST = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file source-language="de" original="a">
    <!-- <file target-language="xx"> -->
    <body>
      <trans-unit id="1">
        <source>Ein <x id="1" equiv-text="{{n}}"/> ist <g id="2">sehr</g> gut &amp; neu.</source>
        <note>Ein Hinweis</note>
      </trans-unit>
    </body>
  </file>
</xliff>
"""
SECOND = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de">
  <file id="f">
    <notes><note>Ein Hinweis</note></notes>
    <unit id="1">
      <originalData><data id="d1">%d</data><data id="d2">&lt;br/&gt;</data></originalData>
      <segment state="initial" subState="a:b">
        <source>Du hast <ph id="1" dataRef="d1"/> Autos.<ph id="2" dataRef="d2"/>Und er.</source>
      </segment>
      <ignorable><source> </source></ignorable>
    </unit>
  </file>
</xliff>
"""
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:tools="http://schemas.android.com/tools" tools:locale="de">
    <!-- Titel -->
    <string name="a">Wie geht\\'s, <b>%1$s</b>?\\nUnd dir?</string>
    <string name="b" translatable="false">Meine App</string>
    <plurals name="c"><item quantity="one">%d Auto</item><item quantity="other">%d Autos</item>
    </plurals>
    <string-array name="d"><item>Eins</item><item>@string/a</item></string-array>
</resources>
"""
RESX = """<root>
  <data name="A" xml:space="preserve"><value>&amp;Datei {0}</value><comment>Nein</comment></data>
  <data name="B" type="System.Drawing.Size"><value>Größe</value></data>
  <data name="&gt;&gt;C.Name"><value>Knopf</value></data>
</root>
"""
FILES = {"a.xlf": FIRST, "b.xliff": SECOND, "strings.xml": ANDROID, "a.resx": RESX}
NAMESPACE = "urn:oasis:names:tc:xliff:document"


def changed(name: str, text: str, language: str = "en") -> str:
    document = open_document(name, text.encode())
    return document.rebuilt(shouted(document.lines), language).decode()


def first(unit: str, body: str = "") -> str:
    return (
        f'<xliff version="1.2"><file target-language="en"><body>{unit}</body>{body}</file></xliff>'
    )


def second(unit: str) -> str:
    return (
        f'<xliff version="2.0" xmlns="{NAMESPACE}:2.0" trgLang="en-GB"><file id="f">'
        f'<unit id="u">{unit}</unit></file></xliff>'
    )


def test_a_unit_gets_a_target_behind_its_source() -> None:
    expected = FIRST.replace('original="a">', 'original="a" target-language="en">')
    expected = expected.replace(
        "neu.</source>\n",
        'neu.</source>\n        <target state="needs-review-translation">EIN '
        '<x id="1" equiv-text="{{n}}"/> IST <g id="2">SEHR</g> GUT &amp; NEU.</target>\n',
    )
    assert open_document("a.xlf", FIRST.encode()).lines == ["Ein {1} ist <x1>sehr</x1> gut & neu."]
    assert changed("a.xlf", FIRST) == expected


def test_a_segment_gets_a_target_and_its_state() -> None:
    expected = SECOND.replace('srcLang="de">', 'srcLang="de" trgLang="en">')
    expected = expected.replace('state="initial" subState="a:b"', 'state="translated"')
    expected = expected.replace(
        "er.</source>\n",
        'er.</source>\n        <target>DU HAST <ph id="1" dataRef="d1"/> AUTOS.'
        '<ph id="2" dataRef="d2"/>UND ER.</target>\n',
    )
    assert open_document("b.xlf", SECOND.encode()).lines == ["Du hast {1} Autos.", "Und er."]
    assert changed("b.xliff", SECOND) == expected


@pytest.mark.parametrize(
    "rest",
    [
        "<target>House</target>",
        '<target state="translated">House</target>',
        '<target state="final">House</target>',
        '<target state="signed-off">House</target>',
        '<target state="needs-review-translation">House</target>',
    ],
)
def test_a_unit_with_a_translation_keeps_it(rest: str) -> None:
    text = first(f'<trans-unit id="1"><source>Haus</source>{rest}</trans-unit>'
                 '<trans-unit id="2"><source>Hof</source></trans-unit>')  # fmt: skip
    assert open_document("a.xlf", text.encode()).lines == ["Hof"]
    with pytest.raises(DocumentError, match="translation already"):
        open_document("a.xlf", text.replace(">Hof<", ">Hof</source><target>Yard</target><source/><")
                      .replace("<source/></source>", "").encode())  # fmt: skip


@pytest.mark.parametrize(
    ("target", "new"),
    [
        ("<target/>", '<target state="needs-review-translation">HAUS</target>'),
        (
            '<target state="new">X</target>',
            '<target state="needs-review-translation">HAUS</target>',
        ),
        (
            "<target state='needs-translation' xml:lang='fr'>X</target>",
            "<target state='needs-review-translation' xml:lang='en'>HAUS</target>",
        ),
        ("<target>Haus</target>", '<target state="needs-review-translation">HAUS</target>'),
    ],
)
def test_a_target_that_is_none_yet_is_replaced(target: str, new: str) -> None:
    text = first(f'<trans-unit id="1" approved="no"><source>Haus</source>{target}</trans-unit>')
    assert changed("a.xlf", text) == text.replace(target, new)


def test_states_of_the_second_version() -> None:
    done = "".join(
        f'<segment state="{state}"><source>Haus</source><target>House</target></segment>'
        for state in ("translated", "reviewed", "final")
    )
    old = '<segment state="initial"><source>Haus</source><target>House</target></segment>'
    new = '<segment state="translated"><source>Haus</source><target>HAUS</target></segment>'
    bare = "<segment><source>Hof</source><target>Yard</target></segment>"
    assert changed("a.xlf", second(done + old + bare)) == second(done + new + bare)


def test_what_shall_not_be_translated_is_not_even_asked() -> None:
    units = "".join(
        f'<trans-unit id="{number}"{more}><source>Haus {number}</source></trans-unit>'
        for number, more in enumerate(["", ' translate="yes"', ' translate="no"'])
    )
    text = first(f'<group translate="no">{units}</group><group>{units}</group>')
    assert open_document("a.xlf", text.encode()).lines == ["Haus 1", "Haus 0", "Haus 1"]
    text = second("<segment><source>Haus</source></segment>").replace(
        'id="u"', 'id="u" translate="no"'
    )
    with pytest.raises(DocumentError, match="translation already"):
        open_document("a.xlf", text.encode())


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('Ein <bpt id="1">&lt;b&gt;</bpt>rotes<ept id="1">&lt;/b&gt;</ept> Haus',
         "Ein <x1>rotes</x1> Haus"),
        ('Ein <bx id="1" rid="7"/>rotes<ex id="2" rid="7"/> Haus', "Ein <x1>rotes</x1> Haus"),
        ('Ein <it id="1" pos="open">&lt;b&gt;</it>rotes Haus', "Ein <x1/>rotes Haus"),
        ('Ein <ph id="1">{0}</ph> Haus', "Ein {1} Haus"),
        ('Ein <ph id="1">&lt;img/&gt;</ph> Haus', "Ein <x1/> Haus"),
        ('Ein <x id="1" ctype="lb"/>rotes Haus', "Ein <xbr1/>rotes Haus"),
        ('Ein <mrk mtype="protected">rotes</mrk> Haus', "Ein {1} Haus"),
        ('Ein <mrk mtype="term">rotes</mrk> Haus', "Ein <x1>rotes</x1> Haus"),
        ('<x id="START_BOLD_TEXT"/>Ein<x id="CLOSE_BOLD_TEXT"/> Haus', "<x1>Ein</x1> Haus"),
        ('{N, plural, =1 {ein Haus} other {<x id="I"/> Häuser}}', "ein Haus|{1} Häuser"),
    ],
)  # fmt: skip
def test_inline_codes_of_the_first_version(source: str, line: str) -> None:
    text = first(f'<trans-unit id="1"><source>{source}</source></trans-unit>')
    document = open_document("a.xlf", text.encode())
    assert document.lines == line.split("|")
    result = document.rebuilt(document.lines).decode()
    result = result.replace(' state="needs-review-translation"', "")
    assert result.count(f">{source}<") == 2


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('Ein <pc id="1">rotes</pc> Haus', "Ein <x1>rotes</x1> Haus"),
        ('Ein <sc id="1"/>rotes<ec startRef="1"/> Haus', "Ein <x1>rotes</x1> Haus"),
        ('Ein <ph id="1" equiv="{x}"/> Haus', "Ein {1} Haus"),
        ('Ein <ph id="1" type="fmt" subType="xlf:lb"/>rotes Haus', "Ein <xbr1/>rotes Haus"),
        ('Ein <ph id="1" type="image"/> Haus', "Ein <x1/> Haus"),
        ('Ein <mrk id="1" translate="no">rotes</mrk> Haus', "Ein {1} Haus"),
        ('Ein <sm id="1"/>rotes<em startRef="1"/> Haus', "Ein <x1>rotes</x1> Haus"),
        ('Ein <cp hex="0001"/> Haus', "Ein <x1/> Haus"),
    ],
)
def test_inline_codes_of_the_second_version(source: str, line: str) -> None:
    text = second(f"<segment><source>{source}</source></segment>")
    document = open_document("a.xlf", text.encode())
    assert document.lines == [line]
    assert document.rebuilt(document.lines).decode().count(f">{source}<") == 2


def test_segments_of_the_first_version_have_lines_of_their_own() -> None:
    marked = '<mrk mtype="seg" mid="1">Eins.</mrk> <mrk mtype="seg" mid="2">Zwei.</mrk>'
    text = first(
        f'<trans-unit id="1"><source>Eins. Zwei.</source><seg-source>{marked}</seg-source>'
        "</trans-unit>"
    )
    assert open_document("a.xlf", text.encode()).lines == ["Eins.", "Zwei."]
    target = marked.replace("Eins", "EINS").replace("Zwei", "ZWEI")
    assert f'translation">{target}</target>' in changed("a.xlf", text)


def test_a_prefix_and_another_encoding() -> None:
    text = FIRST.replace("</", "</l:").replace("xmlns=", "xmlns:l=")
    for name in ("xliff", "file", "body", "trans-unit", "source", "note", "x", "g"):
        text = text.replace(f"<{name}", f"<l:{name}")
    assert "</l:source>\n        <l:target state=" in changed("a.xlf", text)
    text = FIRST.replace("UTF-8", "UTF-16")
    document = open_document("a.xlf", text.encode("utf-16"))
    assert ">GRÖSSE</g> <x id=" in document.rebuilt(["<x1>GRÖSSE</x1> {1}"]).decode("utf-16")


def test_texts_of_android() -> None:
    assert open_document("strings.xml", ANDROID.encode()).lines == [
        "Wie geht's, <x1>{1}</x1>?",
        "Und dir?",
        "{1} Auto",
        "{1} Autos",
        "Eins",
    ]
    result = changed("strings.xml", ANDROID)
    expected = ANDROID.replace("Wie geht\\'s", "WIE GEHT\\'S").replace("Und dir", "UND DIR")
    expected = expected.replace("Auto", "AUTO").replace("AUTOs", "AUTOS").replace("Eins", "EINS")
    assert result == expected.replace('locale="de"', 'locale="en"')


@pytest.mark.parametrize(
    ("content", "line", "target", "new"),
    [
        ("<![CDATA[<b>Sehr</b> gut & neu]]>", "<x1>Sehr</x1> gut & neu", "<x1>A</x1> & ]]>",
         "<![CDATA[<b>A</b> & ]]]]><![CDATA[>]]>"),
        ('"Er sagt:  \'Ja\' "', "Er sagt:  'Ja'", "It's", '"It\\\'s "'),
        ("\\@Haus", "@Haus", "@house", "\\@house"),
        ("\\u00dcber\n      uns", "Über uns", 'a "b" \\', 'a \\"b\\" \\\\'),
        ("&lt;i&gt;hier&lt;/i&gt; da", "<x1>hier</x1> da", "<x1>a</x1> b",
         "&lt;i&gt;a&lt;/i&gt; b"),
        ('Hallo <xliff:g id="n">%1$s</xliff:g>, ja', "Hallo {1}, ja", "A {1} B",
         'A <xliff:g id="n">%1$s</xliff:g> B'),
        ("%s von %d", "{1} von {2}", "{2} a {1}", "%2$d a %1$s"),
        ("R&amp;D&amp;mehr", "R&D&mehr", "A & B", "A &amp; B"),
    ],
)  # fmt: skip
def test_forms_of_text_that_android_has(content: str, line: str, target: str, new: str) -> None:
    text = (
        f'<resources xmlns:xliff="{NAMESPACE}:1.2"><string name="a">{content}</string></resources>'
    )
    document = open_document("strings.xml", text.encode())
    assert document.lines == [line]
    assert document.rebuilt([line]).decode() == text
    assert document.rebuilt([target]).decode() == text.replace(content, new)


def test_texts_of_dotnet() -> None:
    assert changed("a.resx", RESX) == RESX.replace("Datei", "DATEI")
    text = RESX.replace("&amp;Datei {0}", "Ein Satz.\n\nZwei")
    assert open_document("a.resx", text.encode()).lines == ["Ein Satz.", "Zwei"]


@pytest.mark.parametrize("name", ["strings.xml", "a.resx"])
def test_with_its_own_lines_a_file_is_the_same_to_the_byte(name: str) -> None:
    data = FILES[name].replace("\n", "\r\n").encode()
    document = open_document(name, data)
    assert document.rebuilt(document.lines) == data


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"PK", b"\x89PNG\r\n\x1a\n\0\0\0", b"<a/>", b"<root", b"<resources><string>"),
        b'<!DOCTYPE a [<!ENTITY b "c">]><resources/>',
        b"<xliff version='3'><file/></xliff>",
        b"<html><body>Haus</body></html>",
    ],
)
def test_what_is_something_else_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match="Nothing was kept"):
        open_document(name, data)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_damage_is_refused_or_harmless(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(st.sampled_from([b"", b"<", b"&", b"\\", b'"', b"</", b"]]>", b"\xff"]))
        content[at : at + data.draw(st.integers(0, 3))] = new
    try:
        document = open_document(name, bytes(content))
    except DocumentError:
        return
    result = document.rebuilt(shouted(document.lines), "en")
    if b"state=" not in result:
        assert document.rebuilt(document.lines) == content
    with suppress(DocumentError):  # nothing is left to translate
        assert len(open_document(name, result).lines) == len(document.lines)
