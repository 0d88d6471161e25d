"""Glossary files: read back as they were written, and refused with the line that is wrong."""

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.glossary.files import FILE_KINDS, read_csv, read_tbx, read_tsv, written_csv, written_tbx
from web.glossary.terms import DuplicateTermError, GlossaryError, Term, checked_terms

Read = Callable[[bytes], list[Term]]

TEXTS = st.text(
    st.one_of(st.sampled_from("aBß ,;\"'|&<>%{}1$=\t-"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=30,
)
FLAGS = st.booleans()


@st.composite
def good_terms(draw: st.DrawFn) -> list[Term]:
    """Terms as a glossary has them."""
    found: list[Term] = []
    for _ in range(draw(st.integers(1, 5))):
        term = Term(
            draw(TEXTS),
            draw(TEXTS),
            draw(FLAGS),
            draw(FLAGS),
            draw(FLAGS),
            draw(st.just("") | TEXTS),
        )
        try:
            found = checked_terms(enumerate([*found, term]))
        except GlossaryError:
            continue
    return found or [Term("Vertrag", "agreement")]


@given(good_terms())
@pytest.mark.parametrize("ending", FILE_KINDS)
def test_a_file_that_was_written_is_read_as_it_was(ending: str, terms: list[Term]) -> None:
    kind = FILE_KINDS[ending]
    assert kind.read(kind.write(terms, "de", "en"), "de", "en") == terms


def is_whole(read: Callable[[], list[Term]]) -> bool:
    """Whether there are terms, or an error that says that there are none."""
    try:
        return bool(read())
    except GlossaryError as error:
        return error.message.endswith("Nothing was stored.")


@given(st.binary(max_size=60))
@pytest.mark.parametrize("ending", FILE_KINDS)
def test_any_bytes_are_terms_or_refused(ending: str, content: bytes) -> None:
    assert is_whole(lambda: FILE_KINDS[ending].read(content, "de", "en"))


@given(st.text(',;"\n\t aB1', max_size=60))
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_any_text_is_terms_or_refused(ending: str, text: str) -> None:
    assert is_whole(lambda: FILE_KINDS[ending].read(text.encode(), "de", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "Vertrag,agreement\nMieter,lessee\n",
        "Vertrag;agreement\r\nMieter;lessee",
        "Vertrag\tagreement\rMieter\tlessee",
        "source,target\nVertrag,agreement\n\n,\nMieter,lessee\n",
        "Target; Source\nagreement;Vertrag\nlessee;Mieter\n",
        '"Vertrag","agreement"\n "Mieter" ,lessee\n',
        "Vertrag,agreement,de,en\nMieter,lessee,de,en\n",
        "source,target,source_lang,target_lang\nVertrag,agreement,DE,EN\nMieter,lessee,DE,EN\n",
        "Vertrag,agreement\nMieter,lessee\nVertrag,agreement\n",
    ],
)
def test_csv_as_other_programs_write_it(text: str) -> None:
    terms = [Term("Vertrag", "agreement"), Term("Mieter", "lessee")]
    assert read_csv(text.encode()) == terms
    assert read_csv(codecs.BOM_UTF8 + text.encode()) == terms
    assert read_csv(text.encode("utf-16")) == terms
    assert read_csv(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == terms


def test_a_delimiter_within_a_text() -> None:
    assert read_csv(b"Haus;house, home\nHof;yard\n") == [
        Term("Haus", "house, home"),
        Term("Hof", "yard"),
    ]
    assert read_csv(b'"Haus, klein","a ""small"" house"\n') == [
        Term("Haus, klein", 'a "small" house')
    ]
    assert read_csv(b'5" Rohr,5" pipe\n') == [Term('5" Rohr', '5" pipe')]
    assert read_tsv(b'"Haus"\thouse\n') == [Term('"Haus"', "house")]


def test_what_is_said_of_a_term() -> None:
    text = (
        "source,target,match_case,inflected,compounds,note\n"
        'Bank,bank,yes,0,X,"money, not seats"\nHof,yard,,,,\nTor,gate\n'
    )
    assert read_csv(text.encode()) == [
        Term(
            "Bank",
            "bank",
            match_case=True,
            inflected=False,
            compounds=True,
            note="money, not seats",
        ),
        Term("Hof", "yard"),
        Term("Tor", "gate"),
    ]
    assert read_tsv(b"Hof\tyard\ttrue\n") == [Term("Hof", "yard", match_case=True)]


LONG = "x" * 10_000
REFUSED = [
    ("Hof,yard\nHaus", "Line 2: There are 1 columns"),
    ("Hof,yard\na,b,1,1,1,n,more", "Line 2: There are 7 columns"),
    ('Hof,yard\n"Haus,house\nTor,gate\n', "Line 2: A quotation mark is opened here"),
    ('Hof,"yard"s\n', "Line 1: There is text after a closing quotation mark"),
    ("Hof,yard\nTor,gate\nhof,court\n", "Line 3: “hof” is translated as “court” here and"),
    (f"Hof,yard\n{LONG},y\n", "Line 2: The term has 10,000 characters; it can have 500"),
    (f"Hof,{LONG}\n", "Line 1: The translation has 10,000 characters"),
    (f"Hof,yard,,,,{LONG}\n", "Line 1: The note has 10,000 characters"),
    ("Hof,yard\n ,gate\n", "Line 2: The term is empty"),
    ("Hof,\n", "Line 1: The translation is empty"),
    ("<b>,fett\n", "Line 1: The term holds a tag"),
    ("fett,<b>fat</b>\n", "Line 1: The translation holds a tag"),
    ("{name},Name\n", "Line 1: The term is nothing but figures"),
    ("%1$s,Name\n", "Line 1: The term is nothing but figures"),
    ("Prozent,%\n", "Line 1: The translation is nothing but figures"),
    ('"3.000,50",x\n', "Line 1: The term is nothing but figures"),
    ('"Hof\nTor",yard\n', "Line 1: The term holds the character U+000A"),
    ("Hof,yard,perhaps\n", "Line 1: The column 'match_case' can be true or false, not 'perhaps'"),
    ("source,target,matchcase\n", "Line 1: The column 'matchcase' is unknown"),
    ("source,target,note,note\n", "Line 1: The column 'note' is there twice"),
    ("", "The file holds no terms"),
    ("source,target\n", "The file holds no terms"),
    ("".join(f"w{number},w\n" for number in range(10_001)), "Line 10,001: A glossary can have"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_wrong_file_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(GlossaryError) as refused:
        read_csv(text.encode())
    assert refused.value.message.startswith(message.replace("10,001", "10001", 1))
    assert refused.value.message.endswith("Nothing was stored.")


def test_both_lines_of_two_translations_are_named() -> None:
    with pytest.raises(DuplicateTermError, match=r"Line 3: .* “yard” in line 1") as refused:
        read_tsv(b"Hof\tyard\nTor\tgate\nHOF\tcourt\n")
    assert refused.value.line == 3


@pytest.mark.parametrize("read", [read_csv, read_tsv])
def test_other_encodings_are_refused_with_the_line(read: Read) -> None:
    with pytest.raises(GlossaryError, match="Line 2: The file is not valid UTF-8: save it"):
        read("Hof\tyard\nTür\tdoor\n".encode("latin-1"))
    with pytest.raises(GlossaryError, match="not valid UTF-16-LE"):
        read(codecs.BOM_UTF16_LE + b"a\0b")


TBX_3 = """<?xml version="1.0"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="1"><min:subjectField>law</min:subjectField><note>of a flat</note>
   <langSec xml:lang="de-DE"><note>not this</note>
    <termSec><term>Miet<hi>er</hi></term><note>nor this</note></termSec>
    <termSec><term>Bewohner</term></termSec></langSec>
   <langSec xml:lang="en-GB">
    <termSec><term>renter</term>
     <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>tenant</term></termSec>
    <termSec><term>lessee</term>
     <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
   </langSec>
   <langSec xml:lang="fr"><termSec><term>locataire</term></termSec></langSec>
  </conceptEntry>
  <conceptEntry id="2"><langSec xml:lang="de"><termSec><term>Hof</term></termSec></langSec>
  </conceptEntry>
 </body></text>
</tbx>"""
TBX_2 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>
</fileDesc></martifHeader><text><body>
<termEntry id="a"><langSet xml:lang="de"><tig><term>T&#252;r &amp;
  Tor</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp><term>door</term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>door and gate</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_tbx_of_both_forms_is_read() -> None:
    assert read_tbx(TBX_3.encode(), "de", "en") == [
        Term("Mieter", "lessee", note="of a flat"),
        Term("Bewohner", "lessee", note="of a flat"),
    ]
    assert read_tbx(TBX_3.encode(), "fr", "de-AT") == [
        Term("locataire", "Mieter", note="of a flat")
    ]
    assert read_tbx(TBX_2.encode("latin-1"), "DE", "en") == [Term("Tür & Tor", "door and gate")]


BOMB = (
    '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<tbx><term>&b;</term></tbx>"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TBX_3[:-80], "Line 19: The file is no well-formed XML"),
        ("Hof,yard\n", "Line 1: The file is no well-formed XML"),
        ("<tbx/>", "The file has no entry with both de and en"),
        (BOMB, "Line 1: The file has entities of its own"),
        (TBX_2.replace("&amp;", "&und;"), "Line 5: The file has entities of its own"),
        (TBX_3.replace("Bewohner", "x" * 501), "Line 9: The term has 501 characters"),
        (TBX_3.replace("Bewohner", " "), "Line 9: The term is empty"),
        (TBX_3.replace("Bewohner", "&lt;b>"), "Line 9: The term holds a tag"),
        (TBX_3.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="x"?>'), ""),
    ],
)
def test_a_wrong_tbx_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(GlossaryError) as refused:
        read_tbx(text.encode(), "de", "en")
    assert refused.value.message.startswith(message)
    assert refused.value.message.endswith("Nothing was stored.")


def test_a_deep_tbx_is_refused_or_passed_over() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(GlossaryError):
        read_tbx(deep, "de", "en")


def test_written_files_are_as_they_are_described() -> None:
    terms = [Term("Hof & <Tor", 'the "yard"', match_case=True, note="a; b")]
    assert written_csv(terms) == (
        b"source,target,match_case,inflected,compounds,note\n"
        b'Hof & <Tor,"the ""yard""",true,true,false,"a; b"\n'
    )
    assert b"<term>Hof &amp; &lt;Tor</term>" in written_tbx(terms, "de", "en")
