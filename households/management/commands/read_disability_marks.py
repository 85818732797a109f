"""Read the marks of disability certificates that were on file before their columns were."""

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from households.domain.marks import read_disability_marks
from registry.queries.tenants import for_each_tenant
from registry.tenancy.context import Actor


class Command(BaseCommand):
    """`manage.py read_disability_marks`, once after the upgrade."""

    help = "Write category and grade of disability of persons known by a certificate, in every tenant."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        def work(actor: Actor) -> None:
            self.stdout.write(f"{actor.tenant_code}: {read_disability_marks(actor=actor)}")

        for_each_tenant(work, origin="command:read_disability_marks")
