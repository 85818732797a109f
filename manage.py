#!/usr/bin/env python
"""The command line of the site: `python manage.py help` lists what it can do."""

import os
import sys

# These change the schema or lists that stand outside the tenants: they connect as the owner, all else as the app role.
OWNER_COMMANDS = frozenset(
    {"migrate", "sqlmigrate", "showmigrations", "makemigrations", "load_divisions", "load_code_lists"}
)


def main(arguments: list[str]) -> None:
    """Run the command, with the database role that it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    if len(arguments) > 1 and arguments[1] in OWNER_COMMANDS:
        os.environ.setdefault("REGISTRY_DATABASE_ROLE", "owner")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 the role is chosen before Django loads

    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
