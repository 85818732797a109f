"""Filters of the lists."""

from villages.admin.filters import TownshipFilter, places_of

__all__ = ["TownshipFilter", "places_of"]
