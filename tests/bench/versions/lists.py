"""A list of sentences in one request, beside the same number of sentences as one text."""

import json
import statistics
import time
from collections.abc import Callable, Iterator

import httpx

from tests.bench.versions.rows import Builds, Row
from tests.bench.versions.texts import new_sentences

SENTENCES, ROUNDS = 100, 9
SECONDS = 600

Body = Callable[[list[str]], dict[str, object]]
LISTS: tuple[tuple[str, str, Body, Body], ...] = (
    (
        "q of LibreTranslate",
        "/translate",
        lambda sentences: {"q": sentences, "source": "de", "target": "en"},
        lambda sentences: {"q": "\n".join(sentences), "source": "de", "target": "en"},
    ),
    (
        "text of DeepL",
        "/v2/translate",
        lambda sentences: {"text": sentences, "source_lang": "DE", "target_lang": "EN"},
        lambda sentences: {
            "text": ["\n".join(sentences)],
            "source_lang": "DE",
            "target_lang": "EN",
        },
    ),
)


def list_of_sentences(builds: Builds) -> Iterator[Row]:
    """Time for a list ÷ time for as many other sentences as one text, per character; medians."""
    for name, path, as_list, as_text in LISTS:
        with httpx.Client(timeout=SECONDS) as http:
            times: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
            for number in range(ROUNDS):
                for build, (lists, texts) in zip(builds, times, strict=True):
                    forms = [(as_list, lists), (as_text, texts)]
                    for form, taken in forms if number % 2 else reversed(forms):
                        sentences = new_sentences(SENTENCES)
                        url, body = build.web_url + path, json.dumps(form(sentences))
                        began = time.perf_counter()
                        answer = http.post(
                            url, content=body, headers={"Content-Type": "application/json"}
                        )
                        seconds = time.perf_counter() - began
                        answer.raise_for_status()
                        taken.append(seconds / sum(map(len, sentences)))
            old, new = (
                statistics.median(lists) / statistics.median(texts) for lists, texts in times
            )
        figure = f"{SENTENCES} sentences as {name} ÷ as one text of {SENTENCES} lines"
        yield Row(figure, old, new, target=1.05, by_itself=True)
