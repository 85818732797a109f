"""What each app adds to the tests of tenancy, a module an app: its doors, bodies and rows.

A module here has one name, `LISTS`. The older apps' lines stand in the tests themselves.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from tests.tenancy.app_lists import AppLists

APPS: Final[tuple[AppLists, ...]] = tuple(
    import_module(f"{__name__}.{module.name}").LISTS for module in iter_modules(__path__)
)
