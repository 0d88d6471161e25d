"""Office Open XML: presentations, workbooks, and what Word documents share with them."""
