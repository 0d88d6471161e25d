"""Language codes in other spellings, and the tokens that models name languages by."""

import pytest

from translator.inference.engine import END
from translator.install import SourceError
from translator.install.language_codes import language_code
from translator.install.language_tokens import Tokens, family, tokens_for


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("deu_Latn", "de"),
        ("zh-Hans", "zh"),
        ("zh_CN", "zh"),
        ("zho_Hans", "zh"),
        ("zho_Hant", "zh-Hant"),
        ("zt", "zh-Hant"),
        ("pb", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("pt-PT", "pt"),
        ("nb", "nb"),
        ("nob_Latn", "nb"),
        ("no", "nb"),
        ("nn", "nn"),
        ("arb_Arab", "ar"),
        ("jpn_Jpan", "ja"),
        ("kor_Hang", "ko"),
        ("srp_Cyrl", "sr"),
        ("ast", "ast"),
        ("es-419", "es-419"),
        ("kas_Deva", "kas-Deva"),
    ],
)
def test_each_spelling_has_one_code(given: str, code: str) -> None:
    assert language_code(given) == code
    assert language_code(code) == code


@pytest.mark.parametrize("given", ["", "d", "German", "de-", "zh-Hans-CN-x", "../de", "de en"])
def test_others_are_none(given: str) -> None:
    with pytest.raises(ValueError, match="is no language code"):
        language_code(given)


NLLB = "deu_Latn eng_Latn zho_Hans zho_Hant nob_Latn " + " ".join(
    f"{code}_Latn"
    for code in [
        "fra",
        "spa",
        "ita",
        "por",
        "nld",
        "dan",
        "swe",
        "fin",
        "est",
        "lit",
        "pol",
        "ces",
        "slk",
        "hun",
        "ron",
        "tur",
    ]
)
VOCABULARIES = {
    "M2M100": ["<s>", "▁the", "__de__", "__en__", "__zh__", "__no__", "__fr__", "__es__"],
    "NLLB": NLLB.split(),
    "MADLAD-400": [
        "<unk>",
        "<2de>",
        "<2en>",
        "<2zh>",
        "<2no>",
        "<2zh_Latn>",
        "<2translit>",
        "▁the",
    ],
    "OPUS-MT": [">>deu<<", ">>eng<<", "▁the"],
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_the_family_is_told_by_the_vocabulary(name: str) -> None:
    found = family(VOCABULARIES[name])
    assert found
    assert found[0] == name
    assert {"de", "en"} <= set(found[1])
    assert family(["▁the", ">>deu<<", "__", "a_b", "<2>"]) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("M2M100", Tokens(("__de__",), (END,), ("__en__",))),
        ("NLLB", Tokens(("deu_Latn",), (END,), ("eng_Latn",))),
        ("MADLAD-400", Tokens(("<2en>",), (END,))),
        ("OPUS-MT", Tokens((">>eng<<",), (END,))),
    ],
)
def test_each_family_is_told_its_languages_in_its_way(name: str, expected: Tokens) -> None:
    found = family(VOCABULARIES[name])
    assert found
    assert tokens_for(*found, ("de", "en"), end=True) == expected
    assert tokens_for(*found, ("de", "en"), end=False).source_suffix == ()
    assert tokens_for(*found, ("de-AT", "en-GB"), end=True) == expected
    for unknown in ("xx", "de-Cyrl"):
        with pytest.raises(SourceError, match=f"has no token for {unknown}"):
            tokens_for(*found, ("de", unknown), end=True)
