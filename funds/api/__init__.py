"""REST of assistance funds."""
