"""One name, one thing: no public class or function has its name twice within a service."""

import ast
from collections import Counter

import pytest

from tests.support.instance import ROOT

# Each is the one entry point of its program.
ENTRY_POINTS = {"main"}


@pytest.mark.parametrize("service", ["web", "translator"])
def test_no_public_name_stands_twice_in_one_service(service: str) -> None:
    names = Counter(
        node.name
        for path in (ROOT / service).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    )
    assert len(names) > 50
    assert {name for name, times in names.items() if times > 1} <= ENTRY_POINTS
