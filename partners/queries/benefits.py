"""Where incomes come from: each line with its source, sums by kind of benefit, and links that lost their line."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import DecimalField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from households.definitions.income_items import BUSINESS, PROPERTY, TRANSFER, WAGE
from households.models import IncomeLine
from households.queries.derivation import class_of
from households.queries.income import items_on, lines_of
from households.queries.visibility import households_visible_to
from partners.models import BenefitLink
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor

ZERO: Final = Decimal("0.00")
EARNED: Final = (WAGE, BUSINESS, PROPERTY)
_YUAN: Final = DecimalField(max_digits=16, decimal_places=2)
_PERCENT: Final = Decimal("0.1")


class LineKey(NamedTuple):
    """What tells a line apart within a household's year. Lines alike in all of it have one source."""

    item_code: str
    product: str
    month: int | None
    line_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedLine:
    """A line of income with the link that names its source, where one does."""

    line: IncomeLine
    kind: str
    link: BenefitLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeSources:
    """The income of a household's year by source. Units: yuan received, own produce used at home not counted.

    `by_benefit` holds (code, sum) of earned lines with a link. `loose` are links whose line stands no more.
    """

    year: int
    earned: tuple[SourcedLine, ...]
    handed_out: tuple[SourcedLine, ...]
    by_benefit: tuple[tuple[str, Decimal], ...]
    loose: tuple[BenefitLink, ...]
    earned_yuan: Decimal
    linked_yuan: Decimal
    handed_out_yuan: Decimal

    @property
    def unlinked_yuan(self) -> Decimal:
        """Earned income of which nobody said where it comes from."""
        return self.earned_yuan - self.linked_yuan

    @property
    def unlinked_percent(self) -> Decimal | None:
        """The part of earned income without a source, in per cent; None where nothing was earned."""
        if not self.earned_yuan:
            return None
        return (self.unlinked_yuan * 100 / self.earned_yuan).quantize(_PERCENT)


def key_of_line(line: IncomeLine) -> LineKey:
    """Give what a link names a line by."""
    return LineKey(line.item_code, line.product, line.month, line.source)


def key_of_link(link: BenefitLink) -> LineKey:
    """Give which line a link names."""
    return LineKey(link.item_code, link.product, link.month, link.line_source)


