"""What is due and not received, or received and not due, until a person or the facts settle it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from entitlements.enums import ANSWERS, EntitlementAnswer, EntitlementKind, EntitlementState
from registry.enums import Sector
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

_NO_ANSWER = Q(answer="", answered_on__isnull=True, answered_by__isnull=True, ask_again_on__isnull=True)
_AN_ANSWER = Q(
    answer__in=EntitlementAnswer.values,
    answered_on__isnull=False,
    answered_by__isnull=False,
    ask_again_on__isnull=False,
)


class EntitlementFinding(VersionedModel):
    """A household or person of whom eligibility and receipt of a policy do not agree (应享未享、不应享而享).

    One a policy, kind and object for ever: closed when the facts agree, new again when they do not. `policy_version`
    and `year` say by which edition it was last found. The answer is a person's; the last one stays beside a finding
    that is new again, with the day from which it was asked anew. It quotes no value of the data, stops nothing, and
    changes no fact. `subject_id` is the person, else the household.
    """

    policy_code = models.CharField(_("policy"), max_length=40, db_collation="C")
    policy_version = models.PositiveSmallIntegerField(_("edition of the policy"))
    year = models.PositiveSmallIntegerField(_("year of its figures"))
    kind = models.CharField(_("kind"), max_length=20, choices=EntitlementKind.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    subject_id = models.UUIDField(_("object"), editable=False)
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), related_name="entitlement_findings"
    )
    person = TenantForeignKey(
        "households.Person", verbose_name=_("person"), null=True, blank=True, related_name="entitlement_findings"
    )
    first_seen_on = models.DateField(_("first seen on"))
    last_seen_on = models.DateField(_("last seen on"))
    state = models.CharField(_("state"), max_length=10, choices=EntitlementState.choices, default=EntitlementState.NEW)
    reopened_count = models.PositiveSmallIntegerField(_("opened again"), default=0)
    closed_on = models.DateField(_("settled on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=20, choices=EntitlementAnswer.choices, blank=True)
    answered_on = models.DateField(_("answered as of"), null=True, blank=True)
    answered_by = models.UUIDField(_("answered by"), null=True, blank=True)
    ask_again_on = models.DateField(_("asked again from"), null=True, blank=True)
    note = models.CharField(_("reason"), max_length=300, blank=True)

    telling: ClassVar = ("note",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("entitlement to be settled")
        verbose_name_plural = _("entitlements to be settled")
        ordering = ["scope_code", "policy_code", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="entitlement_household"),
            models.Index(fields=["tenant", "state", "scope_code", "policy_code", "id"], name="entitlement_worklist"),
            models.Index(fields=["tenant", "policy_code", "kind", "state", "answer"], name="entitlement_figures"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "policy_code", "kind", "household", "subject_id"], name="entitlement_once_an_object"
            ),
            models.CheckConstraint(
                name="entitlement_has_its_object", condition=Q(subject_id=Coalesce(F("person"), F("household")))
            ),
            models.CheckConstraint(name="entitlement_state_is_known", condition=Q(state__in=EntitlementState.values)),
            models.CheckConstraint(
                name="entitlement_closed_has_its_day",
                condition=Q(state=EntitlementState.CLOSED, closed_on__isnull=False)
                | (~Q(state=EntitlementState.CLOSED) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="entitlement_answer_is_whole",
                condition=_AN_ANSWER | (_NO_ANSWER & ~Q(state=EntitlementState.DECIDED)),
            ),
            models.CheckConstraint(
                name="entitlement_answer_fits_its_kind",
                condition=Q(kind=EntitlementKind.DUE_NOT_RECEIVED)
                & Q(answer__in=["", *ANSWERS[EntitlementKind.DUE_NOT_RECEIVED]])
                | Q(kind=EntitlementKind.RECEIVED_NOT_DUE)
                & Q(answer__in=["", *ANSWERS[EntitlementKind.RECEIVED_NOT_DUE]]),
            ),
            models.CheckConstraint(
                name="entitlement_last_seen_not_before_first", condition=Q(last_seen_on__gte=F("first_seen_on"))
            ),
            models.CheckConstraint(
                name="entitlement_asked_again_after_its_answer",
                condition=Q(ask_again_on__isnull=True) | Q(ask_again_on__gt=F("answered_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.policy_code
