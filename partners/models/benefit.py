"""What a household's income comes from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from partners.enums import NAMED, SourceKind
from partners.models.partner import Partner
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

_NOTHING = Q(partner__isnull=True, measure__isnull=True, source_id__isnull=True)


class BenefitLink(VersionedModel):
    """The tie of a household's line of income with its source (利益联结): rent, reward, dividend or wage.

    The line is named by what tells it apart in its year (item, product, month, source of the figure), since lines are
    replaced with each visit: a corrected amount keeps its link, and where no such line stands any more the link is
    loose. An edition never changes: another source or another line is a further one, which `replaces` the former.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="benefit_links")
    year = models.PositiveSmallIntegerField(_("year"))
    item_code = models.CharField(_("item of income"), max_length=20)
    product = models.CharField(_("product"), max_length=60, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    line_source = models.CharField(_("source of the figure"), max_length=100, blank=True)
    benefit_code = models.CharField(_("kind of benefit"), max_length=20)
    source_kind = models.CharField(_("kind of source"), max_length=20)
    partner = TenantForeignKey(Partner, verbose_name=_("partner"), null=True, blank=True, related_name="benefit_links")
    measure = TenantForeignKey(
        "assistance.Measure", verbose_name=_("measure"), null=True, blank=True, related_name="benefit_links"
    )
    source_id = models.UUIDField(_("number of the source"), null=True, blank=True)
    source_name = models.CharField(_("name of the source"), max_length=100, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    replaces = TenantForeignKey(
        "partners.BenefitLink", verbose_name=_("replaces"), null=True, blank=True, related_name="replaced_by"
    )
    stated_by = models.UUIDField(_("stated by"), null=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.UUIDField(_("withdrawn by"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True)

    telling: ClassVar = ("source_name", "withdrawal_reason")

    class Meta(VersionedModel.Meta):
        verbose_name = _("benefit link")
        verbose_name_plural = _("benefit links")
        ordering = ["household", "-year", "item_code", "product", "month", "id"]
        indexes = [
            models.Index(fields=["tenant", "household", "year"], name="benefitlink_household_year"),
            models.Index(fields=["tenant", "partner", "year"], name="benefitlink_partner_year"),
            models.Index(fields=["tenant", "measure"], name="benefitlink_measure"),
            models.Index(fields=["tenant", "scope_code"], name="benefitlink_scope"),
            models.Index(fields=["tenant", "-year", "id"], name="benefitlink_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "year", "item_code", "product", "month", "line_source"],
                name="benefitlink_once_a_line",
                condition=Q(withdrawn_on__isnull=True),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["tenant", "replaces"], name="benefitlink_replaced_once"),
            models.CheckConstraint(name="benefitlink_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="benefitlink_says_what_and_which", condition=~Q(benefit_code="") & ~Q(item_code="")
            ),
            models.CheckConstraint(
                name="benefitlink_names_its_source",
                condition=Q(
                    source_kind=SourceKind.PARTNER, partner__isnull=False, measure__isnull=True, source_id__isnull=True
                )
                | Q(source_kind=SourceKind.MEASURE, partner__isnull=True, measure__isnull=False, source_id__isnull=True)
                | (_NOTHING & Q(source_kind__in=NAMED) & ~Q(source_name=""))
                | (
                    Q(partner__isnull=True, measure__isnull=True, source_id__isnull=False)
                    & ~Q(source_kind__in=["", *SourceKind.values])
                    & ~Q(source_name="")
                ),
            ),
            models.CheckConstraint(
                name="benefitlink_edition_follows_another",
                condition=Q(edition=1, replaces__isnull=True) | Q(edition__gt=1, replaces__isnull=False),
            ),
            models.CheckConstraint(
                name="benefitlink_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(name="benefitlink_replaces_another", condition=~Q(replaces=F("id"))),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.item_code} {self.year}"
