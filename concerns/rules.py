"""Who may do what in the app of requests and grievances."""
