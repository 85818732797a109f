"""The first page of each post."""

from typing import Final

from tests.tenancy.app_lists import AppLists

LISTS: Final = AppLists(
    pages={
        "admin:dashboard-waiting": "dashboards.view",
        "admin:dashboard-flow": "households.view_ledger",
    },
    api={
        "api:dashboard": {"GET": "dashboards.view"},
        "api:dashboard-waiting": {"GET": "dashboards.view"},
    },
    figures={"api:dashboard", "api:dashboard-waiting"},
)
