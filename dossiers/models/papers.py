"""What lies in a dossier beside its steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import Manner
from dossiers.models.dossier import Dossier
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel

# What must be assured before a household leaves poverty. Source: two assurances and three guarantees, and safe water.
ASSURED = ("has_food_and_clothing", "has_schooling", "has_medical_care", "has_safe_housing", "has_safe_water")


class Application(TenantModel):
    """The household's own assessment and application; nothing in it is checked yet.

    What is corrected is a further edition with its reason; the former ones stay as they were written.
    """

    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), related_name="applications")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    applied_on = models.DateField(_("applied on"))
    manner = models.CharField(_("how it applied"), max_length=5, choices=Manner.choices)
    has_thumb_print = models.BooleanField(_("thumb print set"), default=False)
    net_per_head_yuan = models.DecimalField(
        _("net income per person, own estimate (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cause_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("causes that the household states"), default=list, blank=True
    )
    statement = models.CharField(_("what the household states"), max_length=1000, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["dossier", "-edition"]
        indexes = [models.Index(fields=["tenant", "household"], name="application_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier", "edition"], name="application_edition_once"),
            models.CheckConstraint(
                name="application_correction_has_a_reason",
                condition=Q(edition=1, reason="") | (Q(edition__gt=1) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="application_manner_is_known", condition=Q(manner__in=Manner.values)),
            models.CheckConstraint(
                name="application_proxy_has_a_thumb_print",
                condition=~Q(manner=Manner.PROXY) | Q(has_thumb_print=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.applied_on)


class Objection(TenantModel):
    """What somebody holds against a dossier; it must be answered before the next step. Who raised it is not kept."""

    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), related_name="objections")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    raised_on = models.DateField(_("raised on"))
    text = models.CharField(_("objection"), max_length=500)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    is_upheld = models.BooleanField(_("upheld"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["dossier", "raised_on", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="objection_household")]
        constraints = [
            models.CheckConstraint(name="objection_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="objection_answer_is_whole",
                condition=Q(answered_on__isnull=True, answer="", is_upheld__isnull=True)
                | Q(answered_on__gte=F("raised_on"), answer__gt="", is_upheld__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.raised_on)


class Evidence(TenantModel):
    """A file in a dossier, filed with the step that came next on that day."""

    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), related_name="evidence")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    kind_code = models.CharField(_("kind of supporting document"), max_length=20)
    document = TenantForeignKey("registry.Document", verbose_name=_("document"), related_name="+")
    added_by = models.UUIDField(_("added by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["dossier", "position", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="evidence_household")]
        constraints = [models.UniqueConstraint(fields=["tenant", "document"], name="evidence_document_once")]

    @override
    def __str__(self) -> str:
        return self.kind_code


class ExitCheck(TenantModel):
    """What was found in the household before it leaves poverty, one a dossier.

    Units: yuan per person and year; the line is that of the year and county on the day of the check.
    Source: two assurances, three guarantees, safe water, and income over the line.
    """

    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), related_name="exit_checks")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    checked_on = models.DateField(_("checked on"))
    has_food_and_clothing = models.BooleanField(_("food and clothing assured"))
    has_schooling = models.BooleanField(_("compulsory education assured"))
    has_medical_care = models.BooleanField(_("basic medical care assured"))
    has_safe_housing = models.BooleanField(_("safe housing assured"))
    has_safe_water = models.BooleanField(_("has safe drinking water"))
    year = models.PositiveSmallIntegerField(_("year"))
    net_per_head_yuan = models.DecimalField(_("net income per person (yuan)"), max_digits=14, decimal_places=2)
    line_yuan = models.DecimalField(_("line of that year (yuan)"), max_digits=14, decimal_places=2)

    class Meta(TenantModel.Meta):
        verbose_name = _("check before exit")
        verbose_name_plural = _("checks before exit")
        ordering = ["-checked_on", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="exitcheck_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dossier"], name="exitcheck_one_a_dossier"),
            models.CheckConstraint(name="exitcheck_line_is_positive", condition=Q(line_yuan__gt=0)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.checked_on)

    @property
    def is_met(self) -> bool:
        """Tell whether everything is assured and the income lies over the line."""
        return all(getattr(self, name) for name in ASSURED) and self.net_per_head_yuan > self.line_yuan
