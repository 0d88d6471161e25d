"""Access: who may ask, how often, and for how many characters."""
