"""A list of doubted data that came from above."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.crypto import Purpose
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class SuspicionLayout(VersionedModel):
    """The layout in which a sender writes such lists, under a name: which heading stands for what. Shared."""

    name = models.CharField(_("name"), max_length=60)
    headings = models.JSONField(_("headings"), default=dict)

    class Meta(VersionedModel.Meta):
        verbose_name = _("layout of suspicion lists")
        verbose_name_plural = _("layouts of suspicion lists")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="suspicionlayout_name_once"),
            models.CheckConstraint(name="suspicionlayout_has_a_name", condition=~Q(name="")),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class SuspicionList(VersionedModel):
    """A list of doubted data (疑点数据) from the prefecture or the province: whose, of which day, in which layout.

    Shared by the whole county; it holds no household's data. The sheet's own headings and the rows above them are kept,
    so that the answer returns in the layout of the sender. `columns` gives the position of what each heading means.
    `returned_on` is the day on which it was taken with every line answered; what its sender wrote is emptied a while
    after, on `emptied_on`.
    """

    title = models.CharField(_("title"), max_length=100)
    sender = models.CharField(_("sender"), max_length=100)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    headings = ArrayField(models.CharField(max_length=100), verbose_name=_("headings"), default=list)
    columns = models.JSONField(_("positions of the columns"), default=dict)
    top_sealed = models.BinaryField(_("rows above the headings"), null=True)
    sheet_name = models.CharField(_("sheet"), max_length=60, blank=True)
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.UUIDField(_("uploaded by"), null=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    emptied_on = models.DateField(_("emptied on"), null=True, blank=True)

    sealed_as: ClassVar = {"top": Purpose.FILE}

    class Meta(VersionedModel.Meta):
        verbose_name = _("suspicion list")
        verbose_name_plural = _("suspicion lists")
        ordering = ["-uploaded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="suspicionlist_once"),
            models.CheckConstraint(name="suspicionlist_has_a_sender", condition=~Q(title="") & ~Q(sender="")),
            models.CheckConstraint(
                name="suspicionlist_emptied_holds_nothing",
                condition=Q(emptied_on__isnull=True) | Q(top_sealed__isnull=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class SuspicionLine(VersionedModel):
    """A line of such a list: the sender's cells, sealed, their number, and the household or person that they name.

    One whose household or person is not on file belongs to the county as a whole until somebody names it by hand
    (`matched_by`). The cells are emptied with the list, and when the person is forgotten.
    """

    suspicion_list = TenantForeignKey(SuspicionList, verbose_name=_("suspicion list"), related_name="lines")
    line_number = models.PositiveIntegerField(_("line of the list"))
    number = models.CharField(_("number of the sender"), max_length=60, blank=True)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    rule_text = models.CharField(_("what is doubted"), max_length=300)
    household = TenantForeignKey(
        "households.Household", verbose_name=_("household"), null=True, blank=True, related_name="suspicion_lines"
    )
    person = TenantForeignKey(
        "households.Person", verbose_name=_("person"), null=True, blank=True, related_name="suspicion_lines"
    )
    cells_sealed = models.BinaryField(_("cells of the sender"), null=True)
    matched_by = models.UUIDField(_("named by"), null=True, blank=True)

    sealed_as: ClassVar = {"cells": Purpose.FILE}
    telling: ClassVar = ("rule_text", "cells_sealed")

    class Meta(VersionedModel.Meta):
        verbose_name = _("line of a suspicion list")
        verbose_name_plural = _("lines of suspicion lists")
        ordering = ["suspicion_list", "line_number"]
        indexes = [models.Index(fields=["tenant", "household"], name="suspicionline_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "suspicion_list", "line_number"], name="suspicionline_once"),
            models.CheckConstraint(
                name="suspicionline_named_by_hand_names_somebody",
                condition=Q(matched_by__isnull=True) | Q(household__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.line_number)
