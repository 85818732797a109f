"""What a household complains of, and what it was answered.

Row-level security hides both from whoever is complained of (`Policy.CONCEALED`, docs/decisions/0200): `scope_code` is
the division of the lowest level that may see the row, which a trigger widens to `reach` whoever writes it, and
`hidden_from` holds the logins that never see it.
"""

from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models import Helper
from concerns.enums import Against, GrievanceState, Level, Reach, Reply, Verdict
from households.models import Household
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models import WorkTeam

# The columns that say who is complained of, each with the kind that needs it.
_NAMED: Final = {Against.HELPER: "helper", Against.TEAM: "team", Against.ACCOUNT: "account"}


def _names_whom() -> Q:
    """Write that just the column of the kind is filled."""
    kinds = [*_NAMED, Against.NOBODY, Against.TOWNSHIP, Against.COUNTY]
    return Q(
        *[
            Q(against=kind, **{f"{column}__isnull": _NAMED.get(kind) != column for column in _NAMED.values()})
            for kind in kinds
        ],
        _connector=Q.OR,
    )


class Concealed(models.Model):
    """What the policy reads of a row."""

    reach = models.CharField(_("seen from"), max_length=10, choices=Reach.choices, editable=False)
    hidden_from = ArrayField(models.UUIDField(), verbose_name=_("hidden from"), default=list, editable=False)

    class Meta:
        abstract = True


