"""Rosters as offices exchange them: reading, and the workbooks that go back. No model is known here."""
