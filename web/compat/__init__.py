"""Doors for the clients of other translators: each speaks one API, and none does the work."""
