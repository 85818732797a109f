"""Doors that came to older apps: a run of the rules by hand, and exemptions."""

from typing import Final

from tests.tenancy.app_lists import AppLists

LISTS: Final = AppLists(
    pages={"admin:findings-run": "quality.run"},
    api={
        "api:quality-runs": {"POST": "quality.run"},
        "api:exemptions": {"GET": "quality.view"},
    },
    more={("api:quality-runs", "POST"): {}},
    again={"api:quality-runs"},
)
