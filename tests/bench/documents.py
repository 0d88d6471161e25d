"""Cost of a document beside its text: `python -m tests.bench.documents`, in about half an hour.

For each kind of file: seconds for a document of 200 KB of text by those of the same text through
`POST /translate`, in turns; the processor time that web has for both; and the peak of web's memory
over a document of nearly 50 MB, with pictures and with text alone. One line per figure; exits with
1 where a target is missed. `--kinds docx,pdf`, `--pairs` and `--characters` take less, `--only
time` or `--only memory` one half.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple

import httpx

from tests.bench import news
from tests.bench.document_files import MAKERS, Block, blocks
from tests.bench.figures import Figures
from tests.bench.processes import TICKS
from tests.bench.stand_in import answering_at_once
from tests.support.instance import ROOT, Instance

# Seconds of a document by those of its text, and peak memory by the document's size.
MOST_RATIO: Final = 1.10
MOST_RATIO_OF: Final = {"pdf": 1.25}
MOST_MEMORY: Final = 3.0
# Kinds without a target: they are measured, too.
FURTHER: Final = frozenset(("html", "odt", "srt"))
MEGABYTE: Final = 1_000_000
# Megabytes of a document with pictures; a document may have 50.
LARGE: Final = 49.5
# Characters of its text.
LITTLE_TEXT: Final = 20_000
# Megabytes of text of a document of text alone: of the largest that is taken, or nearly so. A PDF
# may take two minutes of a core.
MOST_TEXT: Final = {
    **dict.fromkeys(("docx", "odt", "epub", "pptx", "html"), 9),
    "md": 4,
    "pdf": 4,
    "srt": 6,
}
# Characters of new text in it; they are repeated.
NEW_TEXT: Final = 250_000
SERVICES: Final = ("web", "translator", "database")
SECONDS: Final = 1800
START_SECONDS: Final = 30


class Cost(NamedTuple):
    """Cost of one translation: seconds on the clock, and of a processor: for web, and for all."""

    seconds: float
    web: float
    services: float


def main() -> None:
    """Run an instance of its own, measure over HTTP, remove it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kinds", default=",".join(MAKERS))
    options.add_argument("--pairs", type=int, default=3)
    options.add_argument("--characters", type=int, default=200_000)
    options.add_argument("--only", choices=("time", "memory"))
    chosen = options.parse_args()
    kinds = chosen.kinds.split(",")
    figures = Figures()
    # A text is sent twice, as it is and as a document, and the second must not be known.
    with (
        Instance(settings={"CACHE_BYTES": "0"}) as instance,
        httpx.Client(base_url=instance.web_url, timeout=SECONDS) as http,
    ):
        if chosen.only != "memory":
            _time(figures, instance, http, kinds, chosen)
        if chosen.only != "time":
            with answering_at_once(instance):
                _memory(figures, instance, http, kinds)
    sys.exit(bool(figures.missed))


def _time(
    figures: Figures,
    instance: Instance,
    http: httpx.Client,
    kinds: Sequence[str],
    chosen: argparse.Namespace,
) -> None:
    source = news.sentences(ROOT / "translator/install/evaluation.tsv")
    for kind in kinds:  # warm
        _as_document(instance, http, kind, blocks(source, 1000))
    costs: dict[str, list[tuple[Cost, Cost]]] = {kind: [] for kind in kinds}
    for pair in range(chosen.pairs):
        for kind in kinds:
            text = blocks(source, chosen.characters)
            if pair % 2:  # whoever is first the other time
                plain = _as_text(instance, http, text)
                document = _as_document(instance, http, kind, text)
            else:
                document = _as_document(instance, http, kind, text)
                plain = _as_text(instance, http, text)
            costs[kind].append((document, plain))
    for kind, pairs in costs.items():
        ratio = statistics.median(document.seconds / plain.seconds for document, plain in pairs)
        documents, plains = zip(*pairs, strict=True)
        note = f"{_median(documents):.1f} s and {_median(plains):.1f} s, of {chosen.pairs} pairs"
        name = f".{kind} of {chosen.characters // 1000} KB of text ÷ the text, seconds"
        if kind in FURTHER:
            figures.reported(name, ratio, note)
        else:
            figures.at_most(name, ratio, MOST_RATIO_OF.get(kind, MOST_RATIO), note)
        figures.reported(
            f".{kind}: the same, processor time of all services",
            statistics.median(document.services / plain.services for document, plain in pairs),
        )
        own = statistics.median(document.web - plain.web for document, plain in pairs)
        figures.reported(
            f".{kind}: processor time of web for the document alone: s",
            own,
            f"{statistics.median(each.web for each in plains):.2f} s besides, as for the text",
        )


