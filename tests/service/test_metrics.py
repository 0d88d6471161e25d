"""Metrics and logs of running services: they tell what was done, and never what was said."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.instance import ROOT, Instance
from tests.support.texts import book

WORD = "Zwetschgenquirl"
# In German, in English and in an address.
ODD = re.compile(r"zwetsch|quirl|plumwh", re.IGNORECASE)
DASHBOARD = json.loads((ROOT / "scripts/monitoring/grafana-dashboard.json").read_text("utf-8"))
NOT_OURS = re.compile(r"(process|python)_")


@pytest.fixture(scope="module")
def stack() -> Iterator[Instance]:
    """An instance whose counters nobody else moves."""
    with Instance() as instance:
        yield instance


@pytest.fixture
def http(stack: Instance) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.web_url, timeout=60) as http:
        yield http


def text_of(stack: Instance, service: str) -> str:
    url = {"web": stack.metrics_url, "translator": stack.translator_url}[service]
    answer = httpx.get(f"{url}/metrics", timeout=30)
    assert answer.status_code == 200
    return answer.text


class Figures:
    """Metrics of both services, now."""

    def __init__(self, stack: Instance) -> None:
        self.values = {
            (each.name, frozenset(each.labels.items())): each.value
            for service in ("web", "translator")
            for family in text_string_to_metric_families(text_of(stack, service))
            for each in family.samples
        }

    def sum(self, name: str, **labels: str) -> float:
        """Over all samples of this name that have these labels."""
        return sum(
            value
            for (each, has), value in self.values.items()
            if each == name and labels.items() <= dict(has).items()
        )


def log_of(stack: Instance, service: str) -> list[dict[str, str]]:
    """The lines of a log; each must be JSON.

    A request's line comes just after the end of its answer, and before any later answer.
    """
    url = stack.web_url if service == "web" else stack.translator_url
    httpx.get(f"{url}/health", timeout=30)
    lines = (stack.run_dir / f"{service}.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_counters_move_by_exactly_what_was_done(stack: Instance, http: httpx.Client) -> None:
    before = Figures(stack)
    for _ in range(2):  # the second time from the cache
        http.post("/translate", json={"text": f"Das ist ein {WORD}. Ich mag ihn."})
    http.post("/translate", json={"text": " "})
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    long = http.post("/translate", content=book(characters=9_000, seed=3), headers=plain)
    address = long.headers["Content-Location"]
    passages = http.get(f"{address}.json", headers={"Prefer": "wait=60"}).json()["passages"]
    http.get(f"/{WORD}")
    after = Figures(stack)

    def moved(name: str, **labels: str) -> float:
        return after.sum(name, **labels) - before.sum(name, **labels)

    assert passages >= 3
    assert moved("web_translations_total", origin="api", kind="short") == 2
    assert moved("web_translations_total", origin="api", kind="long") == 1
    assert moved("web_passages_total", outcome="done") == passages
    assert moved("web_passages_total") == passages
    assert moved("web_translator_answers_total", path="/translate", status="200") == 2 + passages
    assert moved("translator_http_requests_total", route="/translate") == 2 + passages
    assert moved("translator_http_request_seconds_count", route="/translate") == 2 + passages
    for labels, count in (
        ({"route": "/translate", "status": "200"}, 3),
        ({"route": "/translate", "status": "400"}, 1),
        ({"route": "/translations/{translation_id}.json", "status": "200"}, 1),
        ({"route": "other", "status": "404"}, 1),
    ):
        assert moved("web_http_requests_total", **labels) == count, labels
    for le in ("1800.0", "+Inf"):
        assert moved("web_http_request_seconds_bucket", route="/translate", le=le) == 4
    # One answer came in parts.
    assert moved("web_http_first_part_seconds_count", route="/translate") == 1
    first = moved("web_http_first_part_seconds_sum", route="/translate")
    assert 0 < first < moved("web_http_request_seconds_sum", route="/translate")

    asked = moved("translator_cache_hits_total") + moved("translator_cache_misses_total")
    assert moved("translator_cache_hits_total") >= 2
    assert moved("translator_segments_total", status="translated") <= asked
    batches = moved("translator_batches_total")
    assert moved("translator_batch_rows_count") == batches > 2
    assert moved("translator_batch_rows_sum") <= moved("translator_cache_misses_total")
    source, padded = (moved(f"translator_{each}_tokens_total") for each in ("source", "padded"))
    assert 1_000 < source <= padded
    # Widths are sums of the batches' shares of 768 tokens.
    assert moved("translator_batch_fill_ratio_sum") == pytest.approx(padded / 768)
    assert moved("translator_target_tokens_total") > 1_000
    assert after.sum("translator_queued_segments") == after.sum("web_jobs_held") == 0
    assert after.sum("web_queue_open_passages") == 0
    assert after.sum("translator_model_info", model="demo-de-en", demonstration="true") == 1


def test_the_published_port_gives_metrics_to_nobody(stack: Instance, http: httpx.Client) -> None:
    text_of(stack, "web")
    inner = f"127.0.0.1:{stack.metrics_port}"
    for headers in ({}, {"Host": inner}, {"X-Forwarded-Host": inner, "X-Forwarded-Port": "9090"}):
        answer = http.get("/metrics", headers=headers)
        assert answer.status_code == 403
        assert "needs a key" in answer.json()["error"]
        assert "web_http" not in answer.text


def test_the_id_of_a_request_is_in_both_logs(stack: Instance, http: httpx.Client) -> None:
    identity = "test.the-id_1"
    answer = http.post(
        "/translate", json={"text": "Guten Tag!"}, headers={"X-Request-ID": identity}
    )
    assert answer.headers["X-Request-ID"] == identity
    for service in ("web", "translator"):
        (line,) = [each for each in log_of(stack, service) if each.get("request_id") == identity]
        assert line["message"] == "POST /translate 200"
        assert line["logger"] == f"{service}.access"
    made = http.get("/nothing", headers={"X-Request-ID": "no id"}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_each_passage_of_a_long_text_has_an_id(stack: Instance, http: httpx.Client) -> None:
    text = book(characters=9_000, seed=4)
    fields = http.post("/translate", json={"text": text}, headers={"X-Request-ID": "long"}).json()
    line = [each for each in log_of(stack, "web") if "begins" in each["message"]][-1]
    assert (line["message"], line["request_id"]) == (f"translation {fields['id']} begins", "long")
    asked = {each.get("request_id") for each in log_of(stack, "translator")}
    assert asked >= {f"job-{fields['id']}-{seq}" for seq in range(fields["passages"])}


def test_no_text_in_a_log_or_a_metric(stack: Instance, http: httpx.Client) -> None:
    text = f"Der {WORD} steht am Fenster."
    json_type = {"Content-Type": "application/json"}
    requests: list[tuple[int, dict[str, Any]]] = [
        (200, {"json": {"text": text}}),
        (303, {"data": {"text": text}}),
        (200, {"content": text.encode(), "headers": {"Content-Type": "text/plain"}}),
        (400, {"json": {"text": text, "target": "zz"}}),
        (400, {"json": {"text": text, "target": WORD * 9}}),
        (400, {"content": f'{{"text": "{WORD}\\ud800"}}'.encode(), "headers": json_type}),
        (400, {"content": f'{{"text": "{WORD}'.encode(), "headers": json_type}),
        (415, {"content": text.encode(), "headers": {"Content-Type": f"text/{WORD}"}}),
        (403, {"json": {"text": text}, "headers": {"Origin": f"http://{WORD}.example"}}),
        (200, {"json": {"text": text}, "headers": {"X-Request-ID": f"{WORD} {WORD}"}}),
    ]
    for status, request in requests:
        answer = http.post("/translate", **request)
        assert answer.status_code == status, request
    for address in (f"/?q={WORD}", f"/{WORD}", f"/translations/{WORD}", f"/static/{WORD}"):
        http.get(address)
    for body in ({"text": text}, {"text": text, "target": WORD}, {"text": [text]}, {WORD: text}):
        httpx.post(f"{stack.translator_url}/translate", json=body, timeout=30)
    httpx.get(f"{stack.translator_url}/{WORD}?q={WORD}", timeout=30)
    for service in ("web", "translator"):
        assert len(log_of(stack, service)) > 5
        for said in ((stack.run_dir / f"{service}.log").read_text(), text_of(stack, service)):
            assert not ODD.search(said)


def test_without_the_database_metrics_still_come(stack: Instance, http: httpx.Client) -> None:
    stack.kill("database")
    try:
        assert http.post("/translate", json={"text": "Guten Tag!"}).json()["kept"]
        figures = Figures(stack)
        assert figures.sum("web_spool_files") == 1
        assert figures.sum("web_database_errors_total", kind="away") > 0
        assert math.isnan(figures.sum("web_queue_open_passages"))
    finally:
        stack.up()


def names(stack: Instance) -> set[str]:
    """Every name that a query can ask for."""
    return {
        f"{family.name}{end}"
        for service in ("web", "translator")
        for family in text_string_to_metric_families(text_of(stack, service))
        for end in {
            "counter": ("_total",),
            "histogram": ("_bucket", "_sum", "_count"),
        }.get(family.type, ("",))
    }


def test_the_dashboard_asks_for_what_there_is(stack: Instance) -> None:
    panels = [each for each in DASHBOARD["panels"] if each["type"] != "row"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    known = names(stack)
    asked = {
        name
        for query in queries
        for name in re.findall(r"\b(?:web|translator|process)_\w+", re.sub(r'"[^"]*"', "", query))
    }
    assert asked <= known
    # And it leaves nothing out that is ours.
    bare = {re.sub("_(bucket|sum|count)$", "", name) for name in asked}
    ours = {re.sub("_(bucket|sum|count)$", "", name) for name in known if not NOT_OURS.match(name)}
    assert ours <= bare
    assert all(panel["fieldConfig"]["defaults"]["unit"] for panel in panels)


def test_the_readme_names_every_metric(stack: Instance) -> None:
    readme = Path(ROOT / "README.md").read_text("utf-8")
    for name in names(stack):
        if not NOT_OURS.match(name):
            assert f"`{re.sub('_(bucket|sum|count)$', '', name)}`" in readme
