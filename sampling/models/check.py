"""A sample check: what was announced, what was drawn, and what the doorstep said."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models import Snapshot
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from sampling.enums import CheckState, Group, Outcome, Section


class SampleCheck(VersionedModel):
    """A random sample of the households of a snapshot, checked on the doorstep (抽样核查).

    The seed is made by the system when the check is announced and never changes: who knows it and the list can draw the
    same sample. `frame_digest` is the SHA-256 of the list, of which each line is number, village, township and group.
    """

    name = models.CharField(_("name"), max_length=60)
    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    # The day of the snapshot, which only those see who cover the whole county.
    frame_on = models.DateField(_("list of"))
    size = models.PositiveIntegerField(_("households to check"))
    cap_per_village = models.PositiveIntegerField(_("households of a village at most"))
    seed = models.CharField(_("seed"), max_length=64, db_collation="C")
    state = models.CharField(_("state"), max_length=10, choices=CheckState.choices, default=CheckState.ANNOUNCED)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("announced by"), related_name="+", db_index=False,
        null=True, blank=True,
    )  # fmt: skip
    announced_at = models.DateTimeField(_("announced at"), default=timezone.now)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    frame_digest = models.CharField(_("digest of the list"), max_length=64, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("sample check")
        verbose_name_plural = _("sample checks")
        ordering = ["-announced_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="samplecheck_name_once_a_tenant"),
            models.UniqueConstraint(fields=["tenant", "seed"], name="samplecheck_seed_once_a_tenant"),
            models.CheckConstraint(name="samplecheck_state_is_known", condition=Q(state__in=CheckState.values)),
            models.CheckConstraint(
                name="samplecheck_asks_for_some", condition=Q(size__gte=1, cap_per_village__gte=1) & ~Q(name="")
            ),
            models.CheckConstraint(name="samplecheck_seed_is_hex", condition=Q(seed__regex=r"^[0-9a-f]{32,64}$")),
            models.CheckConstraint(
                name="samplecheck_drawn_has_its_list",
                condition=(
                    Q(state__in=[CheckState.DRAWN, CheckState.CLOSED], drawn_at__isnull=False) & ~Q(frame_digest="")
                )
                | Q(state__in=[CheckState.ANNOUNCED, CheckState.CANCELLED], drawn_at__isnull=True, frame_digest=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class SampleCell(TenantModel):
    """What was drawn with equal chances: of a stratum, one village where its cap was reached, or all the others.

    `village_code` is empty for the others. `scope_code` is the township, or that village.
    """

    sample = TenantForeignKey(SampleCheck, verbose_name=_("sample check"), related_name="cells")
    township_code = models.CharField(_("township"), max_length=12, db_collation="C")
    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    village_code = models.CharField(_("village"), max_length=12, blank=True, default="", db_collation="C")
    households = models.PositiveIntegerField(_("households on the list"))
    drawn = models.PositiveIntegerField(_("drawn"))

    class Meta(TenantModel.Meta):
        verbose_name = _("cell of a sample")
        verbose_name_plural = _("cells of samples")
        ordering = ["sample", "township_code", "group", "village_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sample", "township_code", "group", "village_code"], name="samplecell_once"
            ),
            models.CheckConstraint(name="samplecell_draws_of_its_list", condition=Q(households__gte=models.F("drawn"))),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.township_code} {self.group}"


class SampleTally(TenantModel):
    """How many households of a cell were checked, and in how many something was wrong.

    A trigger counts with each result, wherever the household lives by then: one that moved to another township goes on
    counting where it was drawn. The county shares these rows: they name nobody.
    """

    cell = TenantForeignKey(SampleCell, verbose_name=_("cell of a sample"), related_name="tallies")
    checked = models.PositiveIntegerField(_("checked"), default=0)
    wrong = models.PositiveIntegerField(_("wrong"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("tally of a cell")
        verbose_name_plural = _("tallies of cells")
        ordering = ["cell"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "cell"], name="sampletally_once_a_cell"),
            models.CheckConstraint(
                name="sampletally_wrong_of_the_checked", condition=Q(wrong__lte=models.F("checked"))
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.wrong}/{self.checked}"


class SampledHousehold(VersionedModel):
    """A household that was drawn, and what its check found; `village_code` and `place` stay as they were drawn."""

    telling: ClassVar[tuple[str, ...]] = ()

    sample = TenantForeignKey(SampleCheck, verbose_name=_("sample check"), related_name="households")
    cell = TenantForeignKey(SampleCell, verbose_name=_("cell of a sample"), related_name="sampled")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="samples")
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    place = models.PositiveIntegerField(_("place in the draw"))
    outcome = models.CharField(_("result"), max_length=12, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    wrong_codes = ArrayField(
        models.CharField(max_length=20, choices=Section.choices),
        verbose_name=_("what is wrong"),
        default=list,
        blank=True,
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.UUIDField(_("checked by"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("sampled household")
        verbose_name_plural = _("sampled households")
        ordering = ["sample", "village_code", "place"]
        indexes = [models.Index(fields=["tenant", "household"], name="sampledhousehold_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sample", "household"], name="sampledhousehold_once"),
            models.CheckConstraint(name="sampledhousehold_outcome_is_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="sampledhousehold_wrong_says_what",
                condition=Q(outcome=Outcome.WRONG, wrong_codes__len__gte=1)
                | (~Q(outcome=Outcome.WRONG) & Q(wrong_codes__len=0)),
            ),
            models.CheckConstraint(
                name="sampledhousehold_result_has_its_day",
                condition=Q(outcome=Outcome.OPEN, checked_on__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & Q(checked_on__isnull=False)),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.place)
