"""Pages of requests and grievances on the admin site."""
