"""The county's templates of steps, and its own rules of procedure."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import Form, Kind
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

# How long after a lead it is confirmed or dropped. Source: 15 days (Gansu); 20 working days (Hainan) is set by county.
LEAD_DAYS: Final = 15
# Measures follow within a month of identification; a risk is removed six months after it at the earliest.
# Source: rules on monitoring since 2021, eliminations after 2022-04.
MEASURE_MONTHS: Final = 1
# A household with labour has a development measure within six months. Source: checks of the monitoring data, 5_12_007.
DEVELOPMENT_MONTHS: Final = 6
REMOVAL_MONTHS: Final = 6


class StepTemplate(VersionedModel):
    """The steps of one procedure, in one edition; an edited template is a new edition, and dossiers keep theirs.

    Shared by the whole county. `is_local` marks a template that no regulation prescribes: the county edits it.
    """

    key = models.CharField(_("key"), max_length=40, db_collation="C")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    kind = models.CharField(_("kind of dossier"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    is_local = models.BooleanField(_("local template, editable"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_current = models.BooleanField(_("in use"), default=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("template of steps")
        verbose_name_plural = _("templates of steps")
        ordering = ["kind", "key", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key", "edition"], name="steptemplate_edition_once"),
            models.UniqueConstraint(
                fields=["tenant", "key"], condition=Q(is_current=True), name="steptemplate_one_in_use"
            ),
            models.CheckConstraint(name="steptemplate_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="steptemplate_has_key_and_name", condition=~Q(key="") & ~Q(name="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"


class TemplateStep(TenantModel):
    """One step of an edition; it is never changed.

    Days count from the end of the step before; in a notice `minimum_days` is how long it hangs. The shares of a
    meeting are of those entitled (attendance) and of those present (approval, which takes more than the share); thirds
    and other simple fractions are meant exactly. `needs_look` asks for a filled-in checklist of the visit.
    """

    template = TenantForeignKey(StepTemplate, verbose_name=_("template of steps"), related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=60)
    form = models.CharField(_("what happens"), max_length=12, choices=Form.choices, default=Form.GENERAL)
    role_codes = ArrayField(models.CharField(max_length=30), verbose_name=_("who does it"))
    evidence_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("evidence required"), default=list, blank=True
    )
    minimum_days = models.PositiveSmallIntegerField(_("days at least"), null=True, blank=True)
    maximum_days = models.PositiveSmallIntegerField(_("days at most"), null=True, blank=True)
    attendance_ratio = models.DecimalField(
        _("share that must attend"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    approval_ratio = models.DecimalField(
        _("share of votes to be exceeded"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    needs_look = models.BooleanField(_("nine-look required"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("step of a template")
        verbose_name_plural = _("steps of a template")
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "template", "position"], name="templatestep_position_once"),
            models.CheckConstraint(name="templatestep_position_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="templatestep_form_is_known", condition=Q(form__in=Form.values)),
            models.CheckConstraint(name="templatestep_somebody_does_it", condition=Q(role_codes__len__gte=1)),
            models.CheckConstraint(
                name="templatestep_days_are_ordered",
                condition=Q(minimum_days__isnull=True)
                | Q(maximum_days__isnull=True)
                | Q(maximum_days__gte=F("minimum_days")),
            ),
            models.CheckConstraint(
                name="templatestep_shares_are_of_meetings",
                condition=Q(attendance_ratio__isnull=True, approval_ratio__isnull=True)
                | Q(form=Form.MEETING, attendance_ratio__gte=0, attendance_ratio__lte=1)
                | Q(form=Form.MEETING, approval_ratio__gte=0, approval_ratio__lt=1),
            ),
            models.CheckConstraint(
                name="templatestep_looks_are_of_visits", condition=Q(needs_look=False) | Q(form=Form.VISIT)
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class CountyProcedure(VersionedModel):
    """The county's own rules of procedure; one row, and without it the defaults hold.

    `needs_dossier` reserves the changes of status and monitoring for dossiers. Shared by the whole county.
    """

    needs_dossier = models.BooleanField(_("status changes by a dossier only"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("days from a lead to its decision"), default=LEAD_DAYS)
    counts_working_days = models.BooleanField(_("these are working days"), default=False)
    measure_months = models.PositiveSmallIntegerField(_("months until measures begin"), default=MEASURE_MONTHS)
    development_months = models.PositiveSmallIntegerField(
        _("months until a development measure begins"), default=DEVELOPMENT_MONTHS
    )
    removal_months = models.PositiveSmallIntegerField(_("months before a risk may be removed"), default=REMOVAL_MONTHS)

    class Meta(VersionedModel.Meta):
        verbose_name = _("rules of procedure")
        verbose_name_plural = _("rules of procedure")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="countyprocedure_one_a_county"),
            models.CheckConstraint(
                name="countyprocedure_lead_has_days", condition=Q(lead_days__gte=1, lead_days__lte=90)
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self._meta.verbose_name)
