"""The model service: segmentation, batching and the model itself. It stores and logs no text."""
