"""The page in German: its templates' passages, the program's messages, the names of languages."""