def links_visible_to(actor: Actor) -> "QuerySet[BenefitLink]":
    """Give the benefit links of the households that the actor may see, past editions too."""
    rows = BenefitLink.objects.select_related("household", "partner", "measure")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def find_link(link_id: UUID, *, actor: Actor) -> BenefitLink:
    """Give one edition of a link. Raises: NotFound for an unknown one and for one that the actor may not see."""
    row = links_visible_to(actor).filter(pk=link_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def in_force(household_id: UUID, year: int) -> "QuerySet[BenefitLink]":
    """Give the links of a household's year that hold."""
    rows = BenefitLink.objects.filter(household=household_id, year=year, withdrawn_on__isnull=True)
    return rows.select_related("partner", "measure")


def measures_of_year(household_id: UUID, year: int) -> "QuerySet[Measure]":
    """Give the measures of a household that began in the year or before; one entered in error ends as it starts."""
    rows = Measure.objects.filter(household=household_id, starts_on__lt=date(year + 1, 1, 1))
    return rows.exclude(ends_on=F("starts_on"), ends_on__isnull=False)


def find_line(line_id: UUID, *, actor: Actor) -> IncomeLine:
    """Give one line of income with its household.

    Raises: NotFound for an unknown one, one that a later visit replaced, and one that the actor may not see.
    """
    seen = households_visible_to(actor).values("id")
    row = IncomeLine.objects.select_related("household").filter(pk=line_id, household__in=seen).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def link_of_line(line: IncomeLine) -> BenefitLink | None:
    """Give the link that names the source of a line, where one does."""
    links = in_force(line.household_id, line.year).filter(
        item_code=line.item_code, product=line.product, line_source=line.source
    )
    return next((link for link in links if link.month == line.month), None)


def lines_of_partner(partner_id: UUID, year: int) -> "QuerySet[Any, Any]":
    """Give what each link with a partner amounts to in a year, the households in the order of their numbers."""
    rows = BenefitLink.objects.filter(partner=partner_id, year=year, withdrawn_on__isnull=True)
    paid: QuerySet[Any, Any] = with_amount(rows)
    found = paid.filter(line_count__gt=0)
    names = ("id", "household_id", "year", "item_code", "product", "month", "benefit_code", "paid_yuan")
    return found.values(*names, household_number=F("household__number")).order_by("household_number", "id")


def income_sources(household_id: UUID, year: int) -> IncomeSources:
    """Give the lines of a household's year with their sources, by two queries."""
    items = items_on()
    links = {key_of_link(link): link for link in in_force(household_id, year)}
    lines = list(lines_of(household_id, year))
    told = [
        SourcedLine(line=line, kind=class_of(line.item_code, items), link=links.get(key_of_line(line)))
        for line in lines
    ]
    standing = {key_of_line(line) for line in lines}
    earned = tuple(one for one in told if one.kind in EARNED)
    handed_out = tuple(one for one in told if one.kind == TRANSFER)
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in earned:
        if one.link is not None:
            sums[one.link.benefit_code] += one.line.amount_yuan
    return IncomeSources(
        year=year,
        earned=earned,
        handed_out=handed_out,
        by_benefit=tuple(sorted(sums.items())),
        loose=tuple(link for key, link in links.items() if key not in standing),
        earned_yuan=_sum(earned),
        linked_yuan=sum(sums.values(), ZERO),
        handed_out_yuan=_sum(handed_out),
    )


def _sum(lines: "tuple[SourcedLine, ...]") -> Decimal:
    return sum((one.line.amount_yuan for one in lines), ZERO)


def with_stands(rows: "QuerySet[BenefitLink]") -> "QuerySet[BenefitLink]":
    """Add `stands`: a line that the link names is on file."""
    return rows.annotate(stands=Exists(_lines_named()))


def with_amount(rows: "QuerySet[BenefitLink]") -> "QuerySet[BenefitLink]":
    """Add `paid_yuan` and `line_count` of the lines that each link names."""
    lines = _lines_named().order_by().values("household_id")
    paid = lines.annotate(total=Sum("amount_yuan")).values("total")
    count = lines.annotate(lines=Count("id")).values("lines")
    return rows.annotate(
        paid_yuan=Coalesce(Subquery(paid, output_field=_YUAN), Value(ZERO), output_field=_YUAN),
        line_count=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)),
    )


def loose_links(rows: "QuerySet[BenefitLink]", year: int) -> "QuerySet[BenefitLink]":
    """Give of these links those in force whose line stands no more, for a list of what is to be put right.

    Of one year: nothing but its lines tells that a link is loose, so that each link of the year is looked up.
    """
    found: QuerySet[Any] = with_stands(rows.filter(year=year, withdrawn_on__isnull=True))
    return found.filter(stands=False)


def _lines_named() -> "QuerySet[IncomeLine]":
    return IncomeLine.objects.annotate(of_month=Coalesce("month", Value(0))).filter(
        tenant_id=OuterRef("tenant_id"),
        household_id=OuterRef("household_id"),
        year=OuterRef("year"),
        item_code=OuterRef("item_code"),
        product=OuterRef("product"),
        source=OuterRef("line_source"),
        of_month=Coalesce(OuterRef("month"), Value(0)),
    )


def benefit_rows(rows: "QuerySet[BenefitLink]") -> "QuerySet[Any, Any]":
    """Give the columns of links with what their lines amount to, by one query."""
    names = ("id", "household_id", "year", "item_code", "product", "month", "line_source", "benefit_code")
    told: QuerySet[Any, Any] = with_stands(with_amount(rows))
    return told.values(
        *names,
        "source_kind",
        "partner_id",
        "measure_id",
        "source_id",
        "source_name",
        "edition",
        "replaces_id",
        "withdrawn_on",
        "withdrawal_reason",
        "paid_yuan",
        "stands",
        "version",
        partner_name=F("partner__name"),
        household_number=F("household__number"),
        village_code=F("scope_code"),
    )
