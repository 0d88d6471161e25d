"""Compatible interfaces for the clients of other translators: each speaks one API."""
