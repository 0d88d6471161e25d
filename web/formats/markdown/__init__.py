"""Markdown, with what its dialects add."""
