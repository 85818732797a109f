"""Note who looks alike in every county."""

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from households.domain.near import note_near_county
from registry.queries.tenants import for_each_tenant
from registry.tenancy.context import Actor


class Command(BaseCommand):
    """`manage.py note_near`, once after the upgrade; each night does the same by itself."""

    help = "Note the pairs of persons who look alike and are not noted yet, in every tenant."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        def work(actor: Actor) -> None:
            if not actor.ranges:  # the platform, where nobody lives
                return
            self.stdout.write(f"{actor.tenant_code}: {note_near_county(actor=actor)}")

        for_each_tenant(work, origin="command:note_near")
