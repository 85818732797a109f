"""Who may do what in the app of micro-credit."""
