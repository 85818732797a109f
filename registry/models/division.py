"""Administrative divisions by edition: province, prefecture, county, township, village."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.lib.gbcode import Level


class DivisionEdition(models.Model):
    """One published table of divisions, such as that of a year. A platform table."""

    edition = models.CharField(_("edition"), max_length=20, primary_key=True)
    source = models.CharField(_("source"), max_length=200)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now=True)
    row_count = models.PositiveIntegerField(_("divisions"), default=0)

    class Meta:
        verbose_name = _("edition of divisions")
        verbose_name_plural = _("editions of divisions")
        ordering = ["-edition"]

    @override
    def __str__(self) -> str:
        return self.edition


class Division(models.Model):
    """A division as one edition names it; subtrees are code ranges. A platform table.

    Source: GB/T 2260 (first six digits), GB/T 10114 (township), statistical division codes (village).
    """

    edition = models.ForeignKey(DivisionEdition, models.PROTECT, verbose_name=_("edition"), related_name="divisions")
    code = models.CharField(_("code"), max_length=12, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    level = models.PositiveSmallIntegerField(_("level"), choices=[(level.value, level.name.lower()) for level in Level])
    parent_code = models.CharField(_("parent"), max_length=12, blank=True, db_collation="C")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="division_code_once_an_edition"),
            models.CheckConstraint(name="division_code_has_12_digits", condition=models.Q(code__regex=r"^\d{12}$")),
        ]
        indexes = [models.Index(fields=["edition", "parent_code"], name="division_parent")]

    @override
    def __str__(self) -> str:
        return self.name


class DivisionPredecessor(models.Model):
    """Says that a division took over (part of) an earlier one: merges and renumberings. A platform table."""

    edition = models.ForeignKey(DivisionEdition, models.PROTECT, verbose_name=_("edition"), related_name="predecessors")
    code = models.CharField(_("code"), max_length=12, db_collation="C")
    predecessor_code = models.CharField(_("earlier code"), max_length=12, db_collation="C")

    class Meta:
        verbose_name = _("predecessor of a division")
        verbose_name_plural = _("predecessors of divisions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code", "predecessor_code"], name="divisionpredecessor_once_an_edition"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.predecessor_code} → {self.code}"
