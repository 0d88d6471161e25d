"""Install a model: unpack, convert, shortlist, verify, put in place at once or not at all."""
