"""Translator: the model service, with segmentation, batching and inference. It keeps no text."""
