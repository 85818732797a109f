"""REST of training and posts."""
