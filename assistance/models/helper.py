"""The helper."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# 帮扶干部 and 爱心人士, of the list `helper_kind`.
CADRE: Final = "1"
PRIVATE_PERSON: Final = "5"


class Helper(VersionedModel):
    """Somebody who stands by households (帮扶责任人); known by name, unit and phone.

    A cadre or first secretary whom a unit sends, the contact of an enterprise or social organisation, which is the
    unit, or a private person, who alone may have none. Shared by the whole county. `user` is the login, where there
    is one. Of the rank follows how many households are too many (`HelperLoad`).
    """

    name = models.CharField(_("Name"), max_length=60)
    kind_code = models.CharField(_("kind of helper"), max_length=20, default=CADRE, db_default=CADRE)
    unit = TenantForeignKey("villages.Unit", verbose_name=_("unit"), related_name="helpers", null=True, blank=True)
    rank_code = models.CharField(_("rank"), max_length=20, blank=True, default="", db_default="")
    takes_part = models.BooleanField(
        _("takes part"),
        default=True,
        db_default=True,
        help_text=_("Whether a helper plan may give this helper households."),
    )
    phone_sealed = models.BinaryField(_("telephone"), null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("login"), null=True, blank=True, related_name="+"
    )

    class Meta(VersionedModel.Meta):
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name", "unit", "phone_index"],
                name="helper_once_by_name_unit_and_phone",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["tenant", "user"], name="helper_one_a_login"),
            models.CheckConstraint(name="helper_name_is_given", condition=~Q(name="")),
            models.CheckConstraint(name="helper_kind_is_given", condition=~Q(kind_code="")),
            models.CheckConstraint(
                name="helper_has_a_unit_unless_private",
                condition=Q(unit__isnull=False) | Q(kind_code=PRIVATE_PERSON),
            ),
            models.CheckConstraint(
                name="helper_phone_sealed_with_index",
                condition=Q(phone_sealed__isnull=True, phone_index__isnull=True)
                | Q(phone_sealed__isnull=False, phone_index__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
