"""Characters a second: the service, CTranslate2 alone, and transformers as it is usually served."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench import news
from tests.bench.figures import Figures
from tests.bench.processes import Server, serving
from tests.bench.raw import Raw

SUBSET = 60
# The settings of CTranslate2 are compared on every so manieth segment.
SWEEP_STEP = 6


def measure(
    figures: Figures,
    eval_file: Path,
    model: Path,
    hf: Path,
    *,
    characters: int,
    rounds: int,
    no_transformers: str,
) -> None:
    """Print throughputs and their ratios; `no_transformers` says why there is no comparison.

    The sides take turns and the best round of each counts, since other work on the machine
    only ever makes a round slower.
    """
    source = news.sentences(eval_file)
    text = news.text(source, characters)
    first = {"text": "Guten Tag!"}
    raw = Raw(model)
    with ExitStack() as stack:
        service = stack.enter_context(
            serving("translator", first, CACHE_BYTES="0", MODELS_DIR=str(model.parent))
        )
        other = (
            None
            if no_transformers
            else stack.enter_context(
                serving(
                    "tests.bench.transformers_server",
                    {"sentences": ["Guten Tag!"]},
                    HF_DIR=str(hf),
                    HF_HUB_OFFLINE="1",
                )
            )
        )
        service.translate(news.text(source, characters // 20))  # warm
        # The questions that the model gets, as the service itself reports them.
        asked = [
            each["source"]
            for each in service.translate(text)["segments"]
            if each["status"] == "translated"
        ]
        tokens = raw.encode(asked)
        subset = asked[:: max(1, len(asked) // SUBSET)][:SUBSET]
        with service.paused():
            way, tried = raw.best_way(tokens[::SWEEP_STEP])
        best = {"service": 1e9, "raw": 1e9, "one": 1e9, "eight": 1e9}
        cpu = dict(best)
        for _ in range(rounds):
            seconds, spent = _service(service, text)
            best["service"], cpu["service"] = (
                min(best["service"], seconds),
                min(cpu["service"], spent),
            )
            with service.paused():
                before = time.process_time()
                best["raw"] = min(best["raw"], raw.seconds(tokens, way))
                cpu["raw"] = min(cpu["raw"], time.process_time() - before)
                if other:
                    best["one"] = min(best["one"], _transformers(other, subset, 1))
                    best["eight"] = min(best["eight"], _transformers(other, subset, 8))
    raw.close()
    size = sum(map(len, asked))
    speed, alone = size / best["service"], size / best["raw"]
    slowest = max(tried, key=tried.__getitem__)
    figures.reported(
        "POST /translate: characters/s", speed, f"{len(text):,} characters, {len(asked):,} segments"
    )
    figures.reported(
        "CTranslate2 alone: characters/s",
        alone,
        f"{way}, best of {len(tried)}; {slowest} is {tried[slowest] / tried[way]:.1f} times slower",
    )
    figures.at_least(
        "POST /translate ÷ CTranslate2 alone",
        speed / alone,
        0.95,
        f"processor time {cpu['service']:.1f} s and {cpu['raw']:.1f} s",
    )
    if no_transformers:
        figures.impossible("POST /translate ÷ transformers, one by one", no_transformers)
        return
    each = sum(map(len, subset))
    figures.at_least(
        "POST /translate ÷ transformers, one by one",
        speed / (each / best["one"]),
        25,
        f"{each / best['one']:.0f} characters/s on {len(subset)} of the segments",
    )
    figures.reported(
        "POST /translate ÷ transformers, batches of 8",
        speed / (each / best["eight"]),
        f"{each / best['eight']:.0f} characters/s",
    )


def _service(service: Server, text: str) -> tuple[float, float]:
    before, began = service.cpu_seconds(), time.perf_counter()
    service.translate(text)
    return time.perf_counter() - began, service.cpu_seconds() - before


def _transformers(other: Server, sentences: list[str], batch: int) -> float:
    body: dict[str, Any] = {"sentences": sentences, "batch": batch}
    began = time.perf_counter()
    other.http.post("/translate", json=body).raise_for_status()
    return time.perf_counter() - began
