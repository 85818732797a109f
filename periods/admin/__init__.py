"""Pages of the periods on the admin site."""

from periods.admin import pictures

__all__ = ["pictures"]
