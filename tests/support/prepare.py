"""Bring an empty database into the state that tests start from: `python -m tests.support.prepare`, as the owner role.

One process for all three commands, since most of the time of each is Django's start.
"""

import os
from typing import Final

PREPARATIONS: Final = (
    ("migrate",),
    ("load_code_lists",),
    ("load_divisions", "registry/data/divisions/example.csv", "--edition", "2023", "--apply"),
)


def main() -> None:
    """Run the commands of manage.py that fill a new installation."""
    os.environ["REGISTRY_DATABASE_ROLE"] = "owner"

    import django  # noqa: PLC0415 the role is chosen before Django loads
    from django.core.management import call_command  # noqa: PLC0415 as above

    django.setup()
    for arguments in PREPARATIONS:
        call_command(*arguments, verbosity=0)


if __name__ == "__main__":
    main()
