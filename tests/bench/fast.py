"""Fast translations: how much faster than the best ones, and what that costs in BLEU."""

from pathlib import Path

from tests.bench.figures import Figures
from translator.inference.engine import read_card
from translator.install.fast_beam import MOST_COST, beam_trials
from translator.install.installing import EVALUATION
from translator.settings import Settings

# Times as many tokens a second as with the usual beam.
LEAST_TIMES = 2.0


def measure(figures: Figures, model: Path) -> None:
    """Print both figures of the model's own fast beam, and those of the other one."""
    usual, *smaller = beam_trials(model, EVALUATION, Settings().beam_size)
    card = read_card(model)
    for each in smaller:
        name = f"beam {each.beam_size} ÷ beam {usual.beam_size}: tokens/s"
        times, note = each.speed / usual.speed, f"{each.speed:,.0f} and {usual.speed:,.0f}"
        cost = f"BLEU that beam {each.beam_size} costs"
        if each.beam_size == card.fast_beam:
            figures.at_least(f"quality=fast, {name}", times, LEAST_TIMES, note)
            figures.at_most(f"quality=fast, {cost}", each.costs(usual), MOST_COST)
        else:
            figures.reported(name, times, note)
            figures.reported(cost, each.costs(usual), f"chrF {usual.chrf - each.chrf:.2f}")
