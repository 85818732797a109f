"""Pages of partners and benefit links on the admin site."""
