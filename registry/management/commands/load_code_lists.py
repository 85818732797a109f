"""Load the code lists that come with this version."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from registry.domain.code_loading import FOLDER, CodeDifference, difference_of_codes, load_codes, read_code_files
from registry.lib.errors import DomainError
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """`manage.py load_code_lists [FOLDER] [--check]`."""

    help = "Show how the code lists of files differ from those on record, and load them. Nothing is deleted."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="folder of the lists (*.csv)")
        parser.add_argument("--check", action="store_true", help="only show the difference")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
        with tenant_scope(county_actor(platform, origin="command:load_code_lists")) as actor:
            try:
                difference = difference_of_codes(read_code_files(options["folder"]))
            except DomainError as error:
                raise CommandError(str(error)) from error
            self._show(difference, in_full=options["verbosity"] > 1)
            if not options["check"]:
                load_codes(difference, actor=actor)

    def _show(self, difference: CodeDifference, *, in_full: bool) -> None:
        new = Counter(row.scheme for row in difference.new)
        changed = Counter(row.scheme for row in difference.changed)
        unlisted = Counter(key[0] for key in difference.unlisted)
        for scheme in sorted(new | changed | unlisted):
            self.stdout.write(
                f"{scheme}: {new[scheme]} new, {changed[scheme]} changed, {unlisted[scheme]} on record but in no file"
            )
        if in_full:
            for sign, row in [("+", r) for r in difference.new] + [("~", r) for r in difference.changed]:
                self.stdout.write(f"{sign} {row.scheme} {row.edition} {row.code} {row.label_zh}")
        if difference.is_empty:
            self.stdout.write("The code lists on record are those of the files.")
