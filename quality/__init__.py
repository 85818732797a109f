"""Rules that keep the data honest, and what they find."""
