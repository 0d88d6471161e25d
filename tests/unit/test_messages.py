"""Messages: English by themselves, and with their values in another language."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from datetime import date

from babel import Locale

from tests.support.instance import ROOT
from web.errors import BadRequestError, RateError, UserError
from web.i18n.language import LANGUAGES
from web.messages import QUOTED, Message

# Interfaces with protocols of their own, which are English, and what only programs send.
NOT_SHOWN = (
    "web.compat",
    "web.api.corrections",
    "web.api.glossaries",
    "web.api.memory",
    "web.api.translate",
    "web.formats.xml",
    "web.formats.localisation.xml",
)
FOR_PROGRAMS = re.compile("JSON|application/json")
GERMAN = Locale("de")


def test_without_values_a_message_is_its_text_whatever_braces_it_holds() -> None:
    assert UserError('Send {"text": "Guten Tag!"}.').message == 'Send {"text": "Guten Tag!"}.'


def test_numbers_are_grouped_and_ids_are_not() -> None:
    error = BadRequestError(
        "{most} characters, not {id!s} and {name}", most=1234567, id=1234, name="1"
    )
    assert error.message == str(error) == "1,234,567 characters, not 1234 and 1"
    assert error.wording.translated(GERMAN, str) == "1.234.567 characters, not 1234 and 1"


def test_every_language_has_its_own_order_dates_and_quotation_marks() -> None:
    german = {
        "{name!r} until {day:d MMMM}: {why}": "{why} Bis {day:d. MMMM}: {name!r}",
        QUOTED: "„{quoted}“",
        "Nothing was kept.": "Nichts blieb.",
    }
    message = Message(
        "{name!r} until {day:d MMMM}: {why}",
        {"name": "1,000 {why}\n", "day": date(2026, 3, 1), "why": Message("Nothing was kept.")},
    )
    assert str(message) == r"'1,000 {why}\n' until 1 March: Nothing was kept."
    said = message.translated(GERMAN, german.__getitem__)
    assert said == r"Nichts blieb. Bis 1. März: „1,000 {why}\n“"


def test_an_english_quotation_is_that_of_python() -> None:
    for name in ("text", "it's", 'say "it\'s"', "\u202e", "\\"):
        assert UserError("{name!r}.", name=name).message == f"{name!r}."


def test_a_note_at_the_end_may_be_empty() -> None:
    assert UserError("{more} more. {note}", more=1, note=Message("")).message == "1 more."


def test_half_a_surrogate_pair_is_in_no_message() -> None:
    assert UserError("{name} \udfff", name="a\ud800b").message == "a?b ?"
    assert RateError("{name}", 3, name="a\ud800b").message == "a?b"


def _errors() -> Iterator[tuple[str, ast.expr]]:
    """Where a kind of UserError is made: its module, and its first argument."""
    importlib.import_module("web.app")  # in the order that the application imports
    for path in sorted((ROOT / "web").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if name.startswith("web.__"):
            continue
        module = importlib.import_module(name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                kind = getattr(module, node.func.id, None)
                if not (isinstance(kind, type) and issubclass(kind, UserError)):
                    continue
                if "message" in inspect.signature(kind).parameters:  # others make their own
                    yield name, node.args[0]


def _is_marked(message: ast.expr, module: str) -> bool:
    """Whether a text is marked for translation: where it stands, or where its constant is made."""
    match message:
        case ast.Call(func=ast.Name(id="N_")):
            return True
        case ast.Name(id=name):
            text = getattr(importlib.import_module(module), name, None)
            return text is not None and LANGUAGES["de"].has(text)
        case _:
            return False


def test_every_error_that_the_page_shows_is_marked_for_translation() -> None:
    errors = list(_errors())
    assert len(errors) > 50
    left = [
        f"{module}: {ast.unparse(message)}"
        for module, message in errors
        if not module.startswith(NOT_SHOWN)
        and not FOR_PROGRAMS.search(ast.unparse(message))
        and not _is_marked(message, module)
    ]
    assert left == [
        # Marked where they are handed over.
        "web.formats.open_document.text: other",
        "web.formats.open_document.text: other",
        "web.http.body: too_large",
        # The framework's messages and the translator's own, which are marked as English.
        "web.negotiation: str(error.detail)",
        "web.negotiation: f\"{where}: {first['msg']}\"",
        "web.translator_client.client: str(json.loads(body)['error'])",
    ]
