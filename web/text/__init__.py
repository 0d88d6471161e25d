"""Text, pure: passages, sentences, languages and what a text must be."""
