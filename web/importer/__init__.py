"""Importer of the older program's history: `python -m web.importer`."""
