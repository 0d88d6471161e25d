"""German texts for tests, made of everyday sentences."""

import random

_WHO = ("Meine Schwester", "Der alte Mann", "Tom", "Das Kind", "Unsere Lehrerin", "Ein Freund")
_DOES = ("kauft", "sucht", "findet", "vergisst", "braucht", "bringt")
_WHAT = ("das Buch", "einen Apfel", "die Zeitung", "ein neues Fahrrad", "den Schlüssel", "Brot")
_WHERE = ("in der Stadt", "zu Hause", "am Bahnhof", "im Garten", "bei der Arbeit", "auf dem Markt")
_WHEN = ("Heute", "Gestern Abend", "Am Montag", "Nach dem Essen", "Jeden Morgen", "Manchmal")


def book(characters: int, seed: int) -> str:
    """At least so many characters in paragraphs of a few sentences, the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraph = " ".join(_sentence(chance) for _ in range(chance.randint(2, 9))) + "\n\n"
        paragraphs.append(paragraph)
        length += len(paragraph)
    return "".join(paragraphs)


def _sentence(chance: random.Random) -> str:
    who, does, what, where = (chance.choice(each) for each in (_WHO, _DOES, _WHAT, _WHERE))
    number = chance.randint(2, 999)
    return chance.choice(
        (
            f"{who} {does} {what} {where}.",
            f"{who} {does} {what} {where}, weil es {number} Euro kostet.",
            f"{chance.choice(_WHEN)} war ich {where} und habe {number} Leute gesehen.",
            f"Weißt du, warum {who[0].lower() + who[1:]} {what} {where} {does}?",
        )
    )
