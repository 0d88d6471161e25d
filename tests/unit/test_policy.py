"""Every address has a rule, and every error a code that programs can rely on."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import get_args

import pytest
from starlette.routing import Route

import web
from tests.support.routes import path_of, routes
from web.access.policy import (
    ADDRESSES,
    CLOSED,
    FOLDERS,
    Access,
    Interface,
    routes_not_logged,
    rule_of,
)
from web.api.schema import ErrorCode
from web.errors import UserError


@pytest.mark.parametrize("route", list(routes()), ids=lambda route: route.path)
def test_every_route_stands_in_the_policy(route: Route) -> None:
    path = path_of(route)
    assert path in ADDRESSES or path.startswith(tuple(FOLDERS))


def test_no_rule_is_for_an_address_that_nobody_answers() -> None:
    answered = [*map(path_of, routes()), "/static/page.css", "/v3/"]
    assert ADDRESSES.keys() <= set(answered)
    for folder in FOLDERS:
        assert any(path.startswith(folder) for path in answered), folder


@pytest.mark.parametrize(
    "path", ["/nothing", "/translate/", "/static", "/Health", "//health", "/v2"]
)
def test_an_address_without_a_rule_is_closed(path: str) -> None:
    assert rule_of(path) is CLOSED
    assert CLOSED.access is Access.KEY
    assert not CLOSED.cross_site


def test_rules_are_found_by_address_and_by_folder() -> None:
    assert rule_of("/translations/1.json").access is Access.KEY
    assert rule_of("/static/page.css").access is Access.OPEN
    assert rule_of("/v2/translate").interface is Interface.DEEPL
    assert rule_of("/languages").cross_site
    assert not rule_of("/live").counted
    assert routes_not_logged() == {"/health", "/metrics", "/static"}


def _errors(kind: type[UserError] = UserError) -> Iterator[type[UserError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _errors(each)


def test_every_error_has_a_code_that_the_description_lists() -> None:
    for module in pkgutil.walk_packages(web.__path__, "web."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    used = {each.code for each in _errors()}
    listed = set(get_args(ErrorCode))
    # The two that no class has: Starlette's refusal of a method, and what nobody expected.
    assert listed - used == {"internal_error", "method_not_allowed"}
    assert used <= listed
