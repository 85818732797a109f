"""REST of the collective economy."""
