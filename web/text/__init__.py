"""Text processing without I/O: passages, sentences, languages, validation, titles."""
