"""A person whom another county has too."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import DuplicateState
from households.models.person import Person
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class DuplicateNotice(VersionedModel):
    """What a county was told: another county has a person of the same document. Nothing else of that county is known.

    `claim_index` is the claim that both made; `state` is what this county says, `other_state` what the other one wrote.
    """

    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="duplicate_notices")
    other_tenant = models.ForeignKey(
        "registry.Tenant", models.PROTECT, verbose_name=_("other county"), db_index=False, related_name="+"
    )
    claim_index = models.BinaryField(editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=DuplicateState.choices, default=DuplicateState.NEW, editable=False
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    other_state = models.CharField(
        _("what the other county says"), max_length=12, choices=DuplicateState.choices, default=DuplicateState.NEW
    )

    telling: ClassVar = ("reason",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("person of two counties")
        verbose_name_plural = _("persons of two counties")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="duplicatenotice_scope")]
        constraints = [
            # Told again it stays one; after a transfer or correction the same pair may come up anew.
            models.UniqueConstraint(
                fields=["tenant", "person", "other_tenant", "claim_index"],
                condition=Q(state__in=[DuplicateState.NEW, DuplicateState.BOTH_RIGHT]),
                name="duplicatenotice_once_a_pair",
            ),
            models.CheckConstraint(
                name="duplicatenotice_state_is_known",
                condition=Q(state__in=DuplicateState.values, other_state__in=DuplicateState.values),
            ),
            models.CheckConstraint(
                name="duplicatenotice_settled_has_a_reason",
                condition=Q(state=DuplicateState.NEW, settled_at__isnull=True, reason="")
                | (~Q(state=DuplicateState.NEW) & Q(settled_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.person_id)
