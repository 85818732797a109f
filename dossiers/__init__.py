"""Dossiers: the steps by which a household comes to the register, leaves poverty, is monitored, and returns."""
