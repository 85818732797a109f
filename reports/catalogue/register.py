"""The reports of the register: importing this module enters them in the catalogue."""

from reports.catalogue import assistance_lists, livelihood_lists, money_lists, work_months

__all__ = ["assistance_lists", "livelihood_lists", "money_lists", "work_months"]
