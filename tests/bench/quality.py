"""Is anything lost on the way? BLEU and chrF of the service and of transformers fp32."""

from pathlib import Path

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.processes import serving

BATCH = 32


def measure(figures: Figures, eval_file: Path, hf: Path, *, no_transformers: str) -> None:
    """Print both scores of both sides; `no_transformers` says why there is no comparison."""
    name = "BLEU of the service − of transformers fp32"
    if no_transformers:
        figures.impossible(name, no_transformers)
        return
    import sacrebleu  # noqa: PLC0415 - the other parts run without it

    pairs = news.pairs(eval_file)
    sources, references = [pair[0] for pair in pairs], [[pair[1] for pair in pairs]]
    with serving("translator", {"text": "Guten Tag!"}) as service:
        # A paragraph each: a line could be a part of a wrapped paragraph.
        ours = service.translate("\n\n".join(sources))["text"].split("\n\n")
    with serving(
        "tests.bench.transformers_server",
        {"sentences": ["Guten Tag!"]},
        HF_DIR=str(hf),
        HF_HUB_OFFLINE="1",
    ) as other:
        order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
        answer = other.http.post(
            "/translate", json={"sentences": [sources[i] for i in order], "batch": BATCH}
        )
        answer.raise_for_status()
        theirs = [text for _, text in sorted(zip(order, answer.json(), strict=True))]
    bleu = [sacrebleu.corpus_bleu(side, references).score for side in (ours, theirs)]
    chrf = [sacrebleu.corpus_chrf(side, references).score for side in (ours, theirs)]
    figures.at_least(name, bleu[0] - bleu[1], -0.3, f"{bleu[0]:.2f} and {bleu[1]:.2f}")
    figures.reported(
        "chrF of the service − of transformers fp32",
        chrf[0] - chrf[1],
        f"{chrf[0]:.2f} and {chrf[1]:.2f}, {len(pairs):,} sentences",
    )
