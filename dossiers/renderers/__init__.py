"""Files that are made of what the queries give."""
