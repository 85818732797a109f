"""Listen for households that were saved, and for rosters that were applied."""
