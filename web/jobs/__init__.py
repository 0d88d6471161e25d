"""The job queue: passages of long texts, leased by workers in every replica."""
