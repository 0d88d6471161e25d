"""Texts of programs: the values are translated in place, and nothing else changes."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
import yaml
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from tests.support.shouting import shouted
from web.formats.base import DocumentError
from web.formats.localisation import string_file
from web.formats.registry import open_document

PO = r"""# Titel
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: de\n"
"Plural-Forms: nplurals=1; plural=0;\n"

#. Hinweis
#: haus.c:1
#, c-format
msgid "%s von %d Dateien.\n"
msgstr ""

msgctxt "Menü"
msgid "Datei"
msgstr "File"

#, fuzzy, python-format
#| msgid "alt"
msgid ""
"Ein langer Satz, der \"umgebrochen\" ist, "
"und weitergeht.\n"
"Zweite Zeile."
msgstr "old"

msgid "%d Auto"
msgid_plural "%d Autos"
msgstr[0] ""

#~ msgid "weg"
#~ msgstr "gone"
"""
FILES = {
    "a.po": PO,
    "a.json": '{\n  "a": "Das \\u00e4ltere Haus",\n  "b": ["Ja, {{x}}", {"c": "Nein\\/Doch"}]\n}\n',
    "a.arb": '{"@@locale": "de", "n": "{n, plural, one{ein Haus} other{# Häuser}}",\r\n'
    ' "@n": {"description": "Das bleibt"}}',
    "a.yml": "# Titel\nde:\n  a: 'Das ''Haus'''  # Hinweis\n  b: |\n    Eins.\n    Zwei.\n  c: 7\n",
    "a.yaml": 'a: {b: Ein Haus, "c": [Ja, "Nein"]}\nd: >-\n  Ein\n  Satz.\n\n  Noch einer.\n',
    "a.properties": "# Titel\r\na = Das {0} geht''s \\\r\n   gut\r\n"
    "b\\ c: Gr\\u00fc\\u00dfe\\nAn alle\r\n",
    "a.strings": '/* Titel */\n"a" = "Das \\"Haus\\"";\nb = "%@ ist %d";\n',
}


def changed(name: str, text: str, language: str = "en") -> str:
    document = open_document(name, text.encode())
    return document.rebuilt(shouted(document.lines), language).decode()


@pytest.mark.parametrize("name", [name for name in FILES if name != "a.po"])
def test_with_its_own_lines_a_file_is_the_same_to_the_byte(name: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = FILES[name].encode(encoding)
        document = open_document(name, data)
        assert document.lines
        assert document.rebuilt(document.lines) == data


@pytest.mark.parametrize("name", FILES)
def test_as_many_targets_as_lines(name: str) -> None:
    document = open_document(name, FILES[name].encode())
    with pytest.raises(DocumentError, match="another number of lines"):
        document.rebuilt([*document.lines, "x"])


@pytest.mark.parametrize("name", FILES)
def test_what_is_something_else_is_refused_or_has_no_text(name: str) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("a", "b")
    for data in (b"", b"PK", b"\x89PNG\r\n\x1a\n\0\0\0", package.getvalue(), b"{ <"):
        with suppress(DocumentError):
            assert not open_document(name, data).lines


@given(st.sampled_from(sorted(FILES)), st.data())
def test_damage_is_refused_or_harmless(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(
            st.sampled_from([b"", b'"', b"\\", b"{", b"}", b"\n", b":", b"&x", b"\xff"])
        )
        content[at : at + data.draw(st.integers(0, 3))] = new
    try:
        document = open_document(name, bytes(content))
    except DocumentError:
        return
    if name != "a.po":
        assert document.rebuilt(document.lines) == content
    again = document.rebuilt(shouted(document.lines), "en")
    if name in {"a.json", "a.arb"}:
        json.loads(again.decode("utf-8-sig", "replace"))
    elif name in {"a.yml", "a.yaml"}:
        list(yaml.parse(again.decode("utf-8-sig", "replace"), Loader=yaml.CSafeLoader))


def test_a_file_of_strings_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(string_file, "MAX_STRINGS", 1_000_000)
    for name in FILES:
        with pytest.raises(DocumentError, match="larger than 1 MB"):
            open_document(name, b" " * 1_000_001)


def test_json_keeps_its_form_and_its_escapes() -> None:
    assert changed("a.json", FILES["a.json"]) == (
        '{\n  "a": "DAS \\u00c4LTERE HAUS",\n  "b": ["JA, {{x}}", {"c": "NEIN\\/DOCH"}]\n}\n'
    )
    assert changed("a.json", '{"a": "Größe", "lang": "de"}') == '{"a": "GRÖSSE", "lang": "en"}'


def test_a_key_that_is_the_language_becomes_the_target() -> None:
    assert changed("a.json", '{"de": {"a": "Haus"}}', "pt-BR") == '{"pt-BR": {"a": "HAUS"}}'
    assert changed("a.json", '{"de-AT": {"a": "Haus"}}', "de") == '{"de-AT": {"a": "HAUS"}}'
    assert changed("a.yml", "'de':\n  a: Haus\n") == "'en':\n  a: HAUS\n"
    assert changed("a.yml", "de_DE:\n  a: Haus\n", "pt-BR") == "pt_BR:\n  a: HAUS\n"
    assert changed("a.yml", "de:\n  a: Haus\n", "no") == "no:\n  a: HAUS\n".replace("no", '"no"')
    assert changed("a.arb", '{"@@locale": "de", "a": "Haus"}') == '{"@@locale": "en", "a": "HAUS"}'


@pytest.mark.parametrize("name", ["a.json", "a.yml"])
def test_a_file_in_several_languages_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match=r"several languages \(de, en\)"):
        open_document(name, b'{"de": {"a": "Haus"}, "en": {"a": "House"}}')


def test_only_what_is_said_of_a_described_message() -> None:
    text = '{"a": {"message": "Hallo $NAME$", "description": "Ein Gruß", "placeholders": {}}}'
    assert changed("messages.json", text) == text.replace("Hallo", "HALLO")
    text = '{"a.b": {"defaultMessage": "Hallo {name}", "description": "Ein Gruß"}}'
    assert changed("a.json", text) == text.replace("Hallo", "HALLO")
    assert changed("a.arb", FILES["a.arb"]) == FILES["a.arb"].replace('"de"', '"en"').replace(
        "{ein Haus} other{# Häuser}", "{EIN HAUS} other{# HÄUSER}"
    )


def test_settings_are_refused() -> None:
    text = b"distributionPath=wrapper/dists\nzipStoreBase=GRADLE_HOME\norg.gradle.jvmargs=-Xmx1g\n"
    with pytest.raises(DocumentError, match="holds data"):
        open_document("gradle.properties", text)


@pytest.mark.parametrize(
    "value",
    [
        {"name": "package", "version": "1.0.2", "scripts": {"a": "npm run b && c"}},
        {"a": "Haus", "b": 1, "c": 2.5, "d": True},
        [{"id": "a1", "name": "Anna"}, {"id": "b2", "name": "Otto"}],
        {"users": [{"id": "a1", "name": "Anna"}, {"id": "b2", "name": "Otto"}]},
        {"services": {"web": {"image": "nginx:1", "restart": "always", "ports": ["80:80"]}}},
    ],
)
def test_data_is_refused(value: object) -> None:
    for name in ("a.json", "a.yaml"):
        with pytest.raises(DocumentError, match="Nothing was kept"):
            open_document(name, json.dumps(value).encode())


def test_lists_of_texts_with_keys_are_taken() -> None:
    text = '{"faq": [{"q": "Wie geht es?", "a": "Sehr gut."}, {"q": "Wer ist da?", "a": "Wir."}]}'
    document = open_document("a.json", text.encode())
    assert document.lines == ["Wie geht es?", "Sehr gut.", "Wer ist da?", "Wir."]


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_what_is_nested_too_deeply_is_refused(name: str) -> None:
    for depth in (101, 100_000):
        with pytest.raises(DocumentError, match="Nothing was kept"):
            open_document(name, b'{"a":' * depth + b'"Haus"' + b"}" * depth)


def test_half_characters_in_escapes_are_no_text() -> None:
    document = open_document("a.json", b'{"a": "Das \\ud83d Haus \\ud83d\\ude00"}')
    assert document.lines == ["Das \ufffd Haus \U0001f600"]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("a: Nein", "No", 'a: "No"'),
        ("a: Text", "x: y # z", 'a: "x: y # z"'),
        ("a: 'Text'", "it's", "a: 'it''s'"),
        ('a: "Text"', 'a "b" \\', 'a: "a \\"b\\" \\\\"'),
        ("a: [Text, B C]", "a, b", 'a: ["a, b", B C]'),
        ("a: &b Text", "Neu", "a: &b Neu"),
        ("a: |\n  Text\n\nb: C D", "Neu: # x", "a: |\n  Neu: # x\n\nb: C D"),
        ("a: >-\n   Text\n   geht\n", "Neu", "a: >-\n   Neu\n"),
        ("a: Ein Text\n  geht", "Neu", "a: Neu"),
        ("a: !!str Text", "Neu", "a: !!str Neu"),
    ],
)
def test_yaml_keeps_the_style_that_can_hold_the_text(
    source: str, target: str, expected: str
) -> None:
    document = open_document("a.yaml", source.encode())
    result = document.rebuilt([target, *document.lines[1:]]).decode()
    assert result == expected
    value = yaml.safe_load(result)["a"]
    assert (value[0] if isinstance(value, list) else value.strip()) == target


def test_symbols_numbers_and_formats_of_yaml_stay() -> None:
    text = "de:\n  order:\n    - :day\n  f: '%d.%m.%Y'\n  n: 12\n  o: yes\n  s: ~\n  w: Wort\n"
    assert changed("a.yml", text) == text.replace("de:", "en:").replace("Wort", "WORT")


def test_a_block_of_paragraphs() -> None:
    text = "a:\n  b: |\n    Eins.\n\n    Zwei.\n  c: >\n    Ein\n    Satz.\n\n    Noch einer.\n"
    assert yaml.safe_load(changed("a.yaml", text))["a"] == {
        "b": "EINS.\n\nZWEI.\n",
        "c": "EIN SATZ.\nNOCH EINER.\n",
    }


def test_an_alias_does_not_multiply() -> None:
    text = "a: &a [Ein Haus]\nb: &b [*a, *a]\nc: [*b, *b]\n? [x]\n: Wort\n? *a\n: Wort\n"
    assert open_document("a.yaml", text.encode()).lines == ["Ein Haus", "Wort", "Wort"]


def test_properties_in_latin_1_get_escapes_and_in_utf_8_get_none() -> None:
    document = open_document("a.properties", "a=Größe\n".encode("latin-1"))
    assert document.rebuilt(["“é”"]) == b"a=\\u201c\\u00e9\\u201d\n"
    assert open_document("a.properties", "a=Größe\n".encode()).rebuilt(["é"]) == "a=é\n".encode()
    assert open_document("a.properties", b"a=Haus\n").rebuilt(["\U0001f600"]) == (
        b"a=\\ud83d\\ude00\n"
    )


def test_properties_lines_that_go_on_and_apostrophes() -> None:
    document = open_document("a.properties", FILES["a.properties"].encode())
    assert document.lines == ["Das {1} geht's gut", "Grüße", "An alle"]
    assert document.rebuilt(["Don't {1}", "Hi", "all"]).decode() == (
        "# Titel\r\na = Don''t {0}\r\nb\\ c: Hi\\nall\r\n"
    )


def test_strings_of_apple_that_are_no_text_say_so() -> None:
    doubled = "\ufeff\ufeff" + FILES["a.strings"]
    assert len(open_document("a.strings", doubled.encode("utf-16-le")).lines) == 2
    for data in (b"bplist00\xd1", b"<?xml version='1.0'?><plist/>"):
        with pytest.raises(DocumentError, match="property list"):
            open_document("a.strings", data)
    assert changed("a.strings", FILES["a.strings"]) == (
        '/* Titel */\n"a" = "DAS \\"HAUS\\"";\nb = "%@ IST %d";\n'
    )


def test_a_catalog_gets_what_it_lacks_and_another_program_reads_it() -> None:
    document = open_document("a.po", PO.encode())
    assert document.lines == [
        "{1} von {2} Dateien.",
        'Ein langer Satz, der "umgebrochen" ist, und weitergeht.',
        "Zweite Zeile.",
        "{1} Auto",
        "{1} Autos",
    ]
    result = document.rebuilt(shouted(document.lines), "en").decode()
    expected = (
        PO.replace("Language: de", "Language: en")
        .replace("nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);")
        .replace('Dateien.\\n"\nmsgstr ""', 'Dateien.\\n"\nmsgstr "%s VON %d DATEIEN.\\n"')
        .replace(
            'msgstr "old"',
            'msgstr ""\n"EIN LANGER SATZ, DER \\"UMGEBROCHEN\\" IST, UND WEITERGEHT.\\n"\n'
            '"ZWEITE ZEILE."',
        )
        .replace('msgstr[0] ""', 'msgstr[0] "%d AUTO"\nmsgstr[1] "%d AUTOS"')
    )
    assert result == expected
    assert len(read_po(io.BytesIO(result.encode()))) == 4
    with pytest.raises(DocumentError, match="translation already"):
        open_document("a.po", result.replace("#, fuzzy, python-format\n", "").encode())


def test_a_catalog_keeps_the_forms_that_its_translations_have() -> None:
    done = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n\n'
    result = changed("a.po", PO.replace("#~", done + "#~", 1), "en")
    assert "nplurals=1; plural=0;" in result
    assert 'msgstr[0] "%d AUTOS"\n\nmsgid "a"' in result


def test_a_catalog_names_arguments_whose_order_changed() -> None:
    document = open_document("a.po", PO.encode())
    result = document.rebuilt(["{2} of {1}.", *document.lines[1:]], "en").decode()
    assert 'msgstr "%2$d of %1$s.\\n"' in result


def test_a_template_gets_the_forms_of_the_target_language() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=CHARSET\\n"\n'
        '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\n'
        'msgid "ein Auto"\nmsgid_plural "%d Autos"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    russian = changed("a.pot", text, "ru")
    assert '"Language: ru\\n"' in russian
    assert "nplurals=3; plural=n % 10 == 1" in russian
    # A form that is said of 21, too, has the number.
    assert [line for line in russian.splitlines() if line.startswith("msgstr[")] == [
        f'msgstr[{form}] "%d AUTOS"' for form in range(3)
    ]
    assert 'msgstr[0] "EIN AUTO"\nmsgstr[1] "%d AUTOS"\n' in changed("a.pot", text, "en")
    assert changed("a.pot", text, "ja").endswith('msgstr[0] "%d AUTOS"\n')
    assert changed("a.pot", text, "xx").endswith('"EIN AUTO"\nmsgstr[1] "%d AUTOS"\n')


def test_a_catalog_in_an_old_encoding_becomes_utf_8_only_when_it_has_to() -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
        'msgid "Größe"\nmsgstr ""\n'
    )
    document = open_document("a.po", text.encode("latin-1"))
    assert document.lines == ["Größe"]
    assert document.rebuilt(["é"]).endswith('msgstr "é"\n'.encode("latin-1"))
    assert "charset=UTF-8" in document.rebuilt(["“”"]).decode()


@pytest.mark.parametrize(
    "text",
    [
        *('msgid "a"\n', 'msgstr "a"\n', 'msgid "a"\nmsgid "b"\nmsgstr ""\n', 'msgid "a', "a\n"),
        *('"a"\n', 'msgid "a"\nmsgstr[0] ""\nmsgstr[0] ""\n'),
    ],
)
def test_a_damaged_catalog_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        open_document("a.po", text.encode())
