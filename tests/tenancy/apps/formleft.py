"""The living conditions of a household year beside year."""

from typing import Final

from tests.tenancy.app_lists import AppLists

LISTS: Final = AppLists(pages={"admin:household-living": "households.view"})
