"""REST of micro-credit."""
