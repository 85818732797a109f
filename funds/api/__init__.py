"""REST of the assistance funds."""
