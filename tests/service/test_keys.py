"""With keys: who gets in, how often, and for how much."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.support.closed import Closed, add_key, until
from tests.support.routes import path_of, routes
from web.access.policy import ADDRESSES, Access, Interface, rule_of


@pytest.fixture(scope="module")
def anna(closed: Closed) -> Iterator[httpx.Client]:
    with closed.client(closed.key("anna")) as http:
        yield http


def translated(http: httpx.Client, text: str) -> httpx.Response:
    return http.post("/translate", json={"text": text})


def test_every_address_is_closed_but_those_that_say_nothing(
    closed: Closed, anna: httpx.Client
) -> None:
    translated(anna, "Der Wal heißt Heinrich.").raise_for_status()
    asked = 0
    for route in routes():
        path = path_of(route)
        rule = rule_of(path)
        if rule.access is Access.OPEN or path == "/metrics":  # which has a test of its own
            continue
        for method in route.methods or ():
            for accept in ("*/*", "text/html"):
                answer = httpx.request(method, closed.web_url + path, headers={"Accept": accept})
                looks = accept == "text/html" and method in {"GET", "HEAD"}
                theirs = rule.interface in {Interface.LIBRETRANSLATE, Interface.DEEPL}
                # Their interfaces read a question first: its key may be in it.
                statuses = {400, 403} if theirs else {303} if looks else {401}
                assert answer.status_code in statuses, (method, path)
                assert "Heinrich" not in answer.text
                asked += 1
    assert asked >= 40
    open_ones = {path for path, rule in ADDRESSES.items() if rule.access is Access.OPEN}
    assert len(open_ones) > 5
    for path in (*sorted(open_ones), "/metrics", "/static/page.css", "/static/nothing"):
        for method in ("GET", "POST"):
            answer = httpx.request(method, closed.web_url + path, headers={"Accept": "text/html"})
            assert answer.status_code in {200, 303, 401, 403, 404, 405}
            assert "Heinrich" not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "DeepL-Auth-Key"])
def test_a_key_opens_everything(closed: Closed, anna: httpx.Client, scheme: str) -> None:
    headers = {"Authorization": anna.headers["Authorization"].replace("Bearer", scheme)}
    with httpx.Client(base_url=closed.web_url, headers=headers) as http:
        answer = http.post("/translate", content="Guten Morgen!")
        assert answer.text == "Good morning!"
        for path in ("/", "/history.jsonl", answer.headers["Content-Location"] + ".tmx"):
            assert http.get(path).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "header", ["Bearer nonsense", "Bearer", "Basic eDp5", f"Bearer {'x' * 999}"]
)
def test_what_is_no_key_opens_nothing(closed: Closed, header: str) -> None:
    answer = httpx.get(f"{closed.web_url}/history.jsonl", headers={"Authorization": header})
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "key" in answer.json()["error"]


def test_above_its_rate_a_key_is_told_when_to_come_back(closed: Closed) -> None:
    with closed.client(closed.key("often", "--rate", "3")) as http:
        answers = [http.get("/translations/0.json") for _ in range(4)]
        assert [each.status_code for each in answers][-2:] == [429, 429]
        assert answers[0].status_code == HTTPStatus.NOT_FOUND
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
        refused = translated(http, "Guten Morgen!")
        assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "3 requests a minute" in refused.json()["error"]


def test_a_budget_lasts_over_a_restart_of_everything(closed: Closed) -> None:
    text = "Guten Morgen!"
    with closed.client(closed.key("poor", "--budget", "30")) as http:
        assert [translated(http, text).status_code for _ in range(2)] == [200, 200]
        closed.kill("web")
        closed.kill("database")
        closed.up()
        refused = translated(http, text)
        assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert 0 < int(refused.headers["Retry-After"]) <= 31 * 24 * 3600
        assert "26 are used; this is 13 more" in refused.json()["error"]
        assert "Nothing was stored" in refused.json()["error"]
        assert translated(http, "Ja!").status_code == HTTPStatus.OK  # it still has 4
    assert closed.spent("poor") == 29


def test_what_is_refused_or_not_translated_costs_nothing(closed: Closed) -> None:
    with closed.client(closed.key("careful", "--budget", "1000")) as http:
        assert translated(http, " ").status_code == HTTPStatus.BAD_REQUEST
        assert translated(http, "x" * 1001).status_code == HTTPStatus.TOO_MANY_REQUESTS
        closed.kill("translator")
        try:
            assert translated(http, "Guten Tag!").status_code == HTTPStatus.SERVICE_UNAVAILABLE
        finally:
            closed.up()
        assert translated(http, "Guten Abend!").status_code == HTTPStatus.OK
    until(lambda: closed.spent("careful") == len("Guten Abend!"))


def test_without_the_database_it_is_counted_later(closed: Closed) -> None:
    with closed.client(closed.key("patient", "--budget", "40")) as http:
        assert translated(http, "Guten Morgen!").status_code == HTTPStatus.OK
        closed.kill("database")
        try:
            answers = [translated(http, "Guten Morgen!") for _ in range(3)]
        finally:
            closed.up()
    assert [each.status_code for each in answers] == [200, 200, 429]
    until(lambda: closed.spent("patient") == 39)


def until_it_breaks_off(answer: httpx.Response) -> str:
    """Beginning of an answer that must not look whole."""
    said = b""
    try:
        for part in answer.iter_bytes():
            said += part
    except httpx.RemoteProtocolError:
        return said.decode()
    pytest.fail("the answer looks whole")


@pytest.mark.parametrize("most", [1, 2000])
def test_a_stream_ends_where_the_budget_does_and_what_came_before_is_kept(
    closed: Closed, most: int
) -> None:
    paragraphs = [f"Absatz {number}: Wir warten hier auf dich.\n\n" for number in range(2000)]
    name = f"stream-{most}"

    def parts() -> Iterator[bytes]:
        for start in range(0, len(paragraphs), most):
            yield "".join(paragraphs[start : start + most]).encode()

    with closed.client(closed.key(name, "--budget", "20000")) as http:
        with http.stream("PUT", "/translate", content=parts()) as answer:
            where = answer.headers["Content-Location"]
            said = until_it_breaks_off(answer)
        kept = http.get(f"{where}.json").json()
    message = said.splitlines()[-1]
    assert f"'{name}' has 20,000 characters a month" in message
    assert kept["status"] == "interrupted"
    (row,) = closed.query("SELECT characters FROM translations WHERE id = %s", kept["id"])
    assert row["characters"] == closed.spent(name)
    assert 15_000 < row["characters"] <= 20_000
    assert said.rpartition("\n[")[0].startswith(kept["text"].rstrip()[:1000])


def test_the_file_is_followed_and_a_broken_one_changes_nothing(closed: Closed) -> None:
    file = closed.secrets_dir / "api_keys"
    good, inode = file.read_bytes(), file.stat().st_ino
    with closed.client(closed.key("eve")) as http:
        file.chmod(0o644)
        with file.open("ab") as opened:
            opened.write(b"mallory 0123456789 oops\n")
        number = file.read_bytes().count(b"\n")
        log = closed.run_dir / "web.log"
        until(lambda: f"line {number} is not NAME" in log.read_text())
        assert "mallory" not in log.read_text()
        assert http.get("/").status_code == HTTPStatus.OK
        file.write_bytes(good)  # without eve
        until(lambda: http.get("/").status_code == HTTPStatus.UNAUTHORIZED)
    assert file.stat().st_ino == inode


def test_a_login_by_cookie_until_the_logout(closed: Closed) -> None:
    key = closed.key("visitor")
    with httpx.Client(base_url=closed.web_url, headers={"Accept": "text/html"}) as http:
        sent = http.get("/?q=Haus&status=done")
        assert sent.headers["Location"] == "/login?to=%2F%3Fq%3DHaus%26status%3Ddone"
        assert (
            'name="to" value="/?q=Haus&amp;status=done"' in http.get(sent.headers["Location"]).text
        )
        wrong = http.post("/login", data={"key": "wrong", "to": "/x"})
        assert wrong.status_code == HTTPStatus.FORBIDDEN
        assert "not known" in wrong.text
        assert "set-cookie" not in wrong.headers

        right = http.post("/login", data={"key": key, "to": "/?q=Haus&status=done"})
        assert (right.status_code, right.headers["Location"]) == (303, "/?q=Haus&status=done")
        flags = {each.strip().lower() for each in right.headers["Set-Cookie"].split(";")[1:]}
        assert flags == {"httponly", "samesite=lax", "path=/", "max-age=2592000"}
        assert key not in right.headers["Set-Cookie"]
        page = http.get("/")
        assert page.status_code == HTTPStatus.OK
        assert "visitor" in page.text
        assert http.get("/login?to=//evil.example").headers["Location"] == "/"

        assert http.post("/logout").headers["Location"] == "/login"
        assert http.get("/").status_code == HTTPStatus.SEE_OTHER


def test_a_page_of_another_port_cannot_ask_in_the_name_of_who_is_logged_in(closed: Closed) -> None:
    key = closed.key("careless")
    with httpx.Client(base_url=closed.web_url) as http:
        http.post("/login", data={"key": key})
        asked = {"q": "Guten Morgen!", "source": "de", "target": "en"}
        for elsewhere in (
            {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://127.0.0.1:1"},
        ):
            for path in ("/translate", "/detect", "/translate_file"):
                refused = http.post(path, data=asked, headers=elsewhere)
                assert refused.status_code in {400, 403}, (path, elsewhere)
            own = http.post("/translate", data=asked | {"api_key": key}, headers=elsewhere)
            assert own.json() == {"translatedText": "Good morning!"}
        assert closed.spent("careless") == 3 * len("Guten Morgen!")
        here = http.post("/translate", data=asked, headers={"Sec-Fetch-Site": "same-origin"})
        assert here.json() == {"translatedText": "Good morning!"}


def test_behind_tls_the_cookie_is_secure(closed: Closed) -> None:
    key = closed.key("tls")
    origin = closed.web_url.replace("http:", "https:")  # as the browser before the proxy says
    answer = httpx.post(f"{closed.web_url}/login", data={"key": key}, headers={"Origin": origin})
    assert "; Secure" in answer.headers["Set-Cookie"]


def test_a_removed_key_takes_its_sessions_along(closed: Closed) -> None:
    key = closed.key("gone")
    with httpx.Client(base_url=closed.web_url) as http:
        http.post("/login", data={"key": key})
        assert http.get("/").status_code == HTTPStatus.OK
        assert add_key(closed, "--remove", "gone").returncode == 0
        until(lambda: http.get("/").status_code == HTTPStatus.UNAUTHORIZED)
        another = closed.key("gone")  # the name alone does not bring them back
        assert http.get("/").status_code == HTTPStatus.UNAUTHORIZED
        assert http.post("/login", data={"key": key}).status_code == HTTPStatus.FORBIDDEN
        assert http.post("/login", data={"key": another}).status_code == HTTPStatus.SEE_OTHER


def test_htmx_is_sent_to_the_login_and_a_form_keeps_its_text(closed: Closed) -> None:
    headers = {"HX-Request": "true"}
    looked = httpx.get(f"{closed.web_url}/?q=Haus", headers=headers)
    assert looked.headers["HX-Redirect"] == "/login?to=%2F%3Fq%3DHaus"
    posted = httpx.post(f"{closed.web_url}/translate", data={"text": "Hallo"}, headers=headers)
    assert posted.status_code == HTTPStatus.UNAUTHORIZED
    assert "HX-Redirect" not in posted.headers
    assert 'id="notices"' in posted.text
    assert "log in in a new tab" in posted.text


def test_without_its_last_key_the_service_stays_closed(closed: Closed) -> None:
    file = closed.secrets_dir / "api_keys"
    key, names = closed.key("last"), file.read_text()
    with closed.client(key) as http:
        for name in re.findall(r"^(\w+) ", names, re.MULTILINE):
            assert add_key(closed, "--remove", name).returncode == 0
        until(lambda: http.get("/").status_code == HTTPStatus.UNAUTHORIZED)
        assert httpx.get(closed.web_url).status_code == HTTPStatus.UNAUTHORIZED
        file.write_text(names)
        until(lambda: http.get("/").status_code == HTTPStatus.OK)


def test_no_key_is_in_a_log_an_environment_or_the_database(closed: Closed) -> None:
    key = closed.key("hidden")
    with closed.client(key) as http:
        translated(http, "Guten Morgen!").raise_for_status()
        http.get("/", params={"q": "Haus"})
    places = list(closed.run_dir.glob("*.log*"))
    places += [closed.secrets_dir / "api_keys", Path(f"/proc/{closed.pid('web')}/environ")]
    assert len(places) >= 5
    for place in places:
        assert key.encode() not in place.read_bytes(), place
    assert closed.query("SELECT name FROM spending WHERE name = 'hidden'")
