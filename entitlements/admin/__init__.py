"""Pages of what is due and received on the admin site."""
