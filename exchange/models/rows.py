"""What the check says of each household, and of those rows of which there is something to say."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from exchange.enums import Verdict
from exchange.models.batch import ImportBatch
from registry.crypto import Purpose
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class ImportHousehold(TenantModel):
    """A household of a roster and the verdict on it. `notes` lists what differs and is not applied.

    It holds no value that is sealed elsewhere: what is applied stays in the encrypted file of accepted households.
    """

    batch = TenantForeignKey(ImportBatch, verbose_name=_("roster import"), related_name="households")
    number = models.CharField(_("household number"), max_length=32, blank=True, db_collation="C")
    first_row = models.PositiveIntegerField(_("row of the sheet"))
    village_code = models.CharField(_("village"), max_length=12, blank=True, db_collation="C")
    head_name = models.CharField(_("head"), max_length=60, blank=True)
    person_count = models.PositiveSmallIntegerField(_("rows"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    notes = ArrayField(models.CharField(max_length=120), verbose_name=_("not applied"), default=list, blank=True)
    absent_person_ids = ArrayField(models.UUIDField(), verbose_name=_("members not named"), default=list, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("household of a roster")
        verbose_name_plural = _("households of a roster")
        ordering = ["batch", "first_row"]
        indexes = [models.Index(fields=["tenant", "batch", "verdict", "first_row"], name="importhousehold_verdict")]

    @override
    def __str__(self) -> str:
        return self.number


class ImportRow(TenantModel):
    """A row that was refused or warned about. `problems` and `warnings` are findings in their kept form.

    Of a refused row the kept cells are sealed as one text, for the workbook that goes back to the office.
    """

    sealed_as: ClassVar = {"cells": Purpose.FILE}

    batch = TenantForeignKey(ImportBatch, verbose_name=_("roster import"), related_name="rows")
    household_number = models.CharField(_("household number"), max_length=32, blank=True, db_collation="C")
    row = models.PositiveIntegerField(_("row of the sheet"))
    problems = ArrayField(models.CharField(max_length=120), verbose_name=_("problems"), default=list, blank=True)
    warnings = ArrayField(models.CharField(max_length=120), verbose_name=_("warnings"), default=list, blank=True)
    cells_sealed = models.BinaryField(_("cells"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("row of a roster")
        verbose_name_plural = _("rows of a roster")
        ordering = ["batch", "row"]
        constraints = [models.UniqueConstraint(fields=["tenant", "batch", "row"], name="importrow_row_once")]

    @override
    def __str__(self) -> str:
        return str(self.row)
