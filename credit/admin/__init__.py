"""Pages of micro-credit on the admin site."""
