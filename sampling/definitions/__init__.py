"""How a sample is drawn and what it says, in plain Python."""
