"""REST of requests and grievances."""
