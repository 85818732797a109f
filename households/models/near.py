"""Two persons of the county who may be one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import NearReason, NearState
from households.models.person import Person
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class NearDuplicate(VersionedModel):
    """One side of a pair of persons who look alike: the own person, why, and in which village the other one lives.

    The pair has a row for each side, seen by that side's people. The other side is named by its id and not by a link:
    what links to a person moves with that person, and this row stays with its own one.
    """

    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="near_duplicates")
    other_person_id = models.UUIDField(_("other person"), editable=False)
    other_village_code = models.CharField(
        _("village of the other person when found"), max_length=12, db_collation="C", editable=False
    )
    other_left = models.BooleanField(
        _("the other one had left when found"), default=False, db_default=False, editable=False
    )
    why = models.CharField(_("why they look alike"), max_length=16, choices=NearReason.choices, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=NearState.choices, default=NearState.NEW, editable=False)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    telling: ClassVar = ("reason",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("person who looks like another")
        verbose_name_plural = _("persons who look alike")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="nearduplicate_scope")]
        constraints = [
            # Those found to be different are never asked about again; one put right may come up anew.
            models.UniqueConstraint(
                fields=["tenant", "person", "other_person_id"],
                condition=Q(state__in=[NearState.NEW, NearState.DIFFERENT]),
                name="nearduplicate_once_a_pair",
            ),
            models.CheckConstraint(
                name="nearduplicate_values_are_known",
                condition=Q(state__in=NearState.values, why__in=NearReason.values),
            ),
            models.CheckConstraint(name="nearduplicate_is_about_two", condition=~Q(person=models.F("other_person_id"))),
            models.CheckConstraint(
                name="nearduplicate_settled_has_a_reason",
                condition=Q(state=NearState.NEW, settled_at__isnull=True, reason="")
                | (~Q(state=NearState.NEW) & Q(settled_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.person_id)
