"""File formats, without I/O: a document's bytes in, lines to translate and bytes out."""
