"""The tables of the exchange."""

from exchange.models.batch import ImportBatch
from exchange.models.rows import ImportHousehold, ImportRow

__all__ = ["ImportBatch", "ImportHousehold", "ImportRow"]
