"""Pages of training and posts on the admin site."""
