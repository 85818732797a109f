"""The team that lives in a village: its batch, its members, and the days on which they were away.

Nothing here says where somebody was at what time: the team writes no log and checks in nowhere (docs/decisions/0156).
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel
from villages.enums import FIRST_SECRETARY, LEADER
from villages.models.periods import ends_not_before_start, one_a_day
from villages.models.unit import Unit
from villages.models.village import Village

if TYPE_CHECKING:
    from uuid import UUID


class TeamBatch(VersionedModel):
    """A batch in which teams are sent (驻村工作队批次), with its term. Shared by the whole county.

    `planned_ends_on` is the first day after the term: a team that is still there on that day stays over its term.
    """

    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("from"))
    planned_ends_on = models.DateField(_("planned until (not included)"))

    class Meta(VersionedModel.Meta):
        verbose_name = _("batch of teams")
        verbose_name_plural = _("batches of teams")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="teambatch_number_once_a_tenant"),
            models.CheckConstraint(name="teambatch_ends_after_start", condition=Q(planned_ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="teambatch_is_named", condition=~Q(name="") & Q(number__gte=1)),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class WorkTeam(VersionedModel):
    """A team (驻村工作队) that a unit sends to live in a village; `ends_on` is the first day without it.

    `planned_ends_on` is the first day after its term: that of its batch, or its own; empty where nobody said.
    """

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="teams")
    unit = TenantForeignKey(Unit, verbose_name=_("unit"), related_name="teams")
    batch = TenantForeignKey(TeamBatch, verbose_name=_("batch"), related_name="teams", null=True, blank=True)
    starts_on = models.DateField(_("from"))
    planned_ends_on = models.DateField(_("planned until (not included)"), null=True, blank=True)
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("work team")
        verbose_name_plural = _("work teams")
        ordering = ["village", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "village"], name="workteam_village")]
        constraints = [
            models.CheckConstraint(
                name="workteam_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="workteam_is_planned_past_its_start",
                condition=Q(planned_ends_on__isnull=True) | Q(planned_ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="workteam_one_a_unit_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("village", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.unit)


class TeamMember(VersionedModel):
    """Somebody in a team, with their posts in a period; other posts from a day on are another row.

    `scope_code` is the village of the team, so that the village has one first secretary a day. Within a unit a name
    names one person: two of one name are told apart by what is written with it (docs/decisions/0154). `user` is the
    login of that person, where there is one: what the month of the team is drawn from.
    """

    team = TenantForeignKey(WorkTeam, verbose_name=_("team"), related_name="members")
    unit = TenantForeignKey(Unit, verbose_name=_("sent by"), related_name="+")
    name = models.CharField(_("Name"), max_length=70)
    post_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("posts"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("login"), null=True, blank=True, related_name="+"
    )

    if TYPE_CHECKING:
        user_id: UUID | None

    class Meta(VersionedModel.Meta):
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["team", "starts_on", "name"]
        indexes = [
            models.Index(fields=["tenant", "team"], name="teammember_team"),
            models.Index(fields=["tenant", "scope_code"], name="teammember_scope"),
        ]
        constraints = [
            ends_not_before_start("teammember_ends_not_before_start"),
            models.CheckConstraint(name="teammember_is_named", condition=~Q(name="")),
            models.CheckConstraint(name="teammember_has_a_post", condition=~Q(post_codes=[])),
            one_a_day(
                "teammember_one_first_secretary_a_day",
                "scope_code",
                condition=Q(post_codes__contains=[FIRST_SECRETARY]),
            ),
            one_a_day("teammember_one_leader_a_day", "team", condition=Q(post_codes__contains=[LEADER])),
            one_a_day("teammember_one_team_a_day", "unit", "name"),
            one_a_day("teammember_one_team_a_login_a_day", "user", condition=Q(user__isnull=False)),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class TeamAbsence(VersionedModel):
    """Days on which a member was away, as the township marked them; `ends_on` is the first day back.

    Days and a reason of a short list, nothing else. One that was marked in error ends on the day it starts.
    """

    member = TenantForeignKey(TeamMember, verbose_name=_("member"), related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    reason_code = models.CharField(_("reason"), max_length=20)

    class Meta(VersionedModel.Meta):
        verbose_name = _("absence of a member")
        verbose_name_plural = _("absences of members")
        ordering = ["member", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "member"], name="teamabsence_member")]
        constraints = [
            ends_not_before_start("teamabsence_ends_not_before_start"),
            one_a_day("teamabsence_one_a_day", "member"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.starts_on)


class VillageContact(VersionedModel):
    """A leading official whose contact village (联系点) this is, for a period: name, post and village, nothing else."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="contacts")
    name = models.CharField(_("Name"), max_length=60)
    post_title = models.CharField(_("post"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("contact of a village")
        verbose_name_plural = _("contacts of villages")
        ordering = ["village", "-starts_on"]
        constraints = [
            ends_not_before_start("villagecontact_ends_not_before_start"),
            models.CheckConstraint(name="villagecontact_is_named", condition=~Q(name="") & ~Q(post_title="")),
            one_a_day("villagecontact_once_a_day", "village", "name"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
