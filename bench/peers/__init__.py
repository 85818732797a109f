"""What we measure ourselves against: the plain way with the same libraries, and the least that could be done."""
