"""A county's part of a published plan, on both sides: at the authority that sent it and at the county that decides."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from planning.enums import Direction, PartState
from planning.models.plan import DispatchPlan
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class PlanPart(VersionedModel):
    """What one county is offered of a plan. Both sides know it by the same `key`; `plan` is the sender's alone."""

    key = models.UUIDField(_("key"), editable=False)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    plan = TenantForeignKey(DispatchPlan, verbose_name=_("plan"), null=True, blank=True, related_name="parts")
    other_code = models.CharField(_("code of the other side"), max_length=12, db_collation="C")
    other_name = models.CharField(_("other side"), max_length=100)
    title = models.CharField(_("title"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    state = models.CharField(_("state"), max_length=10, choices=PartState.choices, default=PartState.OFFERED)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("part of a dispatch plan")
        verbose_name_plural = _("parts of dispatch plans")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="planpart_key_once"),
            models.CheckConstraint(name="planpart_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="planpart_sent_has_its_plan",
                condition=Q(direction=Direction.SENT, plan__isnull=False)
                | Q(direction=Direction.RECEIVED, plan__isnull=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class PartVillage(TenantModel):
    """A village of a part: which unit is to come. `team` is the stay that the county began on it."""

    part = TenantForeignKey(PlanPart, verbose_name=_("part"), related_name="villages")
    village_code = models.CharField(_("division code"), max_length=12, db_collation="C")
    village_name = models.CharField(_("village"), max_length=100)
    unit_name = models.CharField(_("unit"), max_length=100)
    kind_code = models.CharField(_("kind of unit"), max_length=20, blank=True, default="", db_default="")
    level_code = models.CharField(_("level"), max_length=20)
    paired_province_code = models.CharField(
        _("paired-aid province"), max_length=20, blank=True, default="", db_default=""
    )
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    why = models.JSONField(_("explanation"), default=dict)
    team = TenantForeignKey(
        "villages.WorkTeam", verbose_name=_("work team"), null=True, blank=True, related_name="dispatched"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("village of a part")
        verbose_name_plural = _("villages of a part")
        ordering = ["part", "village_code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "part", "village_code"], name="partvillage_once_a_part"),
        ]

    @override
    def __str__(self) -> str:
        return self.village_name
