"""Protection of the service besides its keys: headers everywhere, an account with few rights."""

import httpx
import pymysql
import pytest

from tests.support.account import FORBIDDEN
from tests.support.instance import Instance
from tests.support.routes import path_of, routes
from web.http.security_headers import HEADERS


def test_every_answer_has_the_headers(instance: Instance) -> None:
    paths = {"/", "/nothing", "/static/page.css", "/static/nothing", "/translations/0"}
    paths.update(map(path_of, routes()))
    assert len(paths) > 30
    with httpx.Client(base_url=instance.web_url, timeout=30) as http:
        for path in sorted(paths):
            for method in ("GET", "HEAD", "POST", "OPTIONS", "TRACE"):
                with http.stream(method, path) as answer:  # some streams have no end
                    found = {name: answer.headers.get(name) for name in HEADERS}
                assert found == HEADERS, (method, path)
                assert answer.headers.get("Cache-Control"), (method, path)
                assert "server" not in answer.headers
                assert answer.status_code < 500, (method, path)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_account_cannot(instance: Instance, statement: str) -> None:
    with pytest.raises(pymysql.err.MySQLError) as refused:
        instance.query(statement)
    # denied, in the words of the database for this kind of statement
    assert refused.value.args[0] in {1044, 1045, 1142, 1227, 1370, 1419}


def test_the_account_reads_no_file(instance: Instance) -> None:
    assert instance.query("SELECT LOAD_FILE('/etc/passwd') AS file") == [{"file": None}]
