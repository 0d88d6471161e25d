"""HTML, and books of its pages."""
