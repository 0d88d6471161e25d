"""Docstrings: all that is public has one, its subject comes first, and it says what is raised."""

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parent.parent.parent
# Packages and modules whose docstrings are held to the rules.
PACKAGES = ("translator", "web")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function
# Where a sentence begins: after the end of another one, or in a new paragraph or list item.
SENTENCE = re.compile(r"(?:\A|[.!?:;…]['\"“”’)`]*\s+|\n\s*\n\s*|\n\s*[-*]\s+)(?=(\w+))")
RAISES = re.compile(r"\b[Rr]ais(?:e|es|ed|ing)\b")


def problems(source: str, bases: dict[str, set[str]], results: dict[str, set[str]]) -> list[str]:
    """The faults of a module's docstrings, each with its line.

    `bases` has the base classes of each class, `results` the classes that each function is
    annotated to give: those that make an exception are raised as `raise corrupt()`.
    """
    tree = ast.parse(source)
    found = [f"1: {fault}" for fault in _faults_of_text(ast.get_docstring(tree), "the module")]
    for holder, node, public in _documented(tree, public=True):
        text = ast.get_docstring(node)
        faults = list(_faults_of_text(text, node.name) if public or text else ())
        if isinstance(node, Function) and (public or _is_public_dunder(node, holder)):
            texts = [text or "", (holder and ast.get_docstring(holder)) or ""]
            faults += dict.fromkeys(_faults_of_raises(node, "\n".join(texts), bases, results))
        found += [f"{node.lineno}: {fault}" for fault in faults]
    return found


def _documented(
    node: ast.AST, *, public: bool, holder: ast.ClassDef | None = None
) -> Iterator[tuple[ast.ClassDef | None, ast.ClassDef | Function, bool]]:
    """Each class and function with the class that it is in, and whether it is public."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            shown = public and not each.name.startswith("_")
            yield holder, each, shown
            is_class = isinstance(each, ast.ClassDef)
            inner = each if isinstance(each, ast.ClassDef) else None
            yield from _documented(each, public=shown and is_class, holder=inner)
        else:
            yield from _documented(each, public=public, holder=holder)


def _is_public_dunder(node: Function, holder: ast.ClassDef | None) -> bool:
    return node.name.startswith("__") and holder is not None and not holder.name.startswith("_")


def _faults_of_text(text: str | None, name: str) -> Iterator[str]:
    if not text:
        yield f"{name} has no docstring"
        return
    for match in SENTENCE.finditer(text):
        if match[1] in {"What", "Who"}:
            yield f"a sentence of {name} begins with {match[1]}"


def _faults_of_raises(
    node: Function, text: str, bases: dict[str, set[str]], results: dict[str, set[str]]
) -> Iterator[str]:
    for names in _raised(node, results):
        accepted = {base for name in names for base in _with_bases(name, bases)}
        if not RAISES.search(text) or (
            accepted and not any(re.search(rf"\b{name}\b", text) for name in accepted)
        ):
            yield f"{node.name} does not say that it raises {' or '.join(sorted(names))}"


def _raised(node: Function, results: dict[str, set[str]]) -> Iterator[set[str]]:
    """The exceptions that a function's own statements raise, each with the names it may have.

    An exception that is raised again is not one of them. One of no known name has none.
    """
    caught = {each.name for each in _own(node) if isinstance(each, ast.ExceptHandler)}
    for each in _own(node):
        if not isinstance(each, ast.Raise) or each.exc is None:
            continue
        made = isinstance(each.exc, ast.Call)
        source = each.exc.func if isinstance(each.exc, ast.Call) else each.exc
        name = source.attr if isinstance(source, ast.Attribute) else getattr(source, "id", "")
        if not made and name in caught:
            continue
        yield {name} if name[:1].isupper() else results.get(name, set())


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a function but for those of functions and classes inside of it."""
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield each
            yield from _own(each)


def _with_bases(name: str, bases: dict[str, set[str]]) -> set[str]:
    """A class with its bases, up to UserError and the like: Exception alone would say nothing."""
    standard = getattr(builtins, name, None)
    if isinstance(standard, type):
        found = {each.__name__ for each in standard.__mro__}
    else:
        found = {name}.union(*(_with_bases(each, bases) for each in bases.get(name, ())))
    return found - {"object", "BaseException", "Exception"}


