"""Model cards: the tokens that a model wants around a segment."""

import json
from pathlib import Path

import pytest

from translator.inference.engine import ModelError, read_card

FIELDS = {"name": "mine", "source": "de", "target": "en"}


def card_with(folder: Path, **fields: object) -> Path:
    (folder / "model.json").write_text(json.dumps(FIELDS | fields), "utf-8")
    return folder


def test_a_card_without_tokens_has_the_usual_ones(tmp_path: Path) -> None:
    card = read_card(card_with(tmp_path))
    assert card.source_prefix == card.target_prefix == ()
    assert card.source_suffix is None


def test_tokens_are_read(tmp_path: Path) -> None:
    card = read_card(
        card_with(
            tmp_path,
            source_prefix=["deu_Latn"],
            source_suffix=[],
            target_prefix=["eng_Latn"],
        )
    )
    assert card.source_prefix == ("deu_Latn",)
    assert card.source_suffix == ()
    assert card.target_prefix == ("eng_Latn",)


@pytest.mark.parametrize("name", ["source_prefix", "source_suffix", "target_prefix"])
@pytest.mark.parametrize("value", ["</s>", [1], {"a": "b"}, None])
def test_other_things_are_no_tokens(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ModelError, match="is no list of tokens"):
        read_card(card_with(tmp_path, **{name: value}))
