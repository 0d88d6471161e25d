"""The embeddings and the output layer of a checkpoint, which may be one matrix or three."""

import numpy as np
import pytest

from translator.install import SourceError
from translator.install.sources import marian_weights

SHARED, OUTPUT, BIAS = "model.shared.weight", "lm_head.weight", "final_logits_bias"
ENCODER, DECODER = "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"
ALONE = {"share_encoder_decoder_embeddings": False}
UNTIED = {"tie_word_embeddings": False}


def matrix(number: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.full((4, 2), number, np.float32)


@pytest.mark.parametrize(
    ("config", "names", "expected"),
    [
        ({}, [SHARED, ENCODER, DECODER, OUTPUT], (SHARED, SHARED, SHARED)),
        ({}, [OUTPUT], (OUTPUT, OUTPUT, OUTPUT)),
        ({}, [DECODER, ENCODER], (DECODER, DECODER, DECODER)),
        (UNTIED, [SHARED, OUTPUT], (SHARED, SHARED, OUTPUT)),
        (ALONE, [ENCODER, DECODER, OUTPUT], (ENCODER, DECODER, DECODER)),
        (ALONE, [SHARED, ENCODER, DECODER], (ENCODER, DECODER, DECODER)),
        (ALONE, [ENCODER, OUTPUT], (ENCODER, OUTPUT, OUTPUT)),
        (ALONE | UNTIED, [ENCODER, DECODER, OUTPUT], (ENCODER, DECODER, OUTPUT)),
    ],
)
def test_which_matrix_is_which(
    config: dict[str, bool], names: list[str], expected: tuple[str, str, str]
) -> None:
    tensors = {name: matrix(number) for number, name in enumerate(names)}
    weights = marian_weights(tensors, config, 3, 4)
    for name, whose in zip(
        ("encoder_Wemb", "decoder_Wemb", "decoder_ff_logit_out_Wt"), expected, strict=True
    ):
        length = 3 if name == "encoder_Wemb" else 4
        assert np.array_equal(weights[name], tensors[whose][:length])
    assert weights["decoder_ff_logit_out_b"].tolist() == [0, 0, 0, 0]


def test_the_bias_of_the_tokens_that_there_are() -> None:
    tensors = {SHARED: matrix(1), BIAS: np.array([[1, 2, 3, 4]], np.float32)}
    assert marian_weights(tensors, {}, 3, 3)["decoder_ff_logit_out_b"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("config", "names", "missing"),
    [
        ({}, [BIAS], SHARED),
        (UNTIED, [SHARED], OUTPUT),
        (ALONE, [SHARED, ENCODER], DECODER),
        (ALONE, [DECODER], ENCODER),
    ],
)
def test_what_is_missing_is_named(config: dict[str, bool], names: list[str], missing: str) -> None:
    with pytest.raises(SourceError, match=missing):
        marian_weights({name: matrix(0) for name in names}, config, 4, 4)
