"""REST of what is due and received."""