class Grievance(Concealed, VersionedModel):
    """A complaint or an appeal (申诉、投诉) of a household, filed by it or on its behalf.

    The number of the household and its village at the time are kept as facts, for whoever answers from outside its
    area. `level` is who answers now. The words are never part of a version, an audit detail, an export or a timeline.
    """

    number = models.CharField(_("number"), max_length=20, db_collation="C", editable=False)
    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="grievances")
    household_number = models.CharField(_("household number"), max_length=32, editable=False)
    village_code = models.CharField(_("village"), max_length=12, db_collation="C", editable=False)
    filed_on = models.DateField(_("filed on"))
    channel_code = models.CharField(_("how it was told"), max_length=20)
    matter_code = models.CharField(_("about"), max_length=20)
    text = models.CharField(_("what is complained of"), max_length=1000)
    against = models.CharField(_("against whom"), max_length=10, choices=Against.choices)
    helper = TenantForeignKey(Helper, verbose_name=_("helper"), null=True, blank=True, related_name="+")
    team = TenantForeignKey(WorkTeam, verbose_name=_("work team"), null=True, blank=True, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("login"), null=True, blank=True, related_name="+"
    )
    level = models.CharField(_("who answers"), max_length=10, choices=Level.choices)
    state = models.CharField(_("state"), max_length=15, choices=GrievanceState.choices, default=GrievanceState.FILED)
    acknowledge_by = models.DateField(_("acknowledge by"))
    answer_by = models.DateField(_("answer by"))
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    word_on = models.DateField(_("taken back by the household on"), null=True, blank=True)
    word_code = models.CharField(_("how it was taken back"), max_length=20, blank=True)
    filed_by = models.UUIDField(_("filed by"), editable=False)

    telling: ClassVar = ("text",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("grievance")
        verbose_name_plural = _("grievances")
        ordering = ["answer_by", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="grievance_household"),
            models.Index(
                fields=["tenant", "answer_by", "id"],
                name="grievance_due",
                condition=Q(state__in=[GrievanceState.FILED, GrievanceState.ACKNOWLEDGED]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="grievance_number_once"),
            # Of one's own alone: who files the same again must learn nothing of what others filed.
            models.UniqueConstraint(
                fields=["tenant", "filed_by", "household", "filed_on", "matter_code", "against", *_NAMED.values()],
                name="grievance_once_a_day",
                condition=~Q(state=GrievanceState.WITHDRAWN),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="grievance_names_whom", condition=_names_whom()),
            models.CheckConstraint(
                name="grievance_against_is_beyond_reach",
                condition=(~Q(against=Against.TEAM) | ~Q(reach=Reach.VILLAGE))
                & (~Q(against=Against.TOWNSHIP) | Q(reach__in=[Reach.COUNTY, Reach.ABOVE]))
                & (~Q(against=Against.COUNTY) | Q(reach=Reach.ABOVE)),
            ),
            # Who answers sees it: the level is never below the reach.
            models.CheckConstraint(
                name="grievance_level_sees_it",
                condition=Q(reach__in=[Reach.VILLAGE, Reach.TOWNSHIP], level__in=Level.values)
                | Q(reach=Reach.COUNTY, level__in=[Level.COUNTY, Level.ABOVE])
                | Q(reach=Reach.ABOVE, level=Level.ABOVE),
            ),
            models.CheckConstraint(name="grievance_state_is_known", condition=Q(state__in=GrievanceState.values)),
            models.CheckConstraint(
                name="grievance_says_what", condition=~Q(channel_code="") & ~Q(matter_code="") & ~Q(text="")
            ),
            models.CheckConstraint(
                name="grievance_days_in_order",
                condition=Q(acknowledge_by__gte=models.F("filed_on"), answer_by__gte=models.F("acknowledge_by"))
                & (Q(acknowledged_on__isnull=True) | Q(acknowledged_on__gte=models.F("filed_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("filed_on"))),
            ),
            models.CheckConstraint(
                name="grievance_word_is_of_a_withdrawal",
                condition=Q(word_on__isnull=True, word_code="")
                | (Q(state=GrievanceState.WITHDRAWN, word_on__gte=models.F("filed_on")) & ~Q(word_code="")),
            ),
            models.CheckConstraint(
                name="grievance_acknowledged_on_a_day",
                condition=~Q(state=GrievanceState.ACKNOWLEDGED) | Q(acknowledged_on__isnull=False),
            ),
            models.CheckConstraint(
                name="grievance_closed_on_a_day",
                condition=Q(
                    state__in=[GrievanceState.FILED, GrievanceState.ACKNOWLEDGED, GrievanceState.ANSWERED],
                    closed_on__isnull=True,
                )
                | Q(
                    state__in=[GrievanceState.SETTLED, GrievanceState.EXHAUSTED, GrievanceState.WITHDRAWN],
                    closed_on__isnull=False,
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class GrievanceAnswer(Concealed, TenantModel):
    """The answer of one level, and what the household said to it.

    Triggers hold that nobody answers from whom it is hidden, and that an answer and what was said to it stay. Whoever
    answered may be hidden from it later, when the login is linked with the helper.
    """

    grievance = TenantForeignKey(Grievance, verbose_name=_("grievance"), related_name="answers")
    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="+")
    level = models.CharField(_("who answered"), max_length=10, choices=Level.choices)
    answered_on = models.DateField(_("answered on"))
    verdict = models.CharField(_("the answer in a word"), max_length=10, choices=Verdict.choices)
    remedy_code = models.CharField(_("where it is put right"), max_length=20, blank=True)
    text = models.CharField(_("answer"), max_length=1000)
    answered_by = models.UUIDField(_("answered by"), editable=False)
    reply = models.CharField(_("the household says"), max_length=15, choices=Reply.choices, blank=True)
    replied_on = models.DateField(_("said on"), null=True, blank=True)
    replied_by = models.UUIDField(_("entered by"), null=True, editable=False)

    telling: ClassVar = ("text",)

    class Meta(TenantModel.Meta):
        verbose_name = _("answer to a grievance")
        verbose_name_plural = _("answers to a grievance")
        ordering = ["grievance", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="grievanceanswer_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "grievance", "level"], name="grievanceanswer_once_a_level"),
            models.CheckConstraint(name="grievanceanswer_says_what", condition=~Q(text="") & ~Q(verdict="")),
            models.CheckConstraint(
                name="grievanceanswer_upheld_is_put_right",
                condition=(Q(verdict=Verdict.NOT_UPHELD, remedy_code=""))
                | (~Q(verdict=Verdict.NOT_UPHELD) & ~Q(remedy_code="")),
            ),
            models.CheckConstraint(
                name="grievanceanswer_reply_has_its_day",
                condition=Q(reply="", replied_on__isnull=True)
                | (~Q(reply="") & Q(replied_on__gte=models.F("answered_on"))),
            ),
            # That it is content is entered by somebody else; above the county one administrator may be alone.
            models.CheckConstraint(
                name="grievanceanswer_reply_by_another",
                condition=Q(reply__in=["", Reply.NOT_CONTENT])
                | Q(level=Level.ABOVE)
                | (Q(replied_by__isnull=False) & ~Q(replied_by=models.F("answered_by"))),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.answered_on:%Y-%m-%d}"
