"""Documents: accepted, stored, translated, and written again with their translation."""
