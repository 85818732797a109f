"""Files that leave the register."""
