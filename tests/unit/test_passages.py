import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.text.passages import Splitter

pieces = st.sampled_from(
    [
        "Ein Satz ist das. ",
        "Noch einer! ",
        "\n",
        "\n\n",
        "\r\n",
        " \n \n",
        "wort ",
        "z. B. ",
        "ä" * 30,
        "„Ja.“ ",
    ]
)


def split(parts: list[str], limit: int) -> list[str]:
    splitter = Splitter(limit)
    found = [passage for part in parts for passage in splitter.feed(part)]
    return found + list(splitter.finish())


@given(st.lists(pieces | st.text(max_size=20), max_size=60), st.integers(2, 120))
def test_the_passages_are_the_text(parts: list[str], limit: int) -> None:
    found = split(parts, limit)
    assert "".join(found) == "".join(parts)
    assert all(0 < len(passage) <= limit for passage in found)


@given(
    st.lists(pieces, max_size=60), st.lists(st.integers(1, 50), max_size=20), st.integers(20, 200)
)
def test_how_the_text_arrives_does_not_matter(
    parts: list[str], cuts: list[int], limit: int
) -> None:
    text = "".join(parts)
    arriving, start = [], 0
    for cut in cuts:
        arriving.append(text[start : start + cut])
        start += cut
    arriving.append(text[start:])
    assert split(arriving, limit) == split([text], limit)


def test_paragraphs_stay_whole() -> None:
    paragraphs = [f"Absatz {number}. " + "Wort " * 20 + "\n\n" for number in range(20)]
    found = split(["".join(paragraphs)], 500)
    assert len(found) > 1
    assert all(passage.endswith("\n\n") for passage in found)


def test_the_first_passage_of_a_long_text_is_short() -> None:
    paragraph = "Ein Absatz mit vielen Wörtern, der hier steht. " * 3 + "\n\n"
    first, second, *_ = split(["\n\n" + paragraph * 60], 4000)
    assert 0 < len(first) <= 400
    assert len(second) > 3000


def test_a_short_text_is_one_passage() -> None:
    assert len(split(["Ein Absatz.\n\n" * 100], 4000)) == 1


def test_a_paragraph_over_the_limit_is_cut_after_a_sentence() -> None:
    sentence = "Hier steht z. B. ein Satz, der von Dr. Müller am 3. Oktober geschrieben wurde. "
    found = split([sentence * 30], 500)
    assert all(passage.endswith("wurde. ") for passage in found)


@pytest.mark.parametrize("form", ["<br />", "<BR>", "<xbr1/>", "\\N"])
def test_a_paragraph_of_lines_is_cut_after_a_line(form: str) -> None:
    found = split([f"- Ich bin hier.{form}" * 60], 500)
    assert len(found) > 1
    assert all(passage.endswith(form) for passage in found)


def test_no_tag_is_cut() -> None:
    found = split(['wort <font color="#fff" size="3">wort</font> ' * 60], 500)
    assert all(passage.count("<") == passage.count(">") for passage in found)


def test_without_sentences_it_is_cut_at_a_word() -> None:
    assert all(passage.endswith(" ") for passage in split(["wort " * 300], 500)[:-1])


@pytest.mark.parametrize("text", ["x" * 10_000, "\n" * 10_000, "„" * 10_000, "\r\n" * 5_000])
def test_what_cannot_be_cut_well_is_cut_all_the_same(text: str) -> None:
    found = split([text], 4000)
    assert "".join(found) == text
    assert not any(passage.endswith("\r") for passage in found)
