"""Evaluation of a model that was just made: BLEU, chrF, speed, memory, and its figures.

It runs in a process of its own, so that the memory is what the model takes and nothing else. The
figures are judged by their digits alone, not by the checks of the service, which are judged too:
with them, a figure is changed in silence when it is wrong in a translation without a warning.
"""

import asyncio
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sacrebleu

import translator
from translator.inference.decodings import decodings
from translator.inference.engine import Engine, ModelError
from translator.install.trial import answers

FIGURES: Final = Path(__file__).with_name("figures.tsv")
# Pairs that are translated at most: enough for BLEU to a point, and done in seconds.
MOST_PAIRS: Final = 300
WINDOW: Final = 256
_DIGITS: Final = re.compile(r"\d+(?:[.,'\u00a0\u202f]\d+)*")
_PEAK: Final = re.compile(r"^VmHWM:\s*(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class FigureLine:
    """Sentence with figures, each as the digits that its translation must have in a row."""

    text: str
    figures: tuple[str, ...]

    def changed(self, translation: str) -> int:
        """How many of the figures are not in a translation."""
        there = {re.sub(r"\D", "", each) for each in _DIGITS.findall(translation)}
        there.update(re.findall(r"\d+", translation))  # the year of 30.11.2026
        return sum(figure not in there for figure in self.figures)


def lines_with_figures(language: str) -> list[FigureLine]:
    """The sentences with figures in a language; none for one that there are none for."""
    rows = (row.split("\t") for row in FIGURES.read_text(encoding="utf-8").splitlines())
    return [
        FigureLine(text, tuple(figures.split())) for code, text, figures in rows if code == language
    ]


def judged(folder: Path, evaluation: Path | None, beam_size: int) -> str:
    """Evaluation of a model in one sentence. Raises ModelError when it fails."""
    arguments = [str(folder), str(evaluation or ""), str(beam_size)]
    here = str(Path(translator.__file__).parent.parent)
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-P", "-m", "translator.install.judging", *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((here, os.environ.get("PYTHONPATH", "")))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ModelError(f"The model fails when it is tried: {done.stderr.strip()[-1000:]}")
    return _sentence(json.loads(done.stdout))


def _sentence(found: dict[str, Any]) -> str:
    parts = []
    if "bleu" in found:
        parts.append(
            f"BLEU {found['bleu']:.1f} and chrF {found['chrf']:.1f} on {found['pairs']} pairs"
        )
    parts.append(f"{found['tokens']:,.0f} tokens/s here")
    parts.append(f"at most {found['memory'] / 1e6:,.0f} MB of memory")
    if found["figures"]:
        changed = f"{found['changed']} of {found['figures']} figures changed by the model alone"
        if found["silent"] is not None:
            changed += f", {found['silent']} in silence with the checks"
        parts.append(changed)
    return f"Evaluation: {'; '.join(parts)}."


def main() -> None:
    """Evaluate the model in a folder and print what was found as JSON."""
    folder, evaluation, beam_size = sys.argv[1:]
    engine = Engine(Path(folder), inter_threads=1, intra_threads=0)
    lines = lines_with_figures(engine.card.source)
    pairs = _pairs(evaluation)
    how = decodings(int(beam_size), int(beam_size), checks=True)["best"]
    texts = [source for source, _ in pairs] + [line.text for line in lines]
    if not texts:  # for the speed alone, which another language does not change much
        texts = [line.text for line in lines_with_figures("en")]
    began = time.perf_counter()
    found = [best for best, *_ in answers(engine, [engine.encode(each) for each in texts], how)]
    seconds = time.perf_counter() - began
    said = [each.text for each in found]
    figures = zip(lines, said[len(pairs) :], strict=False)
    result: dict[str, Any] = {
        "tokens": sum(each.tokens for each in found) / seconds,
        "figures": sum(len(line.figures) for line in lines),
        "changed": sum(line.changed(text) for line, text in figures),
        "silent": _silent(engine, lines, int(beam_size)),
        "memory": _peak(),
    }
    if pairs:
        references = [[target for _, target in pairs]]
        result |= {
            "pairs": len(pairs),
            "bleu": float(sacrebleu.corpus_bleu(said[: len(pairs)], references).score),
            "chrf": float(sacrebleu.corpus_chrf(said[: len(pairs)], references).score),
        }
    engine.close()
    sys.stdout.write(json.dumps(result))


def _pairs(evaluation: str) -> list[tuple[str, str]]:
    if not evaluation:
        return []
    rows = Path(evaluation).read_text(encoding="utf-8").splitlines()
    step = max(1, len(rows) // MOST_PAIRS)
    found = (row.split("\t") for row in rows[::step][:MOST_PAIRS])
    return [(source, target) for source, target, *_ in found]


def _peak() -> int:
    """Most memory of this process so far, in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    match = _PEAK.search(status.read_text(encoding="utf-8")) if status.exists() else None
    return 1024 * int(match[1]) if match else 0


def _silent(engine: Engine, lines: Sequence[FigureLine], beam_size: int) -> int | None:
    """Figures that the service would change without a warning.

    None where the service is not there: an image's models are made before its code is copied.
    """
    if importlib.util.find_spec("translator.pipeline") is None:
        return None
    return asyncio.run(_through_the_service(engine, lines, beam_size))


async def _through_the_service(engine: Engine, lines: Sequence[FigureLine], beam_size: int) -> int:
    from translator.inference.cache import Cache  # noqa: PLC0415 - see _silent
    from translator.inference.scheduler import Scheduler  # noqa: PLC0415
    from translator.pipeline import Pipeline  # noqa: PLC0415

    scheduler = Scheduler(workers=1, batch_tokens=768, queue_segments=1000, cache=Cache(0))
    pipeline = Pipeline(engine, scheduler, beam_size=beam_size, window_tokens=WINDOW)
    silent = 0
    try:
        for line in lines:
            with pipeline.admit() as ticket:
                results = [each async for each in pipeline.stream(ticket, line.text)]
            codes = {warning.code for result in results for warning in result.warnings}
            if "figures" not in codes:
                silent += line.changed("".join(each.target + each.separator for each in results))
    finally:
        await scheduler.close()
        pipeline.close()
    return silent


if __name__ == "__main__":
    main()
