"""The relation between two rows of one tenant."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode

if TYPE_CHECKING:
    _ForeignKey = models.ForeignKey[Any, Any]
else:
    _ForeignKey = models.ForeignKey


class TenantForeignKey(_ForeignKey):
    """A foreign key on (tenant, id): each join compares both columns, and the database's constraint does too.

    The constraint itself is made by the migration operation `TenantLink`. No index is made of its own: name one in
    Meta.indexes where rows are looked up by the relation.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode | None:
        """Add "same tenant" to each join; `alias` is the table that is pointed at."""
        remote = self.remote_field.model._meta.get_field("tenant")
        own = self.model._meta.get_field("tenant")
        return WhereNode([Exact(remote.get_col(alias), own.get_col(related_alias))], AND)
