"""With keys: who gets in, by a header or by the page's session."""

import asyncio
import hashlib

import pytest

from tests.support.web_service import WebService

HTML = {"Accept": "text/html"}
SECONDS = 30


@pytest.mark.parametrize("path", ["/translations/1.json", "/history.jsonl", "/status", "/live"])
async def test_without_a_key_nothing_is_told(service: WebService, path: str) -> None:
    service.add_key("anna")
    async with service.started() as http:
        method = "POST" if path == "/live" else "GET"
        answer = await http.request(method, path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        for wrong in ("Bearer nonsense", "Basic eDp5", "Bearer"):
            refused = await http.request(method, path, headers={"Authorization": wrong})
            assert refused.status_code == 401


async def test_what_says_nothing_is_open(service: WebService) -> None:
    service.add_key("anna")
    async with service.started() as http:
        for path in ("/health", "/openapi.json", "/login", "/static/page.css", "/languages"):
            assert (await http.get(path)).status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer", "DeepL-Auth-Key"])
async def test_a_key_opens_everything(service: WebService, scheme: str) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        assert (await http.put("/translate", content=b"Guten Morgen!")).status_code == 401
        http.headers["Authorization"] = f"{scheme} {key}"
        answer = await http.put("/translate", content=b"Guten Morgen!")
        assert answer.text == "GUTEN MORGEN!"
        for path in ("/", "/history.jsonl", answer.headers["Content-Location"] + ".tmx"):
            assert (await http.get(path)).status_code == 200


async def test_a_session_lasts_until_the_logout(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        http.headers.update(HTML)
        sent = await http.get("/?q=Haus&status=done")
        assert sent.headers["Location"] == "/login?to=%2F%3Fq%3DHaus%26status%3Ddone"
        form = await http.get(sent.headers["Location"])
        assert 'name="to" value="/?q=Haus&amp;status=done"' in form.text
        wrong = await http.post("/login", data={"key": "wrong", "to": "/x"})
        assert wrong.status_code == 403
        assert "This key is not known here" in wrong.text
        assert "set-cookie" not in wrong.headers

        right = await http.post("/login", data={"key": key, "to": "/?q=Haus&status=done"})
        assert (right.status_code, right.headers["Location"]) == (303, "/?q=Haus&status=done")
        flags = {each.strip().lower() for each in right.headers["Set-Cookie"].split(";")[1:]}
        assert flags == {"httponly", "samesite=lax", "path=/", "max-age=2592000"}
        assert key not in right.headers["Set-Cookie"]
        page = await http.get("/")
        assert page.status_code == 200
        assert 'class="caller">anna ' in page.text
        assert (await http.get("/login?to=/status")).headers["Location"] == "/status"

        assert (await http.post("/logout")).headers["Location"] == "/login"
        assert (await http.get("/")).status_code == 303


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
async def test_a_login_leads_to_no_other_site(service: WebService, to: str) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        answer = await http.post("/login", data={"key": key, "to": to})
        assert answer.headers["Location"] == "/"
        assert (await http.get("/login", params={"to": to})).headers["Location"] == "/"


async def test_behind_tls_the_cookie_is_secure(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        headers = {"Origin": "https://127.0.0.1:8080"}  # as the browser before the proxy says
        answer = await http.post("/login", data={"key": key}, headers=headers)
    assert "; Secure" in answer.headers["Set-Cookie"]


async def test_many_attempts_are_too_many(service: WebService) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        for _ in range(20):
            assert (await http.post("/login", data={"key": "guess"})).status_code == 403
        answer = await http.post("/login", data={"key": key})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "set-cookie" not in answer.headers


async def test_htmx_is_sent_to_the_login_and_a_form_keeps_its_text(service: WebService) -> None:
    service.add_key("anna")
    async with service.started() as http:
        http.headers["HX-Request"] = "true"
        looked = await http.get("/?q=Haus")
        assert looked.headers["HX-Redirect"] == "/login?to=%2F%3Fq%3DHaus"
        posted = await http.post("/translate", data={"text": "Hallo"})
        assert posted.status_code == 401
        assert "HX-Redirect" not in posted.headers
        assert "log in in a new tab" in posted.text


async def test_keys_that_come_and_go_are_seen(service: WebService) -> None:
    first = service.add_key("anna")
    async with service.started() as http:

        async def until(key: str, status: int) -> None:
            async with asyncio.timeout(SECONDS):
                while True:
                    headers = {"Authorization": f"Bearer {key}"}
                    if (await http.get("/status", headers=headers)).status_code == status:
                        return

        await http.post("/login", data={"key": first})
        assert (await http.get("/status")).status_code == 200
        second = service.add_key("bert")
        await until(second, 200)
        digest = hashlib.sha256(second.encode()).hexdigest()
        service.keys_file.write_text(f"bert {digest} - -\n")
        await until(first, 401)
        assert (await http.get("/status")).status_code == 401  # and its session has ended
        await until(second, 200)
        service.keys_file.write_text("# none any more\n")
        await until(second, 401)
        assert (await http.get("/status")).status_code == 401  # nobody gets in, not everybody


async def test_a_file_of_keys_that_is_broken_changes_nothing(
    service: WebService, caplog: pytest.LogCaptureFixture
) -> None:
    key = service.add_key("anna")
    async with service.started() as http:
        with service.keys_file.open("a") as file:
            file.write("mallory 0123456789 oops\n")
        async with asyncio.timeout(SECONDS):
            while "line 2 is not NAME" not in caplog.text:
                headers = {"Authorization": f"Bearer {key}"}
                assert (await http.get("/status", headers=headers)).status_code == 200
    assert "mallory" not in caplog.text
