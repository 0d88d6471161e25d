"""Licences and languages that models state, and figures that they are judged by."""

from pathlib import Path

import pytest

from translator.install import SourceError
from translator.install.judging import lines_with_figures
from translator.install.licences import need_acceptance, stated, stated_pair


@pytest.mark.parametrize(
    ("readme", "family", "licence"),
    [
        ("---\nlanguage:\n- de\nlicense: cc-by-4.0\n---\n# Model\n", "", "cc-by-4.0"),
        ("---\r\nlicense: 'Apache-2.0'\r\n---\r\n", "", "apache-2.0"),
        ("---\ntags:\n- a\n---\nlicense: mit\n", "", ""),
        ("The model is licensed CC-BY 4.0\n", "", "cc-by-4.0"),
        ("Data: CC BY 2.0.\nLicence: CC BY-NC-SA 4.0.", "", "cc-by-nc-sa-4.0"),
        ("Data: CC BY 2.0.", "", ""),
        ("# Model\n", "NLLB", "cc-by-nc-4.0"),
        (None, "NLLB", "cc-by-nc-4.0"),
        ("---\nlicense: mit\n---\n", "NLLB", "mit"),
        (None, "", ""),
    ],
)
def test_the_licence_is_the_one_that_is_stated(
    tmp_path: Path, readme: str | None, family: str, licence: str
) -> None:
    if readme is not None:
        (tmp_path / "README.md").write_bytes(readme.encode())
    assert stated(tmp_path, family) == licence


@pytest.mark.parametrize(
    ("readme", "pair"),
    [
        ("# `quickmt-zh-en` Neural Machine Translation Model\n", ("zh", "en")),
        ("* source languages: de\n* target languages: en\n", ("de", "en")),
        ("*  source language(s): deu\n* target language(s): eng\n", ("de", "en")),
        ("* source language(s): dan fao isl\n* target language(s): eng\n", None),
        ("# A model\n", None),
        (None, None),
    ],
)
def test_the_languages_are_those_that_are_stated(
    tmp_path: Path, readme: str | None, pair: tuple[str, str] | None
) -> None:
    if readme is not None:
        (tmp_path / "README.md").write_text(readme, "utf-8")
    assert stated_pair(tmp_path) == pair


@pytest.mark.parametrize("licence", ["", "mit", "apache-2.0", "cc-by-4.0", "cc-by-sa-4.0"])
def test_a_licence_for_every_use_needs_nothing(licence: str) -> None:
    need_acceptance(licence, accepted=False)


@pytest.mark.parametrize("licence", ["cc-by-nc-4.0", "other", "cc-by-nd-4.0"])
def test_another_has_to_be_accepted(licence: str) -> None:
    need_acceptance(licence, accepted=True)
    with pytest.raises(SourceError, match=f"licence is {licence}.*--accept-license"):
        need_acceptance(licence, accepted=False)


def test_the_figures_are_those_of_the_sentences() -> None:
    german, english = lines_with_figures("de"), lines_with_figures("en")
    assert len(german) == len(english) == 20
    assert lines_with_figures("fr") == []
    for here, there in zip(german, english, strict=True):
        assert here.changed(here.text) == 0
        assert here.changed(there.text) == 0
        assert here.figures == there.figures
        assert here.changed("none") == len(here.figures)


def test_a_changed_figure_is_counted() -> None:
    line = lines_with_figures("de")[0]  # 1.250,50
    assert line.changed("The rent is 1,250.50 euros.") == 0
    assert line.changed("The rent is 1 250,50 euros.".replace(" 2", "\u00a02")) == 0
    assert line.changed("The rent is 1,250.05 euros.") == 1
