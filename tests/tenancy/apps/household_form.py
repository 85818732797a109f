"""Columns of the household form, and the round of a village."""

from typing import Final

from tests.tenancy.app_lists import AppLists

LISTS: Final = AppLists(
    pages={"admin:household-income-proposal": "households.propose_change"},
    api={"api:village-round": {"GET": "households.visit"}},
    figures={"api:village-round"},
    # Of who filled the form in, and not of who was asked, as the name beside it.
    stays={"households_visit.collector_phone_sealed", "households_visit.collector_phone_index"},
)
