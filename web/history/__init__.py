"""The history: stored translations listed, searched, deleted and exported."""
