"""Translation memory: sentences with translations that people made, used in a model's place."""
