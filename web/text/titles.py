"""Titles of translations that nobody has named yet."""

# Most characters of a title that is made of a text.
TITLE = 80


def title_of(text: str) -> str:
    """Default title of a text: the beginning of its first line that is not blank."""
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(title) > TITLE:
        title = title[: TITLE - 1].rpartition(" ")[0] or title[: TITLE - 1]
        title += "…"
    return title
