"""A translation in which one term has two translations, put into an instance's database."""

import json

from tests.support.doubtful import store_open
from tests.support.instance import Instance

SENTENCES = [
    ("Der Vertrag wurde gestern unterschrieben.", "The contract was signed yesterday."),
    ("Beide Parteien haben den Vertrag gelesen.", "Both parties have read the contract."),
    ("Die Verträge liegen im Haus.", "The contracts are in the house."),
    ("Ein Vertrag ist ein Vertrag.", "A contract is a contract."),
    ("Die Parteien kennen den Vertrag.", "The parties know the treaty."),
    ("Das Haus steht neben einem Haus.", "The house stands beside a house."),
    ("Heute kommen die Parteien.", "The parties are coming today."),
]


def store_mixed(instance: Instance) -> int:
    """The number of a translation of two passages, each of all sentences."""
    number = store_open(instance, 2, "done")
    source, target = ("".join(f"{each[side]}\n" for each in SENTENCES) for side in (0, 1))
    spans = json.dumps([[len(one), len(other), 1, 0.9] for one, other in SENTENCES])
    for seq in (0, 1):
        instance.query(
            "UPDATE passages SET source = %s, target = %s, status = 'done' "
            "WHERE translation_id = %s AND seq = %s",
            *(source, target, number, seq),
        )
        instance.query("REPLACE INTO sentences VALUES (%s, %s, %s)", number, seq, spans)
    return number
