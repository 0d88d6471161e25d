"""The interface's language: templates, messages and names of languages."""
