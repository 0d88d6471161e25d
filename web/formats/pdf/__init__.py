"""PDF: the words of its pages found, and their translation set in the place of each paragraph."""
