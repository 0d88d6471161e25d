"""HTTP: bodies, forms, uploads and their limits, below any interface."""
