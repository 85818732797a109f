"""Superseded versions of rows: what stood in a row before it was changed or deleted. The live row is the newest."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import TenantModel

LONGEST_TABLE_NAME: Final = 63  # PostgreSQL's own


class RowVersion(TenantModel):
    """A row as it stood until `at`, the moment of the transaction that changed it; written by triggers alone.

    The order of the ids is the order of the versions of a row. `owner_id` is the household or person with whom the
    version is read, and moves. `content` is empty once the person was forgotten.
    """

    # No foreign key: the tenant is that of the row, which has one, and a check for each version is dear.
    tenant = models.ForeignKey(
        "registry.Tenant",
        models.PROTECT,
        verbose_name=_("tenant"),
        editable=False,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    table_name = models.CharField(_("table"), max_length=LONGEST_TABLE_NAME, db_collation="C")
    row_id = models.UUIDField(_("row"))
    owner_id = models.UUIDField(_("belongs to"))
    at = models.DateTimeField(_("superseded at"))
    user_id = models.UUIDField(_("user id"), null=True)
    is_deleted = models.BooleanField(_("the row was deleted then"), default=False)
    content = models.JSONField(_("what stood there"), null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("former version of a row")
        verbose_name_plural = _("former versions of rows")
        ordering = ["id"]
        indexes = [models.Index(fields=["tenant", "owner_id"], name="rowversion_owner")]

    @override
    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
