"""Invented rows for tests. Two counties stand ready: 549901 and 549902, in which nobody lives."""
