"""Who may do what in the app of assistance funds."""
