"""Glossary files: terms as CSV, TSV and TBX, read and written; nothing is taken by half."""

from collections.abc import Iterable

from web.glossary.terms import Term


def read_csv(content: bytes) -> list[Term]:
    """Terms of a CSV file. Raises GlossaryError, which names the line."""
    raise NotImplementedError


def read_tsv(content: bytes) -> list[Term]:
    """Terms of a TSV file. Raises GlossaryError, which names the line."""
    raise NotImplementedError


def read_tbx(content: bytes, source: str, target: str) -> list[Term]:
    """Terms of a TBX file in two languages. Raises GlossaryError, which names the line."""
    raise NotImplementedError


def written_csv(terms: Iterable[Term], source: str, target: str) -> bytes:
    """A CSV file of terms."""
    raise NotImplementedError


def written_tsv(terms: Iterable[Term], source: str, target: str) -> bytes:
    """A TSV file of terms."""
    raise NotImplementedError


def written_tbx(terms: Iterable[Term], source: str, target: str) -> bytes:
    """A TBX file of terms."""
    raise NotImplementedError
