"""What every row of a tenant has."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from registry.tenancy.context import current_tenant_id


def new_id() -> UUID:
    """Make the id of a row: UUID version 7, so that new rows lie together in the index. Source: RFC 9562, 5.7."""
    return uuid7()


class TenantQuerySet(models.QuerySet):  # type: ignore[type-arg]  # generic over the model of each manager
    """Rows of the tenant in scope."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert many rows, each stamped with the tenant in scope."""
        rows = list(objs)
        for row in rows:
            row.stamp_tenant()
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # made at run time
    """Ask for rows of the tenant in scope; outside a scope there is nothing to ask."""

    def get_queryset(self) -> Any:
        """Add the tenant as a constant, which routes the query; row-level security is the net beneath."""
        return super().get_queryset().filter(tenant_id=current_tenant_id())


class TenantModel(models.Model):
    """A row of one tenant; `scope_code` is the division whose people may see it now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(
        "registry.Tenant", models.PROTECT, verbose_name=_("tenant"), editable=False, db_index=False, related_name="+"
    )
    scope_code = models.CharField(_("division in scope"), max_length=12, db_collation="C", editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def stamp_tenant(self) -> None:
        """Set the tenant of a new row to the one in scope, and refuse another."""
        tenant_id = current_tenant_id()
        if self.tenant_id is None:
            self.tenant_id = tenant_id
        if self.tenant_id != tenant_id:
            raise ValueError("A row of one tenant cannot be written in the scope of another.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row in the scope's tenant."""
        self.stamp_tenant()
        super().save(*args, **kwargs)

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *args: Any) -> bool:
        """Leave the tenant out of SET: a distributed database refuses to change the distribution column."""
        values = [value for value in values if value[0].attname != "tenant_id"]
        return bool(super()._do_update(base_qs, using, pk_val, values, *args))  # type: ignore[misc]  # private in Django


class VersionedModel(TenantModel):
    """An aggregate that people edit: `version` goes up by one with each change and is its ETag."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True

    def touch(self) -> Self:
        """Count the version up before the row is saved."""
        self.version += 1
        self.updated_at = timezone.now()
        return self
