"""This version beside an older one, figure by figure: `python -m tests.bench.versions 0.1.0`."""
