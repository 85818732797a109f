"""What a rule or a list from above found, and the exemption from it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from quality.enums import ExemptionState, FindingState, Severity
from quality.models.suspicion import SuspicionList
from registry.enums import Role, Sector
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

_OF_A_RULE = Q(suspicion_list__isnull=True, line_number__isnull=True) & ~Q(rule_code="")
_OF_A_LIST = Q(suspicion_list__isnull=False, line_number__isnull=False, rule_code="")


class Finding(VersionedModel):
    """A row that breaks a rule, or that a list from above doubts (疑点数据), until it is settled.

    One a rule and object for ever: it is closed when the data is right, and opened again when it returns. A person who
    joins another household has findings of their own there, so that no finding crosses from one village to another.
    `subject_id` is the person, else the household, else the village. It quotes no value of the data.
    """

    rule_code = models.CharField(_("rule"), max_length=20, blank=True, db_collation="C")
    rule_version = models.PositiveSmallIntegerField(_("version of the rule"), default=0)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    subject_id = models.UUIDField(_("object"), editable=False)
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), null=True, blank=True, related_name="findings"
    )
    person = TenantForeignKey(
        "households.Person", verbose_name=_("person"), null=True, blank=True, related_name="findings"
    )
    village = TenantForeignKey(
        "villages.Village", verbose_name=_("village"), null=True, blank=True, related_name="findings"
    )
    first_seen_on = models.DateField(_("first seen on"))
    last_seen_on = models.DateField(_("last seen on"))
    state = models.CharField(_("state"), max_length=12, choices=FindingState.choices, default=FindingState.NEW)
    reopened_count = models.PositiveSmallIntegerField(_("opened again"), default=0)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    assignee_role = models.CharField(_("assigned to the role"), max_length=30, choices=Role.choices, blank=True)
    assignee_id = models.UUIDField(_("assigned to"), null=True, blank=True)
    due_on = models.DateField(_("to be settled by"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    evidence = TenantForeignKey(
        "registry.Document", verbose_name=_("evidence"), null=True, blank=True, related_name="findings"
    )
    answered_by = models.UUIDField(_("answered by"), null=True, blank=True)
    suspicion_list = TenantForeignKey(
        SuspicionList, verbose_name=_("suspicion list"), null=True, blank=True, related_name="findings"
    )
    line_number = models.PositiveIntegerField(_("line of the list"), null=True, blank=True)

    telling: ClassVar = ("note",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["due_on", "scope_code", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="finding_household"),
            models.Index(
                fields=["tenant", "scope_code"], name="finding_open", condition=Q(state__in=["new", "assigned"])
            ),
            models.Index(
                fields=["tenant", "assignee_role"],
                name="finding_given_to_a_role",
                condition=Q(state__in=["new", "assigned"], assignee_role__gt=""),
            ),
            models.Index(
                fields=["tenant", "assignee_id"],
                name="finding_given_to_a_person",
                condition=Q(state__in=["new", "assigned"], assignee_id__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule_code", "household", "subject_id"],
                condition=Q(suspicion_list__isnull=True),
                name="finding_once_a_rule_and_object",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["tenant", "suspicion_list", "line_number"],
                condition=Q(suspicion_list__isnull=False),
                name="finding_once_a_line",
            ),
            models.CheckConstraint(name="finding_is_of_a_rule_or_a_list", condition=_OF_A_RULE | _OF_A_LIST),
            models.CheckConstraint(
                name="finding_has_its_object",
                condition=Q(subject_id=Coalesce(F("person"), F("household"), F("village"))),
            ),
            models.CheckConstraint(name="finding_state_is_known", condition=Q(state__in=FindingState.values)),
            models.CheckConstraint(
                name="finding_closed_has_its_day",
                condition=Q(state__in=["new", "assigned"], closed_on__isnull=True)
                | (~Q(state__in=["new", "assigned"]) & Q(closed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="finding_assigned_to_somebody",
                condition=~Q(state="assigned") | ~Q(assignee_role="") | Q(assignee_id__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_last_seen_not_before_first", condition=Q(last_seen_on__gte=F("first_seen_on"))
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.rule_code or str(self.line_number)


class Exemption(VersionedModel):
    """A request that a finding need not be fixed, and the decision of a second person; it expires."""

    finding = TenantForeignKey(Finding, verbose_name=_("finding"), related_name="exemptions")
    state = models.CharField(
        _("state"), max_length=10, choices=ExemptionState.choices, default=ExemptionState.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=300)
    expires_on = models.DateField(_("valid until (not included)"))
    requested_by = models.UUIDField(_("requested by"))
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    telling: ClassVar = ("reason", "decision_reason")

    class Meta(VersionedModel.Meta):
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["-requested_at", "id"]
        indexes = [models.Index(fields=["tenant", "finding"], name="exemption_finding")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "finding"], condition=Q(state="requested"), name="exemption_one_request_at_once"
            ),
            models.CheckConstraint(name="exemption_state_is_known", condition=Q(state__in=ExemptionState.values)),
            models.CheckConstraint(name="exemption_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="exemption_decided_by_a_second_person",
                condition=Q(state="requested", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["approved", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.id)
