"""Claim the members of every county anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from households.domain.claims import claim_batch
from registry.lib.errors import DomainError
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """`manage.py claim_identities`, once after the upgrade to claims, and to bring lost claims back."""

    help = "Claim the members of every county anew, and note who is in two; can be broken off and called again."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for tenant in Tenant.objects.order_by("pk"):
                self.stdout.write(f"{tenant.code}: {self._claim(tenant)} changed")
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _claim(self, tenant: Tenant) -> int:
        """Claim one county, in many transactions."""
        actor = county_actor(tenant, origin="command:claim_identities")
        changed, after = 0, None
        while True:
            with tenant_scope(actor):
                batch = claim_batch(after=after, actor=actor)
            if batch.last_id is None:
                return changed
            changed, after = changed + batch.changed, batch.last_id