def _median(costs: Sequence[Cost]) -> float:
    return statistics.median(each.seconds for each in costs)


def _as_text(instance: Instance, http: httpx.Client, text: Sequence[Block]) -> Cost:
    content = "\n\n".join(each.text for each in text)
    with _costing(instance) as costs:
        http.post("/translate", json={"text": content}).raise_for_status()
    return costs[0]


def _as_document(instance: Instance, http: httpx.Client, kind: str, text: Sequence[Block]) -> Cost:
    content = MAKERS[kind](text, 0)
    with _costing(instance) as costs:
        _translated(http, kind, content)
    return costs[0]


@contextmanager
def _costing(instance: Instance) -> Iterator[list[Cost]]:
    """A list that has what the block has cost when it has ended."""
    costs: list[Cost] = []
    before, began = [_cpu_seconds(instance.pid(name)) for name in SERVICES], time.perf_counter()
    yield costs
    seconds = time.perf_counter() - began
    spent = [
        _cpu_seconds(instance.pid(name)) - old for name, old in zip(SERVICES, before, strict=True)
    ]
    costs.append(Cost(seconds, spent[0], sum(spent)))


def _translated(http: httpx.Client, kind: str, content: bytes) -> int:
    """Have a document translated and fetch it; gives its size."""
    answer = http.post(
        "/translate_file",
        data={"source": "de", "target": "en"},
        files={"file": (f"bericht.{kind}", content)},
    )
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"a .{kind} was refused: {answer.text[:300]}")
    size = 0
    with http.stream("GET", answer.json()["translatedFileUrl"]) as fetched:
        fetched.raise_for_status()
        for part in fetched.iter_raw():
            size += len(part)
    return size


def _memory(figures: Figures, instance: Instance, http: httpx.Client, kinds: Sequence[str]) -> None:
    source = news.sentences(ROOT / "translator/install/evaluation.tsv")
    little, much = blocks(source, LITTLE_TEXT), blocks(source, NEW_TEXT)
    for kind in kinds:
        if kind == "srt":  # it has no pictures
            continue
        own = len(MAKERS[kind](little, 0))
        content = MAKERS[kind](little, round(LARGE * MEGABYTE) - own - 50_000)
        _peak_of(figures, instance, http, kind, "pictures", content)
    for kind in kinds:
        repeated = [*much] * (MOST_TEXT[kind] * MEGABYTE // NEW_TEXT)
        content, what = MAKERS[kind](repeated, 0), f"{MOST_TEXT[kind]} MB of text"
        _peak_of(figures, instance, http, kind, what, content)


def _peak_of(
    figures: Figures, instance: Instance, http: httpx.Client, kind: str, what: str, content: bytes
) -> None:
    """Print the most memory of web, over what it has when nobody asks."""
    # A new process: what was freed for a document before is not given back to the system.
    instance.kill("web")
    instance.up()
    http.post("/translate", json={"text": "Guten Tag!"}).raise_for_status()
    _translated(http, kind, MAKERS[kind]([Block("paragraph", "Guten Tag, alle miteinander!")], 0))
    pid = instance.pid("web")
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")
    idle, before = _megabytes(pid, "VmRSS"), _cpu_seconds(pid)
    name = f".{kind} with {what}: peak memory of web ÷ its size"
    try:
        _translated(http, kind, content)
    except (RuntimeError, httpx.HTTPError) as error:
        figures.impossible(name, str(error))
        return
    peak, size = _megabytes(pid, "VmHWM") - idle, len(content) / MEGABYTE
    note = (
        f"{peak:.0f} MB over {idle:.0f} MB, file of {size:.1f} MB,"
        f" {_cpu_seconds(pid) - before:.1f} s of a processor"
    )
    if what == "pictures":
        figures.at_most(name, peak / size, MOST_MEMORY, note)
    else:
        figures.reported(f".{kind} with {what}: peak memory of web: MB", peak, note)


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def _stat(pid: int) -> list[str]:
    """Facts of the kernel about a process, from its state on (man 5 proc)."""
    return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()


def _megabytes(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.partition(f"{name}:")[2].split()[0]) / 1000


if __name__ == "__main__":
    main()
