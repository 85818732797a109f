"""Tables that come as files."""
