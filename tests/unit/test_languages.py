"""Names of languages."""

import re

from web.text.languages import language_name

# As clients of other services' APIs have always got them.
NAMES = """
    ar Arabic, bg Bulgarian, ca Catalan, cs Czech, da Danish, de German, el Greek, en English,
    eo Esperanto, es Spanish, et Estonian, fi Finnish, fr French, he Hebrew, hi Hindi, hr Croatian,
    hu Hungarian, id Indonesian, is Icelandic, it Italian, ja Japanese, ko Korean, lt Lithuanian,
    lv Latvian, nl Dutch, no Norwegian, pl Polish, pt Portuguese, ro Romanian, ru Russian,
    sk Slovak, sl Slovenian, sv Swedish, tr Turkish, uk Ukrainian, vi Vietnamese, zh Chinese
"""


def test_names_are_those_of_cldr_and_do_not_change() -> None:
    names = dict(re.findall(r"(\w+) (\w+)", NAMES))
    assert len(names) == 37
    assert {code: language_name(code) for code in names} == names


def test_a_language_without_a_name_is_named_by_its_code() -> None:
    assert [language_name(code) for code in ("zls", "", "en_gb", "../x")] == [
        "zls", "", "en_gb", "../x"
    ]  # fmt: skip
