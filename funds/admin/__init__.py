"""Pages of assistance funds on the admin site."""
