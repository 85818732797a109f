"""Bring all that is sealed and indexed under the keys in use."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError
from typing_extensions import override

from registry.domain.documents import contents_kept, reseal_content
from registry.domain.keys import (
    Renewed,
    index_tenant_anew,
    renewed_by_apps,
    reseal_batch,
    reseal_letters,
    sealed_columns,
    values_under_former_keys,
)
from registry.domain.version_keys import reseal_versions, versions_under_former_keys
from registry.lib.errors import DomainError
from registry.models import RowVersion, Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

ATTEMPTS: Final = 10
PAUSE_SECONDS: Final = 2


class Command(BaseCommand):
    """`manage.py renew_keys`, after every process runs with the new key ring."""

    help = "Seal and index everything under the keys in use; can be broken off and called again, while people work."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        left = [tenant.code for tenant in Tenant.objects.order_by("pk") if not self._renew(tenant)]
        if left:
            raise CommandError(f"Not everything is under the keys in use yet: {', '.join(left)}. Call it again.")
        self.stdout.write("Everything is under the keys in use.")

    def _renew(self, tenant: Tenant) -> bool:
        """Renew one county, in many transactions; tell whether nothing is left."""
        actor = county_actor(tenant, origin="command:renew_keys")
        indexed = self._index(actor)
        sealed = sum(self._seal(partial(reseal_batch, column), actor) for column in sealed_columns())
        sealed += self._seal(reseal_versions, actor)
        with tenant_scope(actor):
            sealed += reseal_letters(actor=actor).count
            contents = contents_kept()
        others = [self._renew_other(place, renew, actor) for place, renew in renewed_by_apps().items()]
        files = [self._seal_file(sha256, actor) for sha256 in contents]
        with tenant_scope(actor):
            left = values_under_former_keys(actor=actor)
            versions = versions_under_former_keys(actor=actor)
            left |= {RowVersion._meta.db_table: versions} if versions else {}
        self.stdout.write(f"{tenant.code}: {indexed or 0} indexed, {sealed} sealed, {files.count(True)} files sealed")
        for place, count in left.items():
            self.stderr.write(f"{tenant.code}: {place}: {count} under a former key, in use at this moment or damaged")
        return not left and indexed is not None and None not in (*files, *others)

    def _index(self, actor: Actor) -> int | None:
        for _attempt in range(ATTEMPTS):
            try:
                with tenant_scope(actor):
                    return index_tenant_anew(actor=actor)
            except OperationalError:
                time.sleep(PAUSE_SECONDS)
            except DomainError as error:
                self.stderr.write(f"{actor.tenant_code}: {error}")
                return None
        self.stderr.write(f"{actor.tenant_code}: not indexed anew, since people were at work")
        return None

    def _seal(self, seal_batch: Callable[..., Renewed], actor: Actor) -> int:
        count, after = 0, None
        while True:
            with tenant_scope(actor):
                batch = seal_batch(after=after, actor=actor)
            if batch.last_id is None:
                return count
            count, after = count + batch.count, batch.last_id

    def _renew_other(self, place: str, renew: Callable[..., Renewed], actor: Actor) -> int | None:
        """Give how many values were renewed; None where an app says that not all could be."""
        try:
            count = self._seal(renew, actor)
        except (DomainError, OperationalError) as error:
            self.stderr.write(f"{actor.tenant_code}: {place}: {error}")
            return None
        self.stdout.write(f"{actor.tenant_code}: {place}: {count} renewed")
        return count

    def _seal_file(self, sha256: str, actor: Actor) -> bool | None:
        """Tell whether the file was sealed anew; None for one that is missing or damaged."""
        try:
            with tenant_scope(actor):
                return reseal_content(sha256, actor=actor)
        except (FileNotFoundError, DomainError):
            self.stderr.write(f"{actor.tenant_code}: file {sha256} is missing or damaged")
            return None
