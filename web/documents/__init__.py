"""Documents: what is translated of them, and themselves again with it."""
