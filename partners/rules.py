"""Who may do what in the app of partners and benefit links."""
