"""Periods, freezes, bookings and reopenings."""
