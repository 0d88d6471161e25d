"""Places of chosen sentences: each of several equal ones keeps its own."""

from web.text.sentences import CHOSEN, Sentence
from web.translation.chosen_places import ChosenPlaces


def sentence(number: int, source: str, chosen: str = "") -> Sentence:
    return Sentence(number, source, chosen or source.upper(), " ", CHOSEN if chosen else 0.9)


def places(*sentences: tuple[str, str]) -> ChosenPlaces:
    found = ChosenPlaces({source for source, chosen in sentences if chosen})
    for number, (source, chosen) in enumerate(sentences):
        found.add(sentence(number, source, chosen))
    found.add(None)
    return found


def settled(found: ChosenPlaces, *sources: str) -> list[str]:
    now = [sentence(number, source) for number, source in enumerate(sources)]
    return [each.target for each in found.settled(now)]


def test_equal_sentences_keep_what_was_chosen_for_each() -> None:
    found = places(("a", ""), ("x", "one"), ("b", ""), ("x", "two"), ("c", ""), ("x", ""))
    assert found.is_mixed("x")
    assert settled(found, "a", "x", "b", "x", "c", "x") == ["A", "one", "B", "two", "C", "X"]


def test_one_neighbour_is_enough_and_none_is_not() -> None:
    found = places(("a", ""), ("x", "one"), ("b", ""), ("x", ""), ("c", ""))
    assert settled(found, "a", "x", "new") == ["A", "one", "NEW"]
    assert settled(found, "new", "x", "b") == ["NEW", "one", "B"]
    assert settled(found, "new", "x", "newer") == ["NEW", "X", "NEWER"]


def test_a_part_of_the_text_does_not_know_what_is_around_it() -> None:
    found = places(("a", ""), ("x", "one"), ("b", ""), ("x", "two"), ("c", ""))
    assert settled(found, "x", "b") == ["one", "B"]
    assert settled(found, "b", "x") == ["B", "two"]


def test_what_is_chosen_alike_in_all_places_is_not_mixed() -> None:
    found = places(("a", ""), ("x", "one"), ("b", ""), ("x", "one"))
    assert not found.is_mixed("x")
    assert not found.is_mixed("a")
    assert settled(found, "a", "x") == ["A", "X"]
