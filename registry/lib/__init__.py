"""Plain Python that every room may use; no Django in here."""
