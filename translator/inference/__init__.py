"""Inference: the model, the scheduler that shares it, and its cache."""
