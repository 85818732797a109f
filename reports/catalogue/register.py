"""The reports of the register: importing this module enters them in the catalogue."""

from reports.catalogue import (
    assistance_lists,
    file_index,
    findings,
    handbook,
    income_card,
    livelihood_lists,
    money_lists,
    sector_list,
    village_ledger,
    work_months,
)

__all__ = [
    "assistance_lists",
    "file_index",
    "findings",
    "handbook",
    "income_card",
    "livelihood_lists",
    "money_lists",
    "sector_list",
    "village_ledger",
    "work_months",
]
