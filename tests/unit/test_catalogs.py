"""Catalogs: complete, in step with code and templates, and enough for one more language."""

import re
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Message as Entry
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from markupsafe import Markup

from tests.support.instance import ROOT
from tests.unit.test_templates import ENGLISH
from web.errors import BadRequestError, NotFoundError
from web.http.body import decoded
from web.i18n.catalogs import LOCALES, languages_of
from web.i18n.language import LANGUAGES, chosen, current
from web.i18n.templates import Pages
from web.messages import Message
from web.pages.history_filters import STATUSES
from web.translation.store import Translation

CATALOGS = sorted(LOCALES.glob("*/LC_MESSAGES/messages.po"))


def entries(catalog: Path) -> Catalog:
    with catalog.open("rb") as file:
        return read_po(file, catalog.parents[1].name)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def fields(text: str, *, template: bool) -> Counter[str]:
    """Placeholders of a text, each counted: `%(name)s` by templates, `{name!r}` by code."""
    if template:
        return Counter(re.findall(r"%(?:\(\w+\)s)?", text))
    return Counter(
        f"{name}!{conversion}" for _, name, _, conversion in Formatter().parse(text) if name
    )


def is_of_templates(entry: Entry) -> bool:
    return any(path.endswith(".html") for path, _ in entry.locations)


def test_the_catalogs_have_what_code_and_templates_say_and_nothing_else() -> None:
    checked = subprocess.run(
        [ROOT / "scripts/extract-messages", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.parents[1].name)
def test_every_message_is_translated_with_what_is_inserted_into_it(catalog: Path) -> None:
    messages = entries(catalog)
    assert len(messages) > 200
    assert not messages.obsolete
    for entry in filter(lambda entry: entry.id, messages):
        assert not entry.fuzzy, entry.id
        texts = forms(entry.string)
        assert all(texts), entry.id
        assert len(texts) == (1 if isinstance(entry.id, str) else messages.num_plurals)
        template = is_of_templates(entry)
        # A form of one number may leave the number out: „die eine Übersetzung“.
        most = fields(forms(entry.id)[-1], template=template)
        for number, text in enumerate(texts):
            found = fields(text, template=template)
            one = len(texts) > 1 and number < len(texts) - 1
            assert found <= most if one else found == most, text


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.parents[1].name)
def test_what_templates_insert_as_markup_has_none_and_fits_into_attributes(catalog: Path) -> None:
    found = [entry for entry in entries(catalog) if is_of_templates(entry)]
    assert len(found) > 100
    for entry in found:
        for text in (*forms(entry.id), *forms(entry.string)):
            assert not re.search(r"""["'<>&]""", text), text


def test_no_german_translation_has_english_left() -> None:
    (catalog,) = [each for each in CATALOGS if each.parents[1].name == "de"]
    for entry in filter(lambda entry: entry.id, entries(catalog)):
        for text in forms(entry.string):
            words = re.sub(r"%\(\w+\)s|\{.*?\}|„Models“|Content-Type: \S+|`.*?`", " ", text)
            assert set(re.findall(r"[a-z]+", words.lower())) & ENGLISH == set(), text


def test_numbers_dates_sizes_and_languages_are_written_as_each_language_does() -> None:
    moment = datetime(2026, 9, 5, 13, 4)  # noqa: DTZ001 - as the database gives it
    english, german = LANGUAGES["en"], LANGUAGES["de"]
    assert (english.number(1234567), german.number(1234567)) == ("1,234,567", "1.234.567")
    pattern = "dd MMM yyyy, HH:mm"
    assert english.date(moment, pattern) == "05 Sep 2026, 13:04"
    assert german.date(moment, german.translations.gettext(pattern)) == "05.09.2026, 13:04"
    sizes = [0, 999, 16_384, 1_000_000, 123_456_789, 5 * 10**15]
    assert [english.size(size) for size in sizes] == [
        "0 bytes", "999 bytes", "16.4 kB", "1.0 MB", "123.5 MB", "5,000.0 TB"
    ]  # fmt: skip
    assert german.size(16_384) == "16,4 kB"
    assert (english.language_name("nl"), german.language_name("nl")) == ("Dutch", "Niederländisch")
    assert (english.language_name("zls"), german.language_name("<x>")) == ("zls", "<x>")


def test_what_is_inserted_into_german_is_left_to_the_template_to_escape() -> None:
    pair = {"source": "<b>", "target": "en", "offered": "de→en"}
    text = "No model for {source}→{target} is installed. Installed: {offered}. Nothing was stored."
    said = LANGUAGES["de"].said(Message(text, pair))
    assert said.startswith("Für <b>→en ist kein Modell installiert.")
    assert not hasattr(said, "__html__")


