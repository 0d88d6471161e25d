"""Benchmark of the engine: its verdicts and its text."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.versions.rows import HEAD, Row


def test_a_figure_on_its_target_is_met_and_one_beyond_is_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures = Figures()
    figures.at_least("speed", 0.95, 0.95)
    figures.at_most("wait", 3.0, 3)
    figures.reported("size", 7)
    assert figures.missed == []
    figures.at_least("slow", 0.949, 0.95)
    figures.at_most("late", 3.001, 3)
    figures.impossible("quality", "not installed")
    assert figures.missed == ["slow", "late", "quality"]
    lines = capsys.readouterr().out.splitlines()
    assert ["MISSED" in line for line in lines] == [False, False, False, True, True, True]
    assert [" OK" in line for line in lines] == [True, True, False, False, False, False]
    assert lines[-1].endswith("not installed")


@pytest.fixture
def eval_file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    rows = [f"Das ist Satz {name}.\tThis is sentence {name}." for name in "ABCDE"]
    path.write_text("\n".join([*rows, "Eine Frage?\tA question?"]), encoding="utf-8")
    return path


def test_no_sentence_comes_twice_and_the_text_is_the_same_each_time(eval_file: Path) -> None:
    first = list(islice(news.sentences(eval_file), 3000))
    assert len(set(first)) == 3000
    assert first == list(islice(news.sentences(eval_file), 3000))
    assert all(sentence.endswith(".") and "?" not in sentence for sentence in first)


def test_a_text_is_as_long_as_asked_and_in_paragraphs(eval_file: Path) -> None:
    text = news.text(news.sentences(eval_file), 5000)
    assert 5000 <= len(text) < 6000
    assert "\n\n" in text


def test_pairs_are_source_and_reference(eval_file: Path) -> None:
    pairs = news.pairs(eval_file)
    assert pairs[0] == ("Das ist Satz A.", "This is sentence A.")
    assert len(pairs) == 6


def test_a_row_is_judged_by_its_ratio_or_by_itself() -> None:
    half = Row("time", old=4.0, new=2.0, target=0.5)
    assert half.ratio == 0.5
    assert not half.missed
    assert Row("time", old=4.0, new=2.01, target=0.5).missed
    assert not Row("growth", old=2.0, new=1.05, target=1.05, by_itself=True).missed
    assert Row("growth", old=9.0, new=1.06, target=1.05, by_itself=True).missed
    assert not Row("size", old=1.0, new=99.0).missed
    assert ["MISSED" in str(row) for row in (half, replace(half, new=3.0))] == [False, True]
    assert str(half).count("|") == HEAD.count("|")
