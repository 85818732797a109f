"""Who may do what in the app of training and posts."""
