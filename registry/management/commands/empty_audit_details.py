"""Empty the details of audit events recorded before a day, of every tenant."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from registry.domain.retention import empty_audit_details
from registry.lib.errors import DomainError
from registry.queries.tenants import for_each_tenant
from registry.tenancy.context import Actor


class Command(BaseCommand):
    """`manage.py empty_audit_details --before 2020-01-01 --reason "…"`."""

    help = "Empty before and after of old audit events of every tenant; the events themselves stay."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--before", required=True, type=date.fromisoformat, help="first day that is kept, YYYY-MM-DD"
        )
        parser.add_argument("--reason", required=True, help="the decision on which it is done")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        def work(actor: Actor) -> None:
            count = empty_audit_details(before=options["before"], actor=actor, reason=options["reason"])
            self.stdout.write(f"{actor.tenant_code}: {count}")

        try:
            for_each_tenant(work, origin="command:empty_audit_details")
        except DomainError as error:
            raise CommandError(str(error)) from error
