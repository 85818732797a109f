"""REST of partners and benefit links."""
