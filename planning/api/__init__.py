"""Dispatch plans over REST."""