@cache
def _code() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The base classes of all classes of both services, and the results of all functions."""
    bases: dict[str, set[str]] = {}
    results: dict[str, set[str]] = {}
    for path in _files("web", "translator"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(map(ast.unparse, node.bases))
            elif isinstance(node, Function) and node.returns:
                names = re.findall(r"\w+Error\b", ast.unparse(node.returns))
                results.setdefault(node.name, set()).update(names)
    return bases, results


def _files(*places: str) -> list[Path]:
    return [
        path
        for place in places
        for path in (
            [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        )
    ]


@pytest.mark.parametrize("place", PACKAGES)
def test_docstrings_keep_the_rules(place: str) -> None:
    files = _files(place)
    assert files
    assert [
        f"{path.relative_to(ROOT)}:{problem}"
        for path in files
        for problem in problems(path.read_text(encoding="utf-8"), *_code())
    ] == []


def test_no_docstring_of_a_test_begins_with_what_or_who() -> None:
    files = _files("tests")
    assert len(files) > 100
    assert [
        f"{path.relative_to(ROOT)}: {fault}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Documented) and (text := ast.get_docstring(node))
        for fault in _faults_of_text(text, getattr(node, "name", "the module"))
    ] == []


BASES = {"GoneError": {"AppError"}, "AppError": {"Exception"}}
RESULTS = {"gone": {"GoneError"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('def f():\n    """Thing: raises AppError."""\n    raise GoneError', []),
        ('def f():\n    """Raise GoneError."""\n    raise GoneError("now")', []),
        ('def f():\n    """Raises GoneError when it is."""\n    raise gone()', []),
        ('def f():\n    """Raises OSError."""\n    raise TimeoutError', []),
        ('def f():\n    """Thing."""\n    raise', []),
        ('def f():\n    """Thing."""\n    def g():\n        raise GoneError', []),
        (
            'def f():\n    """It."""\n    try:\n        g()\n    except E as e:\n        raise e',
            [],
        ),
        ('class A:\n    """Raises AppError."""\n    def __init__(self):\n        raise gone()', []),
        ("def _f():\n    raise GoneError", []),
        ('class _A:\n    def f(self):\n        """See whatever a Whoever said. It may."""', []),
        ("def f():\n    pass", ["3: f has no docstring"]),
        ("async def f():\n    pass", ["3: f has no docstring"]),
        ("if True:\n    def f():\n        pass", ["4: f has no docstring"]),
        ("class A:\n    x = 1", ["3: A has no docstring"]),
        (
            'class A:\n    """Thing."""\n    def f(self):\n        pass',
            ["5: f has no docstring"],
        ),
        ('def f():\n    """What it is."""', ["3: a sentence of f begins with What"]),
        (
            'def f():\n    """Thing. Who asks\n\n    gets it."""',
            ["3: a sentence of f begins with Who"],
        ),
        ('def f():\n    """Thing\n\n    What it is."""', ["3: a sentence of f begins with What"]),
        ('def f():\n    """Thing:\n    - What it is."""', ["3: a sentence of f begins with What"]),
        (
            'class _A:\n    """What it is."""\n    def _f(self):\n        """Who it is."""',
            ["3: a sentence of _A begins with What", "5: a sentence of _f begins with Who"],
        ),
        (
            'def f():\n    """Thing."""\n    raise GoneError',
            ["3: f does not say that it raises GoneError"],
        ),
        (
            'def f():\n    """GoneError if it is none."""\n    raise GoneError()',
            ["3: f does not say that it raises GoneError"],
        ),
        (
            'def f():\n    """Raises OSError, Exception."""\n    if x:\n        raise gone()',
            ["3: f does not say that it raises GoneError"],
        ),
        (
            'def f():\n    """Raises AppError."""\n    raise m.ValueError(1)',
            ["3: f does not say that it raises ValueError"],
        ),
        (
            'class A:\n    """Thing."""\n    def __init__(self):\n        raise gone()',
            ["5: __init__ does not say that it raises GoneError"],
        ),
    ],
)
def test_the_check_finds_each_fault(body: str, expected: list[str]) -> None:
    assert problems(f'"""Module."""\n\n{dedent(body)}\n', BASES, RESULTS) == expected


def test_a_module_has_a_docstring_that_begins_with_its_subject() -> None:
    assert problems("x = 1\n", {}, {}) == ["1: the module has no docstring"]
    assert problems('"""Who asks."""\n', {}, {}) == ["1: a sentence of the module begins with Who"]
