"""Assistance: the cadres who help, and the households paired with them."""
