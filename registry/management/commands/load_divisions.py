"""Load a published table of divisions."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from registry.domain.division_loading import (
    DivisionChange,
    DivisionDifference,
    compare_divisions,
    load_divisions,
    read_divisions,
    read_predecessors,
)
from registry.lib.errors import DomainError
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope

FEW = 20


class Command(BaseCommand):
    """`manage.py load_divisions FILE --edition 2023 [--apply]`."""

    help = "Show how a table of divisions differs from those on record; with --apply, load it as an edition."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="table with the columns code, name, level (csv or csv.xz)")
        parser.add_argument("--edition", required=True, help="name of the edition, beginning with its year")
        parser.add_argument("--predecessors", type=Path, help="table with the columns code, predecessor (csv)")
        parser.add_argument("--source", default="", help="where the table comes from; default: the file's name")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="first day of the edition, YYYY-MM-DD")
        parser.add_argument("--apply", action="store_true", help="write; without it nothing is changed")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
        try:
            table = read_divisions(options["file"])
            links = read_predecessors(options["predecessors"], table) if options["predecessors"] else []
            with tenant_scope(county_actor(platform, origin="command:load_divisions")) as actor:
                difference = compare_divisions(table, links, edition=options["edition"])
                self._show(difference, count=len(table.names), repeated_count=table.repeated_count)
                if options["apply"]:
                    written = load_divisions(
                        edition=options["edition"],
                        source=options["source"] or options["file"].name,
                        valid_from=options["valid_from"],
                        actor=actor,
                    )
                    self.stdout.write(f"Loaded: {written} rows written in edition {options['edition']}.")
                else:
                    self.stdout.write("Nothing was changed. Add --apply to load the table.")
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _show(self, difference: DivisionDifference, *, count: int, repeated_count: int) -> None:
        self.stdout.write(f"{count} divisions in the file, {repeated_count} lines repeat one under a lower level.")
        self.stdout.write(f"Compared with edition {difference.compared_with or 'none'} and what this edition holds:")
        self._list("new", difference.new_count, difference.new)
        self._list("renamed", difference.renamed_count, difference.renamed)
        self._list("gone (kept on record)", difference.gone_count, difference.gone)
        self.stdout.write(f"{len(difference.merged)} links to predecessors")
        for code, predecessor in difference.merged[:FEW]:
            self.stdout.write(f"  {predecessor} → {code}")

    def _list(self, title: str, count: int, changes: tuple[DivisionChange, ...]) -> None:
        self.stdout.write(f"{count} {title}")
        for change in changes[:FEW]:
            self.stdout.write(f"  {change.code} {' → '.join(name for name in (change.before, change.after) if name)}")
        if count > FEW:
            self.stdout.write(f"  … and {count - FEW} more")
