"""The pages: HTMX over the features, with their templates and static files."""
