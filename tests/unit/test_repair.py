"""Figures that a translation has lost, changed or invented are repaired, or said."""

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.checking import UNKNOWN, Checked, Figures
from translator.inference.candidates import Candidate
from translator.repair import STEPS, Repaired, repaired
from translator.text import Span
from translator.text.figures import compare

PAIR = ("de", "en")


def candidate(text: str | None) -> Candidate | None:
    return None if text is None else Candidate(text, -0.1, 5)


class Asks:
    """Answers that are known before; `asked` are the steps that wanted one."""

    def __init__(
        self,
        hypotheses: Iterable[str] = (),
        stand_ins: str | None = None,
        parts: str | None = None,
        plain: str | None = None,
        pieces: str | None = None,
    ) -> None:
        self._hypotheses = [Candidate(each, -0.2, 5) for each in hypotheses]
        self._stand_ins = [] if stand_ins is None else [Candidate(stand_ins, -0.2, 5)]
        self._plain = [] if plain is None else [Candidate(plain, -0.2, 5)]
        self._parts = candidate(parts)
        self._pieces = candidate(pieces)
        self.asked: list[str] = []
        self.forms: list[Mapping[Span, str]] = []

    def hypotheses(self) -> Iterable[Candidate]:
        self.asked.append("hypothesis")
        return self._hypotheses

    async def checked(self, figures: Figures, target: str) -> Checked:
        return figures.check(target)

    async def with_stand_ins(self, forms: Mapping[Span, str]) -> Iterable[Candidate]:
        self.asked.append("stand_ins")
        self.forms.append(forms)
        return self._stand_ins

    async def plainly(self) -> Iterable[Candidate]:
        self.asked.append("plain")
        return self._plain

    async def in_pieces(self, forms: Mapping[Span, str]) -> Candidate | None:
        self.asked.append("pieces")
        self.forms.append(forms)
        return self._pieces

    async def in_parts(self) -> Candidate | None:
        self.asked.append("parts")
        return self._parts


async def repair(
    source: str, target: str, asks: Asks | None = None, *, had_stand_ins: bool = False
) -> Repaired:
    first = Candidate(target, -0.1, 5)
    figures = Figures(source, PAIR)
    return await repaired(figures, first, asks or Asks(), had_stand_ins=had_stand_ins)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Wir haben 1.500 Äpfel.", "We have 1,500 apples."),
        ("Um 14.30 Uhr.", "At 14:30."),
        ("Am 3. Oktober.", "On October 3."),
        ("Er hat 3 Kinder.", "He has three children."),
        ("Sie wanderten 2 Stunden.", "They went on a 2-hour walk."),
        ("Es kostet 3,20 €/kg.", "It costs €3.20 per kilo."),
        ("Die Bestellung 302-5519870-4471 kommt.", "The order 302-5519870-4471 will come."),
        ("Geöffnet von 8–18 Uhr.", "Open 8:00–18:00."),
        ("Siehe https://x.de/12,5 und {zahl3}.", "See https://x.de/12,5 and {zahl3}."),
        ("Guten Tag.", "Hello."),
    ],
)
async def test_right_figures_stay_as_they_are_and_cost_no_question(
    source: str, target: str
) -> None:
    asks = Asks()
    done = await repair(source, target, asks)
    assert (done.candidate.text, done.step, done.wrong) == (target, None, ())
    assert asks.asked == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Kaution 3.751,50 €", "Deposit 3.751,50 €", "Deposit €3,751.50"),
        ("Das wiegt 2,500 kg.", "It weighs 2,500 kg.", "It weighs 2.500 kg."),
        ("Es waren 12,5 %.", "It was 12,5 %.", "It was 12.5%."),
        ("Um 14.30 Uhr.", "At 2:30 p.m.", "At 14:30."),
        ("Um 14.30 Uhr kam er.", "At 2:30 p.m. he came.", "At 14:30 he came."),
    ],
)
async def test_a_german_form_becomes_an_english_one(
    source: str, target: str, expected: str
) -> None:
    done = await repair(source, target)
    assert (done.candidate.text, done.step) == (expected, "restated")


async def test_another_hypothesis_of_the_beam_is_taken_first() -> None:
    asks = Asks(["The rent is 3,571 euros.", "The rent is 3,751 euros."], "X")
    done = await repair("Die Miete beträgt 3.751 Euro.", "The rent is 3,750 euros.", asks)
    assert (done.candidate.text, done.step) == ("The rent is 3,751 euros.", "hypothesis")
    assert asks.asked == ["hypothesis"]


async def test_then_the_question_is_asked_with_stand_ins_as_few_as_need_be() -> None:
    asks = Asks(stand_ins="In room 12 there are 755 people.")
    source = "In Zimmer 12 sind 755 Leute."
    done = await repair(source, "In room 12 there are 75 people.", asks)
    assert (done.candidate.text, done.step) == ("In room 12 there are 755 people.", "stand_ins")
    assert [[source[start:end] for start, end in forms] for forms in asks.forms] == [["755"]]


async def test_a_question_that_had_stand_ins_is_asked_without() -> None:
    asks = Asks(plain="There are 755 people in here.")
    source, target = "Hier drin sind 755 Leute.", "There are 755 people in 2 rooms."
    done = await repair(source, target, asks, had_stand_ins=True)
    assert (done.candidate.text, done.step) == ("There are 755 people in here.", "plain")
    assert asks.asked == ["hypothesis", "plain"]


