"""Glossaries in a real database: whose they are, their versions, their history, and undo."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.database import Database
from web.database import open_database
from web.errors import ForbiddenError
from web.glossary.held import HeldMatchers
from web.glossary.matching import TermMatcher
from web.glossary.service import Glossaries
from web.glossary.store import MOST_GLOSSARIES
from web.glossary.term_store import TermStore
from web.glossary.terms import (
    DuplicateTermError,
    Glossary,
    GlossaryError,
    GlossaryPairError,
    GlossaryVersion,
    Term,
    UnknownGlossaryError,
    UnknownTermError,
)
from web.settings import Settings

CONTRACT = Term("Vertrag", "agreement")
TENANT = Term("Mieter", "lessee", note="of a flat")
UNNOTED = Term("Mieter", "lessee")
PAIR = ("de", "en")


@pytest.fixture
async def glossaries(database: Database) -> AsyncIterator[Glossaries]:
    settings = Settings(
        db_socket=database.address,
        db_user_file=database.secrets_dir / "db_user",
        db_password_file=database.secrets_dir / "db_password",
    )
    async with open_database(settings) as opened:
        yield Glossaries(opened)


@pytest.fixture
async def law(glossaries: Glossaries) -> Glossary:
    return await glossaries.create("anna", "Law", *PAIR, [CONTRACT, TENANT])


async def test_a_new_glossary_has_its_terms(glossaries: Glossaries, law: Glossary) -> None:
    assert (law.name, law.source, law.target, law.terms) == ("Law", "de", "en", 2)
    assert law == await glossaries.get("anna", law.id) == await glossaries.get("anna", str(law.id))
    assert law == await glossaries.get("anna", law.public_id.upper())
    assert await glossaries.all("anna") == await glossaries.all("anna", PAIR) == [law]
    assert await glossaries.all("anna", ("en", "de")) == []
    assert await glossaries.all_terms("anna", law.id) == [CONTRACT, TENANT]
    (found,) = await glossaries.terms("anna", law.id, "LESS")
    assert (found.term, found.changed_by) == (TENANT, "anna")
    assert [each.term for each in await glossaries.terms("anna", law.id)] == [TENANT, CONTRACT]
    assert [each.term for each in await glossaries.terms("anna", law.id, "", 1, 1)] == [CONTRACT]
    assert await glossaries.terms("anna", law.id, "%") == []


async def test_a_search_takes_signs_as_they_are(glossaries: Glossaries, law: Glossary) -> None:
    odd = Term("50 % Anteil_A|B", "50 % share")
    await glossaries.put("anna", law.id, odd)
    for search in ("%", "l_A", "A|B"):
        assert [each.term for each in await glossaries.terms("anna", law.id, search)] == [odd]


async def test_another_owners_glossary_is_as_an_unknown_one(
    glossaries: Glossaries, law: Glossary
) -> None:
    (term,) = await glossaries.terms("anna", law.id, "Vertrag")
    assert await glossaries.all("bert") == []
    for named in (law.id, law.public_id):
        for call in (
            glossaries.get("bert", named),
            glossaries.terms("bert", named),
            glossaries.all_terms("bert", named),
            glossaries.changes("bert", named),
            glossaries.put("bert", named, Term("Haus", "home")),
            glossaries.remove("bert", named, term.id),
            glossaries.merge("bert", named, []),
            glossaries.replace("bert", named, []),
            glossaries.change("bert", named, name="Mine", shared=True),
            glossaries.delete("bert", named),
            glossaries.undo("bert", named, 2 * term.id),
            glossaries.wanted("bert", named, *PAIR),
        ):
            with pytest.raises(UnknownGlossaryError) as mine:
                await call
            assert mine.value.message == f"There is no glossary '{named}'."
    with pytest.raises(UnknownGlossaryError):
        await glossaries.restore("bert", law.id)
    with pytest.raises(UnknownGlossaryError):
        await glossaries.wanted("bert", "Law", *PAIR)
    assert await glossaries.get("anna", law.id) == law


async def test_a_shared_glossary_is_read_by_all_and_changed_by_its_owner(
    glossaries: Glossaries, law: Glossary
) -> None:
    shared = await glossaries.change("anna", law.id, shared=True, default=True)
    assert (shared.shared, shared.is_default) == (True, True)
    (seen,) = await glossaries.all("bert")
    assert (seen.id, seen.owner, seen.is_default) == (law.id, "anna", False)
    assert await glossaries.wanted("bert", "Law", *PAIR) == law.at
    assert await glossaries.wanted("bert", None, *PAIR) is None
    assert await glossaries.all_terms("bert", law.id) == [CONTRACT, TENANT]
    for call in (
        glossaries.put("bert", law.id, Term("Haus", "home")),
        glossaries.replace("bert", law.id, []),
        glossaries.change("bert", law.id, shared=False),
        glossaries.delete("bert", law.public_id),
    ):
        with pytest.raises(ForbiddenError):
            await call
    await glossaries.change("anna", law.id, shared=False)
    assert await glossaries.all("bert") == []


async def test_a_version_stays_readable_after_changes(
    glossaries: Glossaries, law: Glossary
) -> None:
    text = "Die Mieter kennen die Verträge."
    assert await glossaries.terms_in(law.at, text) == [CONTRACT, UNNOTED]
    (term,) = await glossaries.terms("anna", law.id, "Vertrag")
    changed = await glossaries.put("anna", law.id, Term("Vertrag", "contract"), term.id)
    await glossaries.remove("anna", law.id, (await glossaries.terms("anna", law.id, "Miet"))[0].id)
    now = await glossaries.get("anna", law.id)
    assert (now.version, now.terms) == (3, 1)
    assert await glossaries.terms_in(now.at, text) == [changed.term]
    # Of another process, which holds nothing yet.
    versions = {1: [CONTRACT, UNNOTED], 2: [changed.term, UNNOTED], 3: [changed.term]}
    for version, terms in versions.items():
        fresh = Glossaries(glossaries.database)
        assert await fresh.terms_in(GlossaryVersion(law.id, version), text) == terms


async def test_the_memory_of_matchers_is_bounded(glossaries: Glossaries, law: Glossary) -> None:
    store = TermStore(glossaries.database)
    three = [GlossaryVersion(law.id, version) for version in (1, 2, 3)]
    size = TermMatcher([CONTRACT, TENANT], "de").size
    held = HeldMatchers(store, 2 * size)
    for at in (three[0], three[1], three[0], three[2]):
        await asyncio.gather(*(held.terms_in(at, "Vertrag") for _ in range(3)))
    assert held.versions == [three[0], three[2]]
    one = HeldMatchers(store, 1)
    assert await one.terms_in(law.at, "Vertrag") == [CONTRACT]
    assert one.versions == [law.at]


async def test_changes_at_once_make_one_default_and_a_source_once(
    glossaries: Glossaries, law: Glossary
) -> None:
    several = await asyncio.gather(
        *(glossaries.create("anna", f"Number {each}", *PAIR, default=True) for each in range(4))
    )
    assert sum(each.is_default for each in await glossaries.all("anna")) == 1
    await asyncio.gather(
        *(glossaries.change("anna", each.id, default=True) for each in [*several, law])
    )
    assert sum(each.is_default for each in await glossaries.all("anna")) == 1
    results = await asyncio.gather(
        *(glossaries.put("anna", law.id, Term("Haus", f"home {each}")) for each in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, DuplicateTermError) for each in results) == 4
    assert (await glossaries.get("anna", law.id)).terms == 3


async def test_what_changes_nothing_makes_no_version(glossaries: Glossaries, law: Glossary) -> None:
    (term,) = await glossaries.terms("anna", law.id, "Vertrag")
    assert await glossaries.put("anna", law.id, CONTRACT, term.id) == term
    assert await glossaries.merge("anna", law.id, [TENANT]) == law
    assert await glossaries.replace("anna", law.id, [TENANT, CONTRACT]) == law


async def test_merge_and_replace_make_one_version(glossaries: Glossaries, law: Glossary) -> None:
    other, house = Term("vertrag", "contract"), Term("Haus", "home")
    merged = await glossaries.merge("anna", law.id, [other, house])
    assert (merged.version, merged.terms) == (2, 3)
    assert set(await glossaries.all_terms("anna", law.id)) == {TENANT, other, house}
    replaced = await glossaries.replace("anna", law.id, [house])
    assert (replaced.version, replaced.terms) == (3, 1)
    assert await glossaries.all_terms("anna", law.id) == [house]


async def test_a_source_is_in_a_glossary_once(glossaries: Glossaries, law: Glossary) -> None:
    with pytest.raises(DuplicateTermError, match="“VERTRAG” already"):
        await glossaries.put("anna", law.id, Term("VERTRAG", "deal"))
    # Where the case counts it is another term.
    await glossaries.put("anna", law.id, Term("VERTRAG", "DEAL", match_case=True))
    (tenant,) = await glossaries.terms("anna", law.id, "Miet")
    with pytest.raises(DuplicateTermError):
        await glossaries.put("anna", law.id, Term("Vertrag", "deal"), tenant.id)
    with pytest.raises(DuplicateTermError, match=r"Line 2: .* line 1"):
        await glossaries.merge("anna", law.id, [Term("Haus", "home"), Term("haus", "house")])
    assert (await glossaries.get("anna", law.id)).version == 2


async def test_changes_tell_who_and_are_undone(glossaries: Glossaries, law: Glossary) -> None:
    (term,) = await glossaries.terms("anna", law.id, "Vertrag")
    contract = Term("Vertrag", "contract")
    changed = await glossaries.put("anna", law.id, contract, term.id)
    await glossaries.remove("anna", law.id, changed.id)
    removed, change, tenant, first = await glossaries.changes("anna", law.id)
    assert (removed.kind, removed.before, removed.after) == ("removed", contract, None)
    assert (change.kind, change.before, change.after) == ("changed", CONTRACT, contract)
    assert [(each.kind, each.after) for each in (tenant, first)] == [
        ("added", TENANT),
        ("added", CONTRACT),
    ]
    assert {each.by for each in (removed, change, tenant, first)} == {"anna"}
    assert await glossaries.changes("anna", law.id, 1, removed.id) == [change]
    assert await glossaries.changes("anna", law.id, 9, first.id) == []
    assert await glossaries.changes("anna", law.id, 9, 999) == []
    with pytest.raises(UnknownTermError):  # it was removed since
        await glossaries.undo("anna", law.id, change.id)
    await glossaries.undo("anna", law.id, removed.id)
    assert set(await glossaries.all_terms("anna", law.id)) == {TENANT, contract}
    with pytest.raises(DuplicateTermError):
        await glossaries.undo("anna", law.id, removed.id)
    (again,) = await glossaries.terms("anna", law.id, "Vertrag")
    await glossaries.put("anna", law.id, CONTRACT, again.id)
    (last, *_) = await glossaries.changes("anna", law.id, 1)
    await glossaries.undo("anna", law.id, last.id)
    assert set(await glossaries.all_terms("anna", law.id)) == {TENANT, contract}
    await glossaries.undo("anna", law.id, tenant.id)
    assert await glossaries.all_terms("anna", law.id) == [contract]
    with pytest.raises(UnknownTermError):
        await glossaries.undo("anna", law.id, 12345)


async def test_a_deleted_glossary_is_restored_within_a_day(
    glossaries: Glossaries, database: Database, law: Glossary
) -> None:
    await glossaries.delete("anna", law.id)
    for call in (glossaries.get("anna", law.id), glossaries.delete("anna", law.id)):
        with pytest.raises(UnknownGlossaryError):
            await call
    assert await glossaries.purge() == 0
    await glossaries.restore("anna", law.id)
    assert await glossaries.all_terms("anna", law.id) == [CONTRACT, TENANT]
    await glossaries.delete("anna", law.id)
    database.query("UPDATE glossaries SET deleted_at = deleted_at - INTERVAL 25 HOUR")
    with pytest.raises(UnknownGlossaryError):
        await glossaries.restore("anna", law.id)
    assert await glossaries.purge() == 1
    assert database.query("SELECT id FROM terms") == []


async def test_a_deleted_glossary_stays_for_a_translation_that_runs(
    glossaries: Glossaries, database: Database, law: Glossary
) -> None:
    database.query(
        "INSERT INTO translations (request_key, created_at, title, source_lang, target_lang, "
        "model, origin, status, glossary_id, glossary_version) VALUES "
        "('k', UTC_TIMESTAMP(3), 't', 'de', 'en', 'm', 'api', 'running', %s, 1)",
        law.id,
    )
    await glossaries.delete("anna", law.id)
    database.query("UPDATE glossaries SET deleted_at = deleted_at - INTERVAL 25 HOUR")
    assert await glossaries.purge() == 0
    database.query("UPDATE translations SET status = 'done'")
    assert await glossaries.purge() == 1


async def test_history_is_kept_for_a_year(
    glossaries: Glossaries, database: Database, law: Glossary
) -> None:
    await glossaries.replace("anna", law.id, [CONTRACT])
    database.query("UPDATE terms SET removed_at = removed_at - INTERVAL 366 DAY")
    assert await glossaries.is_readable(law.at)
    await glossaries.purge()
    assert [each.after for each in await glossaries.changes("anna", law.id)] == [CONTRACT]
    assert not await glossaries.is_readable(law.at)
    assert await glossaries.is_readable(GlossaryVersion(law.id, 2))


async def test_a_pair_has_one_default(glossaries: Glossaries, law: Glossary) -> None:
    assert await glossaries.wanted("anna", None, *PAIR) is None
    await glossaries.change("anna", law.id, default=True)
    assert await glossaries.wanted("anna", "", *PAIR) == law.at
    second = await glossaries.create("anna", "Tech", *PAIR, [CONTRACT], default=True)
    assert await glossaries.wanted("anna", None, *PAIR) == second.at
    assert not (await glossaries.get("anna", law.id)).is_default
    for none in ("none", "None", False):
        assert await glossaries.wanted("anna", none, *PAIR) is None
    assert await glossaries.wanted("anna", None, "en", "de") is None
    assert await glossaries.wanted("bert", None, *PAIR) is None
    await glossaries.put("anna", second.id, TENANT)
    assert await glossaries.wanted("anna", None, *PAIR) == GlossaryVersion(second.id, 2)
    await glossaries.delete("anna", second.id)
    assert await glossaries.wanted("anna", None, *PAIR) is None
    await glossaries.change("anna", law.id, default=True)
    await glossaries.restore("anna", second.id)
    assert await glossaries.wanted("anna", None, *PAIR) == law.at


async def test_a_glossary_is_named_by_its_ids_and_its_name(
    glossaries: Glossaries, law: Glossary
) -> None:
    for name in (law.id, str(law.id), law.public_id, "Law"):
        assert await glossaries.wanted("anna", name, *PAIR) == law.at
    with pytest.raises(GlossaryPairError, match="is for de→en, and this is en→de"):
        await glossaries.wanted("anna", "Law", "en", "de")
    back = await glossaries.create("anna", "Law", "en", "de", public_id=law.public_id)
    assert await glossaries.wanted("anna", "Law", "en", "de") == back.at
    assert await glossaries.wanted("anna", law.public_id, "en", "de") == back.at
    for unknown in ("law", "999", 2**70, "no such", "ü", "😀"):
        with pytest.raises(UnknownGlossaryError):
            await glossaries.wanted("anna", unknown, *PAIR)
    odds: list[object] = [True, 1.5, ["Law"], {}]
    for odd in odds:
        with pytest.raises(GlossaryError, match="an id, a name, or “none”"):
            await glossaries.wanted("anna", odd, *PAIR)


async def test_a_public_id_has_a_pair_once(glossaries: Glossaries, law: Glossary) -> None:
    with pytest.raises(GlossaryError, match="has de→en already"):
        await glossaries.create("anna", "Law", *PAIR, public_id=law.public_id)
    await glossaries.delete("anna", law.id)
    again = await glossaries.create("anna", "Law", *PAIR, public_id=law.public_id)
    assert [again] == await glossaries.dictionaries("anna", law.public_id)


async def test_limits(glossaries: Glossaries, database: Database, law: Glossary) -> None:
    for name in ("", "  ", "x" * 201, "a\0b"):
        with pytest.raises(GlossaryError):
            await glossaries.create("anna", name, *PAIR)
    for pair in (("de", "de"), ("", "en"), ("de", "x" * 17), ("de", "en us")):
        with pytest.raises(GlossaryError):
            await glossaries.create("anna", "Law", *pair)
    many = [Term(f"Wort {number}", f"word {number}") for number in range(10_000)]
    assert (await glossaries.replace("anna", law.id, many)).terms == 10_000
    with pytest.raises(GlossaryError, match="10,000 terms"):
        await glossaries.put("anna", law.id, CONTRACT)
    with pytest.raises(GlossaryError, match="10,000 terms"):
        await glossaries.merge("anna", law.id, [CONTRACT])
    with pytest.raises(GlossaryError, match="10,000 terms"):
        await glossaries.create("anna", "More", *PAIR, [*many, CONTRACT])
    rows = [(str(number),) for number in range(MOST_GLOSSARIES - 1)]
    values = ", ".join(["(%s, 'anna', 'n', 'de', 'en', NOW(), NOW())"] * len(rows))
    database.query(
        "INSERT INTO glossaries (public_id, owner, name, source_lang, target_lang, created_at, "  # noqa: S608 - placeholders
        f"changed_at) VALUES {values}",
        *(each for row in rows for each in row),
    )
    with pytest.raises(GlossaryError, match="1,000 glossaries"):
        await glossaries.create("anna", "More", *PAIR)
