"""What the product assumes of training and posts."""
