"""Titles of translations that nobody has named yet."""

TITLE = 80


def title_of(text: str) -> str:
    """What a text is called until somebody names it: the beginning of its first line."""
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(title) > TITLE:
        title = title[: TITLE - 1].rpartition(" ")[0] or title[: TITLE - 1]
        title += "…"
    return title
