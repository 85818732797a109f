"""The nine-look checklist: a scored form of a visit, in editions of the county."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import Terrain
from dossiers.models.dossier import Dossier
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class LookForm(VersionedModel):
    """A checklist of a visit, in one edition; an edited one is a new edition, and what was filled in keeps its own.

    `full_score` is reached when every question has its last choice. `bounds` are the scores from which the outcome of
    the same place holds; the first is 0. An outcome says what is done next, and nothing of a person.
    Shared by the whole county. Source: the text of the nine looks was not found; labels and weights are proposals.
    """

    key = models.CharField(_("key"), max_length=40, db_collation="C")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    name = models.CharField(_("name"), max_length=60)
    terrain = models.CharField(_("for which area"), max_length=10, choices=Terrain.choices)
    is_local = models.BooleanField(_("local template, editable"), default=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_current = models.BooleanField(_("in use"), default=True)
    full_score = models.PositiveSmallIntegerField(_("full score"), default=100)
    bounds = ArrayField(models.DecimalField(max_digits=6, decimal_places=1), verbose_name=_("score from which"))
    outcomes = ArrayField(models.CharField(max_length=60), verbose_name=_("what it suggests"))

    class Meta(VersionedModel.Meta):
        verbose_name = _("checklist of a visit")
        verbose_name_plural = _("checklists of visits")
        ordering = ["key", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key", "edition"], name="lookform_edition_once"),
            models.UniqueConstraint(fields=["tenant", "key"], condition=Q(is_current=True), name="lookform_one_in_use"),
            models.CheckConstraint(name="lookform_terrain_is_known", condition=Q(terrain__in=Terrain.values)),
            models.CheckConstraint(name="lookform_has_key_and_name", condition=~Q(key="") & ~Q(name="")),
            models.CheckConstraint(name="lookform_score_is_positive", condition=Q(full_score__gte=1)),
            models.CheckConstraint(
                name="lookform_outcome_for_each_bound",
                condition=Q(bounds__len__gte=1) & Q(bounds__len=F("outcomes__len")) & Q(bounds__0=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"


class LookItem(TenantModel):
    """One question of an edition, with its choices from the best to the hardest; it is never changed."""

    form = TenantForeignKey(LookForm, verbose_name=_("checklist of a visit"), related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=60)
    question = models.CharField(_("question"), max_length=200, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    choices = ArrayField(models.CharField(max_length=40), verbose_name=_("choices, from the best to the hardest"))

    class Meta(TenantModel.Meta):
        verbose_name = _("question of a checklist")
        verbose_name_plural = _("questions of a checklist")
        ordering = ["form", "position"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "form", "position"], name="lookitem_position_once"),
            models.CheckConstraint(name="lookitem_position_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="lookitem_weight_is_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="lookitem_has_choices", condition=Q(choices__len__gte=2, choices__len__lte=5) & ~Q(name="")
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class Look(TenantModel):
    """A checklist filled in at a visit, with its score by the edition of that day; a later one stands beside it.

    `choices` are the places of the choices, from 0, in the order of the edition's questions; `remarks` likewise.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="looks")
    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), null=True, blank=True, related_name="looks")
    form = TenantForeignKey(LookForm, verbose_name=_("checklist of a visit"), related_name="+")
    looked_on = models.DateField(_("visited on"))
    choices = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("answers"))
    remarks = ArrayField(models.CharField(max_length=200, blank=True), verbose_name=_("remarks"))
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=1)
    outcome = models.CharField(_("what it suggests"), max_length=60)
    looked_by = models.UUIDField(_("filled in by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("nine-look")
        verbose_name_plural = _("nine-looks")
        ordering = ["-looked_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="look_household"),
            models.Index(fields=["tenant", "dossier"], name="look_dossier"),
        ]
        constraints = [
            models.CheckConstraint(name="look_score_is_not_negative", condition=Q(score__gte=0)),
            models.CheckConstraint(
                name="look_remark_for_each_answer",
                condition=Q(choices__len__gte=1) & Q(choices__len=F("remarks__len")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.looked_on:%Y-%m-%d}"
