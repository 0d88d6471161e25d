"""What the program says to the reader of the page has a German, and no German is for nothing."""

import ast
import importlib
import re
from collections.abc import Iterator
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from tests.support.instance import ROOT
from web.errors import UserError
from web.i18n.german.messages import MESSAGES, WORDS
from web.i18n.messages import german_of, said_in_german
from web.pages.history_filters import STATUSES
from web.pages.progress import in_words

HOLE = re.compile(r"#|\{name\}|\{said\}")
# Doors with protocols of their own, which are English, and what only programs send.
NOT_SHOWN = (
    "web.compat",
    "web.api.translate",
    "web.translation.batch",
    "web.http.uploads",
    "web.formats.xml",
)
FOR_PROGRAMS = re.compile("JSON|application/json")


def _shape(message: str) -> str:
    """A message with one sign for whatever is inserted, and none for what comes at its end."""
    return re.sub("\0[\0→]*", "\0", HOLE.sub("\0", message)).rstrip("\0 ")


def _text(node: ast.AST, module: ModuleType) -> str | None:  # noqa: PLR0911 - one for each kind
    """What an expression says, with a sign for what is inserted; None: it is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return "".join(_text(part, module) or "\0" for part in node.values)
        case ast.FormattedValue():
            quote = "'" if node.conversion == ord("r") else ""
            said = _text(node.value, module) or "\0"
            return f"{quote}{said}{quote}"
        case ast.BinOp(op=ast.Add()):
            return (_text(node.left, module) or "\0") + (_text(node.right, module) or "\0")
        case ast.Name():
            value = getattr(module, node.id, None)
            return value if isinstance(value, str) else None
        case ast.Call(func=ast.Attribute(value=inner, attr="strip")):
            return _text(inner, module)
        case _:
            return None


def _raised(tree: ast.AST, module: ModuleType) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            kind = getattr(module, node.func.id, None)
            if isinstance(kind, type) and issubclass(kind, UserError):
                text = _text(node.args[0], module)
                if text is not None:
                    yield text


def _modules() -> Iterator[tuple[ast.AST, ModuleType]]:
    for path in sorted((ROOT / "web").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if not name.startswith(("web.__", "web.i18n.german")):
            yield ast.parse(path.read_text(encoding="utf-8")), importlib.import_module(name)


def test_every_error_that_the_page_shows_has_a_german() -> None:
    known = {_shape(message) for message in MESSAGES}
    raised = [
        text
        for tree, module in _modules()
        if not module.__name__.startswith(NOT_SHOWN)
        for text in _raised(tree, module)
        if not FOR_PROGRAMS.search(text)
    ]
    assert len(raised) > 50
    # A validation's message comes from a library, and is marked as English.
    assert [text for text in raised if _shape(text) not in known] == ["\0: \0"]


def test_no_german_is_for_a_message_that_nobody_says() -> None:
    said = {
        _shape(text)
        for tree, module in _modules()
        for node in ast.walk(tree)
        if (text := _text(node, module))
    }
    assert [message for message in MESSAGES if _shape(message) not in said] == []


def test_what_is_inserted_keeps_its_order() -> None:
    for english, german in (WORDS | MESSAGES).items():
        assert HOLE.findall(english) == HOLE.findall(german), english


def test_numbers_are_written_as_in_german_and_names_stay() -> None:
    budget = (
        "The key '{}' has 1,000 characters a month, of which 990 are used; this is 1,234,567 more. "
        "It has new ones on 1 December (UTC), or when the operator of this service gives it a "
        "larger budget. Nothing was stored."
    )
    assert german_of(budget.format("an#na 1,000 {name}")) == (
        "Der Schlüssel „an#na 1,000 {name}“ hat 1.000 Zeichen im Monat, davon sind 990 verbraucht; "
        "hier kommen 1.234.567 dazu. Neue gibt es am 1. Dezember (UTC), oder wenn der Betreiber "
        "dieses Dienstes das Kontingent erhöht. Es wurde nichts gespeichert."
    )
    assert german_of("There is no translation 1234.") == "Eine Übersetzung 1234 gibt es nicht."


def test_what_has_no_german_is_marked_as_english_and_escaped() -> None:
    said = said_in_german('Nobody has <translated> "this".')
    assert said == '<span lang="en">Nobody has &lt;translated&gt; &#34;this&#34;.</span>'
    assert hasattr(said, "__html__")


def test_what_is_inserted_into_german_is_left_to_the_template_to_escape() -> None:
    said = said_in_german("No model for <b>→en is installed. Installed: de→en. Nothing was stored.")
    assert "<b>→en" in said
    assert not hasattr(said, "__html__")


@given(st.floats(min_value=0, max_value=1e7))
def test_every_time_that_is_left_has_a_german(seconds: float) -> None:
    assert german_of(in_words(seconds)) is not None


def test_every_status_and_every_month_has_a_german() -> None:
    months = "January February March April May June July August September October November December"
    assert all(german_of(word) for word in [*STATUSES, *months.split()])
