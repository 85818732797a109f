"""Measurements side by side: ours, a stated peer and a limit in one run, so that ratios hold on any machine."""
