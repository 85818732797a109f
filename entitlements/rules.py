"""Who may do what in the app of what is due and received."""
