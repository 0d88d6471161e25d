"""Options of a document: how they are written, kept and refused."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.documents.options import (
    NO_OPTIONS,
    DocumentOptions,
    NewVersion,
    OutputForm,
    check_form,
    options_json,
    options_of,
    options_of_json,
)
from web.errors import UserError
from web.formats.options import ReadingOptions


def fields(**values: list[str]) -> Callable[[str], list[str]]:
    return lambda name: values.get(name, [])


@pytest.mark.parametrize(
    ("values", "options"),
    [
        ({}, NO_OPTIONS),
        ({"columns": [""], "bilingual": [""], "output_format": [""]}, NO_OPTIONS),
        (
            {"columns": ["2, Notiz ,"]},
            DocumentOptions(ReadingOptions(columns=("2", "Notiz"))),
        ),
        (
            {"columns": ["Preis, netto", "Titel"]},
            DocumentOptions(ReadingOptions(columns=("Preis, netto", "Titel"))),
        ),
        ({"sheet_names": ["true"]}, DocumentOptions(ReadingOptions(sheet_names=True))),
        ({"sheet_names": ["0"]}, NO_OPTIONS),
        ({"bilingual": ["Below"]}, DocumentOptions(form=OutputForm("below"))),
        ({"output_format": ["DOCX"]}, DocumentOptions(form=OutputForm(output_format=".docx"))),
        ({"output_format": [".docx"]}, DocumentOptions(form=OutputForm(output_format=".docx"))),
        ({"previous": ["17"]}, DocumentOptions(previous="17")),
    ],
)
def test_options(values: dict[str, list[str]], options: DocumentOptions) -> None:
    assert options_of(fields(**values)) == options


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"bilingual": ["above"]}, "The field 'bilingual' can be: below, beside."),
        ({"sheet_names": ["perhaps"]}, "The field 'sheet_names' can be: true, false."),
        ({"bilingual": ["below", "beside"]}, "Send one value for 'bilingual', not several."),
        ({"bilingual": ["below"], "output_format": ["docx"]}, "leave out 'output_format'"),
        ({"columns": ["x" * 5000]}, "The field 'columns' is too long."),
    ],
)
def test_options_that_are_none(values: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UserError) as error:
        options_of(fields(**values))
    assert said in str(error.value)


@given(st.lists(st.text(max_size=20), max_size=5), st.booleans(), st.integers(1, 10**12))
def test_what_is_kept_is_read_again(columns: list[str], names: bool, number: int) -> None:  # noqa: FBT001
    options = DocumentOptions(ReadingOptions(tuple(columns), names), OutputForm("below"))
    version = NewVersion(number, 3, 1)
    assert options_of_json(options_json(options, version)) == (options, version)
    assert options_of_json(options_json(NO_OPTIONS, None)) == (NO_OPTIONS, None)
    assert options_json(NO_OPTIONS, None) == "{}"


def test_a_form_that_the_kind_does_not_have() -> None:
    assert check_form("a.docx", OutputForm(output_format=".docx")) == OutputForm()
    with pytest.raises(UserError, match=r"A .csv file cannot have both languages 'below'"):
        check_form("a.csv", OutputForm("below"))
    with pytest.raises(UserError, match=r"A .csv file cannot be given back as .docx, but as: .csv"):
        check_form("a.csv", OutputForm(output_format=".docx"))
