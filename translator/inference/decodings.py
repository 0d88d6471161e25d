"""Decodings by quality: how wide the beam is for what is asked."""

from typing import Literal

from translator.inference.engine import Decoding

# best: the beam of the settings. fast: the one that was measured for the model. draft: greedy, for
# what is shown while its text is typed, and replaced then.
Quality = Literal["best", "fast", "draft"]


def decodings(beam_size: int, fast_beam: int, *, checks: bool) -> dict[Quality, Decoding]:
    """Decoding options of each quality; none has a wider beam than the best.

    With `checks`, all hypotheses of the beam are asked for, and words that are left out.
    """
    sizes: dict[Quality, int] = {"best": beam_size, "fast": min(fast_beam, beam_size), "draft": 1}
    return {
        quality: Decoding(size, hypotheses=size if checks else 1, coverage=checks)
        for quality, size in sizes.items()
    }
