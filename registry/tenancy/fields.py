"""The relation between two rows of one tenant."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode
from typing_extensions import override

if TYPE_CHECKING:
    _ForeignKey = models.ForeignKey[Any, Any]
else:
    _ForeignKey = models.ForeignKey


OnDelete = Callable[..., None]


class TenantForeignKey(_ForeignKey):
    """A foreign key on (tenant, id): each join compares both columns, and the database's constraint does too.

    The constraint itself is made by the migration operation `TenantLink`. No index is made of its own: name one in
    Meta.indexes where rows are looked up by the relation.
    """

    def __init__(self, to: type[models.Model] | str, on_delete: OnDelete = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)

    @override
    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> WhereNode:
        """Add "same tenant" to each join; `alias` is the table that is pointed at."""
        remote = cast("models.Field[Any, Any]", self.related_model._meta.get_field("tenant"))
        own = cast("models.Field[Any, Any]", self.model._meta.get_field("tenant"))
        same = Exact(remote.get_col(cast("str", alias)), own.get_col(cast("str", related_alias)))
        return WhereNode([cast("Any", same)], AND)
