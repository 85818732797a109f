"""What every row of a tenant has."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Self, TypeVar, cast
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from uuid_utils.compat import uuid7

from registry.tenancy.context import current_tenant_id


def new_id() -> UUID:
    """Make the id of a row: UUID version 7, so that new rows lie together in the index. Source: RFC 9562, 5.7."""
    return uuid7()


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[Row_co]):
    """Rows of the tenant in scope. One that is asked only after its scope has closed raises, instead of giving none."""

    @override
    def _fetch_all(self) -> None:
        if self._result_cache is None and not self.query.is_empty():
            current_tenant_id()
        super()._fetch_all()

    @override
    def count(self) -> int:
        current_tenant_id()
        return super().count()

    @override
    def exists(self) -> bool:
        current_tenant_id()
        return super().exists()

    @override
    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        current_tenant_id()
        return super().aggregate(*args, **kwargs)

    @override
    def iterator(self, chunk_size: int | None = None) -> Iterator[Row_co]:
        current_tenant_id()
        yield from super().iterator(chunk_size)

    @override
    def update(self, **kwargs: Any) -> int:
        current_tenant_id()
        return super().update(**kwargs)

    @override
    def delete(self) -> tuple[int, dict[str, int]]:
        current_tenant_id()
        return super().delete()

    @override
    def bulk_create(self, objs: Iterable[Row_co], *args: Any, **kwargs: Any) -> list[Row_co]:
        rows = list(objs)
        for row in rows:
            cast("TenantModel", row).stamp_tenant()
        return super().bulk_create(rows, *args, **kwargs)


class TenantManager(models.Manager[Row_co]):
    """Ask for rows of the tenant in scope; outside a scope there is nothing to ask."""

    @override
    def none(self) -> TenantQuerySet[Row_co]:
        """Give no rows, which needs no scope: a form's choices before its page is opened."""
        return TenantQuerySet[Row_co](self.model, using=self._db).none()

    @override
    def get_queryset(self) -> TenantQuerySet[Row_co]:
        """Add the tenant as a constant, which routes the query; row-level security is the net beneath."""
        return TenantQuerySet[Row_co](self.model, using=self._db).filter(tenant_id=current_tenant_id())


class TenantModel(models.Model):
    """A row of one tenant; `scope_code` is the division whose people may see it now.

    `telling` names the columns that may tell who a person is or where somebody lives, in words that people typed or in
    a sealed value: they are emptied when the person, or a household of nobody else, is forgotten. `showing` names the
    links to files that show who it is: their content is removed then.
    """

    telling: ClassVar[tuple[str, ...]] = ()
    showing: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(
        "registry.Tenant", models.PROTECT, verbose_name=_("tenant"), editable=False, db_index=False, related_name="+"
    )
    scope_code = models.CharField(_("division in scope"), max_length=12, db_collation="C", editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row in the scope's tenant."""
        self.stamp_tenant()
        super().save(*args, **kwargs)

    def stamp_tenant(self) -> None:
        """Set the tenant of a new row to the one in scope, and refuse another."""
        own: int | None = self.tenant_id
        if own is None:
            self.tenant_id = current_tenant_id()
        elif own != current_tenant_id():
            raise ValueError("A row of one tenant cannot be written in the scope of another.")

    @override
    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *args: Any) -> Any:
        """Leave the tenant out of SET: a distributed database refuses to change the distribution column."""
        values = [value for value in values if value[0].attname != "tenant_id"]
        return super()._do_update(base_qs, using, pk_val, values, *args)


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
