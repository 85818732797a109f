"""The tenant: one county-level authority."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

PLATFORM_TENANT_ID: Final = 1


class Tenant(models.Model):
    """A county-level authority, or the reserved platform tenant for events of the system itself.

    A platform table: it stands outside the tenants and holds no person's data.
    """

    id = models.PositiveIntegerField(primary_key=True)
    code = models.CharField(_("division code"), max_length=12, unique=True, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    is_active = models.BooleanField(_("in service"), default=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    index_version = models.PositiveSmallIntegerField(_("version of the index key"), default=1, editable=False)
    office_contact = models.CharField(
        _("whom to call"),
        max_length=100,
        blank=True,
        help_text=_("The office and its telephone, as other counties see them."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("tenant")
        verbose_name_plural = _("tenants")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="tenant_code_is_county", condition=models.Q(code__regex=r"^\d{6}0{6}$")),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def is_platform(self) -> bool:
        """Tell whether this is the reserved tenant of the system itself."""
        return self.id == PLATFORM_TENANT_ID
