"""The interface's languages: English as the code has it, others by a catalog each (locales/)."""
