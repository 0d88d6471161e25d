"""Terms of a glossary in a text: found in the source, and put into the translation."""

from translator.text.terms.matching import Glossary, glossary_of
from translator.text.terms.places import said_words
from translator.text.terms.placing import TermsPlaced, form_in, with_forms, with_terms
from translator.text.terms.term import Occurrence, Part, Term
from translator.text.terms.words import word_at

__all__ = [
    "Glossary",
    "Occurrence",
    "Part",
    "Term",
    "TermsPlaced",
    "form_in",
    "glossary_of",
    "said_words",
    "with_forms",
    "with_terms",
    "word_at",
]
