"""Versions of a text are compared by their sentences: kept, changed, new, gone."""

import time

import pytest

from web.translation.version_changes import SentencePlace, VersionChanges, changes_between


def changes(older: list[str], newer: list[str]) -> VersionChanges:
    return changes_between(
        older, [SentencePlace(0, number, source) for number, source in enumerate(newer)]
    )


def said(found: VersionChanges) -> list[tuple[str, str, str]]:
    return [(each.kind, each.place.source, each.before) for each in found.revisions.values()]


@pytest.mark.parametrize(
    ("older", "newer", "revisions", "kept", "gone"),
    [
        (["A.", "B."], ["A.", "B."], [], 2, 0),
        (["A.", "B."], ["B.", "A."], [], 2, 0),  # moved: it keeps its translation
        (["A.", "B."], ["A.", "C.", "B."], [("new", "C.", "")], 2, 0),
        (["A.", "B.", "C."], ["A.", "C."], [], 2, 1),
        # In the place of another one, whatever it says.
        (["A.", "B.", "C."], ["A.", "D.", "C."], [("changed", "D.", "B.")], 2, 0),
        (["B."], ["D."], [("changed", "D.", "B.")], 0, 0),
        (["A.", "B."], ["A.", "D."], [("changed", "D.", "B.")], 1, 0),
        (["A.", "B."], ["D.", "B."], [("changed", "D.", "A.")], 1, 0),
        (
            ["A.", "Haustiere sind erlaubt.", "C."],
            ["A.", "Ein Hund ist erlaubt.", "Wir gehen.", "C."],
            [
                ("changed", "Ein Hund ist erlaubt.", "Haustiere sind erlaubt."),
                ("new", "Wir gehen.", ""),
            ],
            2,
            0,
        ),
        # By its words, wherever it stands.
        (
            ["Der Hund ist alt.", "A.", "B."],
            ["A.", "B.", "Der Hund ist sehr alt.", "C."],
            [("changed", "Der Hund ist sehr alt.", "Der Hund ist alt."), ("new", "C.", "")],
            2,
            0,
        ),
        (["Der Hund ist alt."], ["Wir gehen.", "Morgen."], None, 0, 1),
        ([], ["A."], [("new", "A.", "")], 0, 0),
        (["A."], [], [], 0, 1),
        (["A.", "A.", "B."], ["A.", "A.", "A."], [], 3, 1),
    ],
)
def test_versions(
    older: list[str],
    newer: list[str],
    revisions: list[tuple[str, str, str]] | None,
    kept: int,
    gone: int,
) -> None:
    found = changes(older, newer)
    if revisions is not None:
        assert said(found) == revisions
    assert (found.kept, found.gone) == (kept, gone)
    assert found.new + found.changed + found.kept == len(newer)


def test_one_older_sentence_is_changed_once() -> None:
    found = changes(
        ["A.", "Der alte Hund bellt."], ["Der neue Hund bellt.", "A.", "Der nette Hund bellt."]
    )
    assert [kind for kind, *_ in said(found)].count("changed") == 1
    assert (found.new, found.changed, found.gone) == (1, 1, 0)


@pytest.mark.parametrize("words", ["der Hund und die Katze", "Ja"])
def test_a_book_that_is_all_new_is_compared_soon(words: str) -> None:
    older = [f"{words} {number} alt." for number in range(20_000)]
    newer = [f"{words} {number} neu {number}." for number in range(20_000)]
    start = time.process_time()
    found = changes(older, newer)
    assert time.process_time() - start < 10
    assert found.new + found.changed == 20_000


def test_the_same_sentence_everywhere_is_compared_soon() -> None:
    start = time.process_time()
    found = changes(["Ja."] * 20_000, ["Ja.", "Nein."] * 20_000)
    assert time.process_time() - start < 10
    assert (found.kept, found.new) == (20_000, 20_000)
