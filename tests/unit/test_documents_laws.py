"""Laws of documents: what holds for every kind of file, whatever its paragraphs say."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.documents import packed
from tests.support.every_kind import LIKE, MAKERS, MARKS, content_of, file_of
from web.formats.base import DocumentError
from web.formats.registry import KINDS, open_document

# Signs that mean something in one kind or another, and those that are easily lost.
WORDS = (
    *("Haus", "die", "Größe", "ist", "gut.", "Ja,", "„So“", "A & B", "a<b", '"so"', "it's"),
    *("50", "%", "3,5", "{name}", "%s", "#", "|", "*", "_x_", "[a]", "-", "\\", "$", "~", "="),
    *("日本", "שלום", "😀", "e\u0301", "z.\u00a0B.", "Schiff\u00adfahrt", "<x1>", "&amp;", ";"),
)
# Sentences that a person would write, without which a file may be taken for data.
USUAL = ["Das Haus ist rot.", "Das Kind spielt.", "Das ist alles.", "Das Buch liegt hier."]


def texts_of(words: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Paragraphs of such words; each is a sentence, so that subtitles are none together."""
    sentences = st.lists(st.sampled_from(words), max_size=6).map(
        lambda some: " ".join(["Das", *some, "See."])
    )
    return st.lists(sentences, min_size=1, max_size=2).map(lambda texts: [*USUAL, *texts])


TEXTS = texts_of(WORDS)
# Letters of a font that has no more.
PLAIN = texts_of(WORDS[:17])
# Kinds in which a translation stands beside its source, or is set anew.
BESIDE = frozenset((".po", ".xlf"))
ANEW = frozenset((".pdf",))
QUICK = settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))


def file_with(ending: str, data: st.DataObject) -> bytes:
    return file_of(ending, data.draw(PLAIN if ending in ANEW else TEXTS))


def test_every_kind_has_its_laws() -> None:
    kinds = {ending for ending, kind in KINDS.items() if kind.open}
    assert kinds == MAKERS.keys() | LIKE.keys()


@pytest.mark.parametrize("ending", LIKE)
def test_a_kind_that_is_like_another_is_read_as_it(ending: str) -> None:
    texts = ["Das Haus ist gut.", "Der See & die Größe"]
    data = file_of(ending, texts)
    document = open_document(f"a{ending}", data)
    assert document.lines == open_document(f"a{LIKE[ending]}", data).lines
    assert set(texts) <= set(document.lines)


@pytest.mark.parametrize("ending", MAKERS)
@QUICK
@given(st.data())
def test_lines_are_trimmed_and_whole(ending: str, data: st.DataObject) -> None:
    document = open_document(f"a{ending}", file_with(ending, data))
    assert document.lines
    for line in document.lines:
        assert line == line.strip()
        assert line.splitlines() == [line]


@pytest.mark.parametrize("ending", [each for each in MAKERS if each not in BESIDE | ANEW])
@QUICK
@given(st.data())
def test_with_its_own_lines_a_file_is_the_same(ending: str, data: st.DataObject) -> None:
    file = file_with(ending, data)
    document = open_document(f"a{ending}", file)
    assert content_of(document.rebuilt(document.lines)) == content_of(file)


@pytest.mark.parametrize("ending", MAKERS)
@QUICK
@given(st.data())
def test_there_are_as_many_targets_as_lines(ending: str, data: st.DataObject) -> None:
    document = open_document(f"a{ending}", file_with(ending, data))
    for targets in ([*document.lines, "mehr"], document.lines[1:]):
        with pytest.raises(DocumentError, match="number of lines"):
            document.rebuilt(targets)


@pytest.mark.parametrize("ending", [each for each in MAKERS if each not in BESIDE | ANEW])
@QUICK
@given(st.data())
def test_what_is_rebuilt_has_its_targets_as_lines(ending: str, data: st.DataObject) -> None:
    document = open_document(f"a{ending}", file_with(ending, data))
    targets = [line.replace("Das ", "Dies ") for line in document.lines]
    again = open_document(f"a{ending}", document.rebuilt(targets))
    assert again.lines == targets
    assert content_of(again.rebuilt(targets)) == content_of(document.rebuilt(targets))


@pytest.mark.parametrize("ending", sorted(BESIDE))
def test_a_file_in_which_all_is_translated_is_refused(ending: str) -> None:
    document = open_document(f"a{ending}", file_of(ending, ["Das Haus", "Der See"]))
    with pytest.raises(DocumentError, match="translation already"):
        open_document(f"a{ending}", document.rebuilt(["The house", "The lake"], "en"))


@pytest.mark.parametrize("ending", MARKS)
def test_the_mark_of_the_language_names_that_of_the_targets(ending: str) -> None:
    file = file_of(ending, ["Das Haus ist gut.", "Der See ist groß."])
    document = open_document(f"a{ending}", file)
    mark = MARKS[ending].encode()
    assert any(mark in content for content in content_of(file).values())
    for language in ("en", "fr"):
        new = content_of(document.rebuilt(document.lines, language)).values()
        said = MARKS[ending].replace("de-DE", "de").replace("de", language).encode()
        assert any(said in content.replace(b"-US", b"").replace(b"-FR", b"") for content in new)
        assert not any(mark in content for content in new)


@pytest.mark.parametrize("ending", MAKERS)
@QUICK
@given(st.data())
def test_damage_is_refused_or_read(ending: str, data: st.DataObject) -> None:
    """Damage inside of the parts of a package, too, which no checksum finds."""
    content = content_of(file_of(ending, ["Das Haus ist gut.", "Der See & die Größe"]))
    name = data.draw(st.sampled_from(sorted(content)))
    damaged = bytearray(content[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        new = data.draw(st.one_of(st.binary(max_size=3), st.sampled_from(DAMAGE)))
        damaged[at : at + data.draw(st.integers(0, 9))] = new
    file = {**content, name: bytes(damaged[: data.draw(st.integers(0, 9)) * 400 or None])}
    try:
        document = open_document(f"a{ending}", file[""] if "" in file else packed(file))
    except DocumentError:
        return
    document.rebuilt([f"Neu {line}" for line in document.lines], "en")


DAMAGE = (b"<", b">", b'"', b"'", b"&", b"/", b"\\", b"{", b"\n", b"<w:p/>", b'x="1"', b"\xff")
