"""Translation: texts short and long, drafts, batches, and their storage."""
