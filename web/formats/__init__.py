"""File formats, pure: bytes in, lines to translate and bytes out."""
