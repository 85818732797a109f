"""Villages: their yearly profile, the units that stand by them, and the teams that live in them."""
