"""Web service: the page and the public API. It loads no model; the translator service does."""

__version__ = "0.2.0"
