"""The dossier and its steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import Kind, Manner, State
from dossiers.models.session import ListSession
from dossiers.models.template import StepTemplate, TemplateStep
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

COUNTS = ("entitled_count", "present_count", "votes_for", "votes_against")


def attendance_is_whole(table: str) -> models.CheckConstraint:
    """Hold that attendance and votes are all known or all unknown, and that nobody votes who is not there."""
    unknown = Q(**{f"{name}__isnull": True for name in COUNTS})
    known = Q(**{f"{name}__isnull": False for name in COUNTS})
    return models.CheckConstraint(
        name=f"{table}_attendance_is_whole",
        condition=unknown
        | known & Q(present_count__lte=F("entitled_count"), votes_for__lte=F("present_count") - F("votes_against")),
    )


class Dossier(VersionedModel):
    """The papers of one household's way to a change: which steps were done, on which template, with what result.

    `next_position` is the step that comes next. `effective_on` is the day of the announcement, from which the change of
    the household holds. Consent to comparisons is given for named sectors on a day, and ends on the day on which it is
    withdrawn. `state` is written by `dossiers.domain.endings` alone; a trigger holds it to the workflow table.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="dossiers")
    template = TenantForeignKey(StepTemplate, verbose_name=_("template of steps"), related_name="dossiers")
    kind = models.CharField(_("kind of dossier"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    next_position = models.PositiveSmallIntegerField(_("next step"), default=1)
    begun_on = models.DateField(_("begun on"))
    begun_by = models.UUIDField(_("begun by"), null=True, editable=False)
    code = models.CharField(_("category, manner or cause"), max_length=20, blank=True)
    consent_on = models.DateField(_("consent to comparisons given on"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    consent_sectors = ArrayField(
        models.CharField(max_length=20), verbose_name=_("sectors of that consent"), default=list, blank=True
    )
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-begun_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="dossier_household"),
            models.Index(fields=["tenant", "scope_code"], name="dossier_scope"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "kind"], condition=Q(state=State.OPEN), name="dossier_one_open_of_a_kind"
            ),
            models.CheckConstraint(name="dossier_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="dossier_ended_has_a_day",
                condition=Q(state=State.OPEN, ended_on__isnull=True)
                | (~Q(state=State.OPEN) & Q(ended_on__isnull=False, ended_on__gte=F("begun_on"))),
            ),
            models.CheckConstraint(
                name="dossier_code_by_kind",
                condition=Q(kind__in=[Kind.MONITOR, Kind.REMOVE_RISK], code__gt="")
                | Q(kind__in=[Kind.IDENTIFY, Kind.EXIT], code="")
                | Q(kind=Kind.RETURN),
            ),
            models.CheckConstraint(
                name="dossier_consent_has_a_scope",
                condition=Q(consent_on__isnull=True, consent_sectors__len=0)
                | Q(consent_on__isnull=False, consent_sectors__len__gte=1),
            ),
            models.CheckConstraint(
                name="dossier_consent_withdrawn_after_it_was_given",
                condition=Q(consent_withdrawn_on__isnull=True)
                | Q(consent_on__isnull=False, consent_withdrawn_on__gte=F("consent_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.begun_on:%Y-%m-%d}"


class DossierStep(TenantModel):
    """A step that was done, once and for all; the database takes them only in order and while the dossier is open.

    `late_days` counts the days over those that the template allows at most: the step holds, and says why it was late.
    """

    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), related_name="done")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    step = TenantForeignKey(TemplateStep, verbose_name=_("step of a template"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("done on"))
    is_passed = models.BooleanField(_("passed"), default=True)
    session = TenantForeignKey(
        ListSession, verbose_name=_("session for a list"), null=True, blank=True, related_name="+"
    )
    manner = models.CharField(_("signed"), max_length=5, choices=Manner.choices, blank=True)
    entitled_count = models.PositiveIntegerField(_("entitled to attend"), null=True, blank=True)
    present_count = models.PositiveIntegerField(_("present"), null=True, blank=True)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    remark = models.CharField(_("result in words"), max_length=500, blank=True)
    late_days = models.PositiveSmallIntegerField(_("days late"), default=0)
    late_reason = models.CharField(_("why it was late"), max_length=300, blank=True)
    done_by = models.UUIDField(_("done by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("step that was done")
        verbose_name_plural = _("steps that were done")
        ordering = ["dossier", "position"]
        indexes = [models.Index(fields=["tenant", "household"], name="dossierstep_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier", "position"], name="dossierstep_once"),
            models.CheckConstraint(name="dossierstep_days_are_ordered", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="dossierstep_late_with_a_reason",
                condition=Q(late_days=0, late_reason="") | Q(late_days__gt=0, late_reason__gt=""),
            ),
            attendance_is_whole("dossierstep"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.position)