async def test_then_the_wrong_figure_gets_the_place_of_the_right_one() -> None:
    asks = Asks()
    done = await repair("Es endete 112:55.", "It ended 112:5.", asks)
    assert (done.candidate.text, done.step) == ("It ended 112:55.", "placed")
    assert asks.asked == ["hypothesis", "stand_ins"]


async def test_a_figure_is_never_glued_to_the_word_before() -> None:
    done = await repair("In 4 Raten zu je 2.750 Euro.", "In 4 advice.750 euros.")
    assert (done.candidate.text, done.step) == ("In 4 advice.750 euros.", None)


async def test_at_last_the_clauses_are_asked_alone() -> None:
    asks = Asks(parts="Room 12, floor 34.")
    done = await repair("Zimmer 12, Etage 34.", "A room.", asks)
    assert (done.candidate.text, done.step) == ("Room 12, floor 34.", "parts")


async def test_as_a_last_resort_what_is_between_the_figures_is_asked_alone() -> None:
    asks = Asks(pieces="Room 12, floor 34.")
    done = await repair("Zimmer 12, Etage 34.", "A room.", asks)
    assert (done.candidate.text, done.step) == ("Room 12, floor 34.", "pieces")
    assert asks.asked[-2:] == ["parts", "pieces"]


async def test_figures_that_could_not_be_repaired_are_named() -> None:
    done = await repair("Zimmer 12, Etage 34.", "Room 7.")
    assert (done.candidate.text, done.step) == ("Room 7.", None)
    assert done.wrong == ("12", "34", "7")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Mehl: 125 g und 80 g Zucker", "Flour: 125 and 80 g of sugar"),
        ("Die Wohnung hat 78,5 m².", "The apartment has 78.5."),
        ("Das kostet 1.000.000 €.", "It costs €1,000,000. €."),
        ("Es kamen 5–10 Leute.", "There came 5:10 people."),
        ("Es kostet 5 €.", "It costs $5."),
        ("Es kostet 5 €/kg.", "It costs €5."),
        ("Bei 12 m³/h.", "At 12 m³."),
        ("Hier sind 12 Leute.", f"Here are 12 {UNKNOWN}people."),
    ],
)
async def test_what_means_something_else_is_no_right_figure(source: str, target: str) -> None:
    done = await repair(source, target)
    assert done.step or done.wrong


async def test_an_answer_without_all_figures_is_never_taken() -> None:
    asks = Asks(["We have 15 apples."], "We have 150 apples.", "We have 1,501 apples.")
    done = await repair("Wir haben 1.500 Äpfel und 2 Birnen.", "We have apples.", asks)
    assert done.candidate.text == "We have apples."
    assert done.wrong == ("1.500", "2")


async def test_figures_stay_in_the_source_s_form_where_that_is_wanted() -> None:
    figures = Figures("Kaution 3.751,50 €", PAIR, keep=True)
    assert figures.check("Deposit 3.751,50 €").text == "Deposit 3.751,50 €"
    assert set(figures.forms().values()) == {"3.751,50 €"}


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Er zahlt 3,5 Millionen Euro.", "He pays 3,5 million euros.", True),
        ("Er zahlt 3,5 Millionen Euro.", "He pays 3,6 million euros.", False),
        ("Um 14.30 Uhr.", "At 14.30.", True),
        ("Um 14.30 Uhr.", "At 14.20.", False),
        ("Mehl: 125 g", "Flour: 125", False),
        ("Am 3. Dezember 2026.", "On 3 December 2026.", True),
    ],
)
def test_figures_that_keep_their_form_are_compared(
    source: str, target: str, *, right: bool
) -> None:
    checked = Figures(source, PAIR, keep=True).check(target)
    assert (checked.text, checked.is_right) == (target, right)


def test_words_in_figures_that_keep_their_form_are_left_to_the_model() -> None:
    source = "Am 3. Dezember 2026 um 14.30 Uhr für 5,5 Millionen Euro und 2,5 kg"
    forms = Figures(source, PAIR, keep=True).forms()
    assert list(forms.values()) == ["14.30", "5,5", "2,5 kg"]
    assert [source[start:end] for start, end in forms] == list(forms.values())


NUMBERS = st.integers(13, 10**6).map(lambda number: f"{number:,}".replace(",", "."))


@given(st.lists(NUMBERS, min_size=1, max_size=5))
async def test_a_repaired_segment_has_the_figures_of_its_source(
    numbers: list[str],
) -> None:
    source = "Es sind " + ", dann ".join(numbers) + " Leute."
    target = "There are " + ", then ".join("9" for _ in numbers) + " people."
    done = await repair(source, target)
    assert done.step in {*STEPS, None}
    if done.step:
        assert not compare(source, done.candidate.text, *PAIR)
    else:
        assert done.wrong


@given(st.text(alphabet="abc äöü.,!?", max_size=60))
async def test_a_text_without_a_figure_passes_untouched(text: str) -> None:
    done = await repair(text, text.upper())
    assert (done.candidate.text, done.step, done.wrong) == (text.upper(), None, ())
