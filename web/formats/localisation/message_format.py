"""Message format of ICU: `{count, plural, one {# Brief} other {# Briefe}}`, parsed into parts.

A choice in the middle of a sentence is asked for as whole sentences, one in each branch: half a
sentence before the choice means little to a translator, and its grammar goes with the branch.
"""

import re
from dataclasses import dataclass
from typing import Final

# Levels of choices inside of each other, and branches that a message may have once whole
# sentences stand in them.
MAX_CHOICES: Final = 8
MAX_BRANCHES: Final = 60

_CHOICE: Final = re.compile(
    r"\{\s*[\w.-]{1,100}\s*,\s*(?P<kind>plural|selectordinal|select)\s*,"
    r"(?:\s*offset:\s*\d{1,9})?"
)
_SELECTOR: Final = re.compile(r"\s*(?:=-?\d{1,9}|[\w-]{1,100})\s*\{")
_END: Final = re.compile(r"\s*\}")
_SIGN: Final = re.compile(r"'[{}][^']*'?|[{}]")


@dataclass(frozen=True, slots=True)
class Choice:
    """Choice of a message: its head with the argument, and each selector with its message."""

    head: str
    branches: "tuple[tuple[str, Message], ...]"
    tail: str
    counted: bool


Message = tuple[str | Choice, ...]


def has_choice(text: str) -> bool:
    """Whether a text has a choice, so that it is to be parsed."""
    return "{" in text and _CHOICE.search(text) is not None


def parse_message(text: str, *, whole: bool = True) -> Message | None:
    """Parse a text into its parts, None when it is damaged; if `whole`, sentences in branches."""
    try:
        message, end = _message(text, 0, 0)
    except ValueError:
        return None
    if end < len(text):
        return None
    if not whole or _sentences(message) > MAX_BRANCHES:
        return message
    try:
        return _whole(message)
    except ValueError:
        return message


def _message(text: str, start: int, depth: int) -> tuple[Message, int]:
    """The message from `start` to the brace that ends it. Raises ValueError when it is damaged."""
    parts: list[str | Choice] = []
    position = start
    opened = 0
    while match := _SIGN.search(text, position):
        position = match.end()
        if match.group() == "}":
            if not opened:
                position = match.start()
                break
            opened -= 1
        elif match.group() == "{":
            if head := _CHOICE.match(text, match.start()):
                if depth == MAX_CHOICES:
                    raise ValueError
                parts.append(text[start : match.start()])
                choice, start = _choice(text, head, depth + 1)
                parts.append(choice)
                position = start
            else:
                opened += 1
    else:
        position = len(text)
    if opened:
        raise ValueError
    return (*parts, text[start:position]), position


def _choice(text: str, head: re.Match[str], depth: int) -> tuple[Choice, int]:
    position = head.end()
    branches: list[tuple[str, Message]] = []
    while selector := _SELECTOR.match(text, position):
        message, position = _message(text, selector.end(), depth)
        if text[position : position + 1] != "}":
            raise ValueError
        position += 1
        branches.append((selector.group(), message))
    end = _END.match(text, position)
    if not end or not branches:
        raise ValueError
    return Choice(head.group(), tuple(branches), end.group(), head["kind"] != "select"), end.end()


def _whole(message: Message, budget: int = MAX_CHOICES) -> Message:
    """A message whose first choice has the words around it in each of its branches."""
    index = next((at for at, part in enumerate(message) if isinstance(part, Choice)), -1)
    if index < 0:
        return message
    choice = message[index]
    before, after = message[:index], message[index + 1 :]
    around = "".join(part for part in (*before, *after) if isinstance(part, str))
    several = any(isinstance(part, Choice) for part in after)
    if not isinstance(choice, Choice) or not budget or "#" in around:
        raise ValueError
    if not several and not any(map(str.isalpha, around)):
        before, after, lead, trail = (), (), before, after
    else:
        lead, trail = (), ()
    branches = tuple(
        (selector, _whole(_joined((*before, *each, *after)), budget - 1))
        for selector, each in choice.branches
    )
    return (*lead, Choice(choice.head, branches, choice.tail, choice.counted), *trail)


def _joined(message: Message) -> Message:
    parts: list[str | Choice] = []
    for part in message:
        if isinstance(part, str) and parts and isinstance(last := parts[-1], str):
            parts[-1] = last + part
        else:
            parts.append(part)
    return tuple(parts)


def _sentences(message: Message) -> int:
    """How many whole sentences a message stands for: every choice multiplies them."""
    count = 1
    for part in message:
        if isinstance(part, Choice):
            count *= sum(_sentences(branch) for _, branch in part.branches)
    return count
