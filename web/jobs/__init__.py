"""Job queue and workers: passages of long texts, leased by the workers of every replica."""
