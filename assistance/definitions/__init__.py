"""What comes with the product and a county may replace."""
