"""A form that an office sends down, its columns, and what each village has to fill."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from oneform.enums import ColumnUse, FormState, Subjects
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from reports.enums import RowLevel


class FormRequest(VersionedModel):
    """A form that an office sent down (一表通). A changed table is the next edition of the same form.

    Values that the register does not hold are nowhere kept: a village writes them into the filled sheet.
    """

    title = models.CharField(_("title"), max_length=100)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    sender = models.CharField(_("office that asks"), max_length=100)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    level = models.CharField(_("a row for each"), max_length=10, choices=RowLevel.choices)
    subjects = models.CharField(_("of whom"), max_length=12, choices=Subjects.choices, default=Subjects.ALL)
    state = models.CharField(_("state"), max_length=10, choices=FormState.choices, default=FormState.OPEN)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    replaces = TenantForeignKey(
        "oneform.FormRequest", verbose_name=_("edition before"), null=True, blank=True, related_name="successors"
    )
    # The division whose office entered it: the county, or a township. Empty, of a form of former times: the county.
    received_by_code = models.CharField(
        _("received by"), max_length=12, db_collation="C", blank=True, default="", editable=False
    )
    # The picture that was counted and fills the form; no foreign key, since one of a question is removed in time.
    picture_id = models.UUIDField(_("snapshot"), null=True, blank=True, editable=False)
    counted_of = models.DateField(_("counted of"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("form sent down")
        verbose_name_plural = _("forms sent down")
        ordering = ["-received_on", "title", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "title", "edition"], name="formrequest_edition_once"),
            models.UniqueConstraint(fields=["tenant", "replaces"], name="formrequest_replaced_once"),
            models.CheckConstraint(name="formrequest_level_is_known", condition=Q(level__in=RowLevel.values)),
            models.CheckConstraint(name="formrequest_subjects_are_known", condition=Q(subjects__in=Subjects.values)),
            models.CheckConstraint(
                name="formrequest_villages_are_all", condition=~Q(level=RowLevel.VILLAGE) | Q(subjects=Subjects.ALL)
            ),
            models.CheckConstraint(name="formrequest_is_named", condition=~Q(title="") & ~Q(sender="")),
            models.CheckConstraint(
                name="formrequest_due_after_receipt", condition=Q(due_on__isnull=True) | Q(due_on__gte=F("received_on"))
            ),
            models.CheckConstraint(
                name="formrequest_closed_has_its_day",
                condition=Q(state=FormState.OPEN, closed_on__isnull=True)
                | Q(state=FormState.CLOSED, closed_on__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"


class FormColumn(TenantModel):
    """A column of a form as the office wrote it, and the column of the register that fills it."""

    form = TenantForeignKey(FormRequest, verbose_name=_("form sent down"), related_name="columns")
    place = models.PositiveSmallIntegerField(_("place"))
    label = models.CharField(_("label"), max_length=100)
    use = models.CharField(_("what becomes of it"), max_length=10, choices=ColumnUse.choices)
    column_key = models.CharField(_("column of the register"), max_length=60, blank=True, default="", db_collation="C")

    class Meta(TenantModel.Meta):
        verbose_name = _("column of a form")
        verbose_name_plural = _("columns of forms")
        ordering = ["form", "place"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "form", "place"], name="formcolumn_place_once"),
            models.CheckConstraint(name="formcolumn_use_is_known", condition=Q(use__in=ColumnUse.values)),
            models.CheckConstraint(
                name="formcolumn_held_names_its_column",
                condition=(Q(use=ColumnUse.HELD) & ~Q(column_key="")) | (~Q(use=ColumnUse.HELD) & Q(column_key="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.label


class FormAlias(VersionedModel):
    """What the county said once: a label of this spelling means this column of the register."""

    label_key = models.CharField(_("label"), max_length=100)
    level = models.CharField(_("a row for each"), max_length=10, choices=RowLevel.choices)
    column_key = models.CharField(_("column of the register"), max_length=60, db_collation="C")

    class Meta(VersionedModel.Meta):
        verbose_name = _("spelling of a column")
        verbose_name_plural = _("spellings of columns")
        ordering = ["label_key"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "level", "label_key"], name="formalias_label_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.label_key


class FormPart(VersionedModel):
    """What one village has of a form: rows, cells that the register fills, held cells that are empty, cells by hand.

    A village says of its part that it is done; the counts are those of the day `counted_of` of the form.
    """

    form = TenantForeignKey(FormRequest, verbose_name=_("form sent down"), related_name="parts")
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    filled_count = models.PositiveIntegerField(_("cells filled by the register"), default=0)
    empty_count = models.PositiveIntegerField(_("cells empty in the register"), default=0)
    by_hand_count = models.PositiveIntegerField(_("cells to be filled by hand"), default=0)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.UUIDField(_("done by"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("part of a form")
        verbose_name_plural = _("parts of forms")
        ordering = ["form", "village_code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "form", "village_code"], name="formpart_village_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.village_code
