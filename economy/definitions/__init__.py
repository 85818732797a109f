"""What the product assumes of the collective economy."""