def test_a_budget_is_said_with_the_numbers_and_the_date_of_each_language() -> None:
    message = Message(
        "The key {name!r} has {budget} characters a month, of which {used} are used; this is "
        "{more} more. It has new ones on {begins:d MMMM} (UTC), or when the operator of this "
        "service gives it a larger budget. {note}",
        {
            "name": "an#na 1,000 {name}",
            "budget": 1000,
            "used": 990,
            "more": 1234567,
            "begins": datetime(2026, 12, 1, tzinfo=UTC),
            "note": Message("Nothing was stored."),
        },
    )
    assert LANGUAGES["en"].said(message) == (
        "The key 'an#na 1,000 {name}' has 1,000 characters a month, of which 990 are used; this is "
        "1,234,567 more. It has new ones on 1 December (UTC), or when the operator of this service "
        "gives it a larger budget. Nothing was stored."
    )
    assert LANGUAGES["de"].said(message) == (
        "Der Schlüssel „an#na 1,000 {name}“ hat 1.000 Zeichen im Monat, davon sind 990 verbraucht; "
        "hier kommen 1.234.567 dazu. Neue gibt es am 1. Dezember (UTC), oder wenn der Betreiber "
        "dieses Dienstes das Kontingent erhöht. Es wurde nichts gespeichert."
    )


@pytest.mark.parametrize(
    ("sent", "charset"),
    [
        (b"\xff", "utf-8"),
        (b"\xc3a", "utf-8"),
        (b"\xc3", "utf-8"),
        (b"\xff", "ascii"),
        (b"\x81", "cp1252"),
        (b"a", "utf-16-le"),
        (b"\x00\xd8a\x00", "utf-16-le"),
        (b"\x00\xdc", "utf-16-le"),
    ],
)
async def test_why_a_text_cannot_be_decoded_has_a_german(sent: bytes, charset: str) -> None:
    async def arriving() -> AsyncIterator[bytes]:
        yield sent

    with pytest.raises(BadRequestError) as error:
        [part async for part in decoded(arriving(), charset)]
    said = LANGUAGES["de"].said(error.value.wording)
    assert said.startswith(f"Der Text ist kein gültiges {charset.upper()}: ")
    reason = error.value.wording.values["reason"]
    assert isinstance(reason, Message)
    assert LANGUAGES["de"].has(reason.text), reason.text


def test_what_a_catalog_lacks_is_marked_as_english_and_escaped() -> None:
    message = Message('Nobody has <translated> "{name}".', {"name": "<i>"})
    said = LANGUAGES["de"].said(message)
    assert said == '<span lang="en">Nobody has &lt;translated&gt; &#34;&lt;i&gt;&#34;.</span>'
    assert isinstance(said, Markup)
    assert LANGUAGES["en"].said(message) == 'Nobody has <translated> "<i>".'


def test_a_third_language_is_a_catalog_and_nothing_else(tmp_path: Path) -> None:
    polish = Catalog("pl")
    polish.add("Log in", "Zaloguj się")
    polish.add("Done:", "Gotowe:")
    polish.add(
        ("%(done)s of %(num)s passage", "%(done)s of %(num)s passages"),
        (
            "%(done)s z %(num)s akapitu",
            "%(done)s z %(num)s akapitów",
            "%(done)s z %(num)s akapitów",
        ),
    )
    polish.add(
        ("%(num)s character", "%(num)s characters"),
        ("%(num)s znak", "%(num)s znaki", "%(num)s znaków"),
    )
    polish.add("There is no translation {id!s}.", "Nie ma tłumaczenia {id!s}.")
    file = tmp_path / "pl/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as written:
        write_po(written, polish)

    languages = languages_of(tmp_path)
    assert list(languages) == ["en", "pl"]
    assert chosen("pl-PL,de;q=0.9", languages) == "pl"
    pages = Pages(ROOT / "web/pages/templates", languages)
    token = current.set("pl")
    try:
        error = NotFoundError("There is no translation {id!s}.", id=1234)
        login = pages.now.get_template("login.html").render(
            error=error.wording, to="/", static="/static/{}".format
        )
        state = pages.now.get_template("state.html")
        states = [
            state.render(translation=done_with(characters), failed=0)
            for characters in (1, 3, 12_345)
        ]
    finally:
        current.reset(token)
    assert '<html lang="pl">' in login
    assert "Zaloguj się</button>" in login
    assert "Nie ma tłumaczenia 1234." in login
    assert "Your key" in login  # what is not translated yet is English
    said = [" ".join(shown.split("\n")).replace("  ", "") for shown in states]
    assert said == [
        f"<p>Gotowe: 2 z 2 akapitów, {characters}.</p> "
        for characters in ("1 znak", "3 znaki", "12\N{NBSP}345 znaków")
    ]
    assert languages["pl"].language_name("de") == "niemiecki"


def done_with(characters: int) -> Translation:
    now = datetime(2026, 1, 1)  # noqa: DTZ001 - as the database gives it
    return Translation(1, now, None, "", "de", "en", "", "page", characters, 2, 2, "done")


def test_every_status_has_a_german() -> None:
    gettext = LANGUAGES["de"].translations.gettext
    assert all(gettext(status) != status for status in STATUSES)
