"""Glossaries: terms of a language pair with their translations, kept for a key or shared."""
