"""Partners, whom they help, and what they paid by year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from households.queries.visibility import households_visible_to
from partners.models import BenefitLink, Partner, PartnerLink
from partners.queries.benefits import with_amount
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.models import Division
from registry.tenancy.context import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerYear:
    """What a partner paid in a year to households of the actor's area, by the lines that name it. Units: yuan."""

    year: int
    household_count: int
    line_count: int
    amount_yuan: Decimal


def find_partner(partner_id: UUID) -> Partner:
    """Give one partner of the county. Raises: NotFound."""
    row = Partner.objects.filter(pk=partner_id).first()
    if row is None:
        message = _("There is no such partner. Choose one from the list, or enter the partner first.")
        raise NotFound("partner.not_found", message, field="partner_id")
    return row


def partners_on_list() -> "QuerySet[Partner]":
    """Give the county's partners with the units that send them and the name of their place, by name."""
    named = Division.objects.filter(code=OuterRef("division_code")).order_by("-edition_id")
    rows = Partner.objects.select_related("unit").annotate(place_name=Subquery(named.values("name")[:1]))
    return rows.order_by("name", "id")


def partner_rows(rows: "QuerySet[Partner]") -> "QuerySet[Any, Any]":
    """Give the columns of partners without their telephones."""
    names = ("id", "name", "kind_code", "is_person", "uscc", "contact_name", "skill", "unit_id", "division_code")
    found: QuerySet[Any, Any] = rows.values(*names, "starts_on", "ends_on", "end_reason", "version")
    return found


def links_visible_to(actor: Actor) -> "QuerySet[PartnerLink]":
    """Give the links of the households and villages that the actor may see."""
    rows = PartnerLink.objects.select_related("partner", "household", "village")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def link_rows(rows: "QuerySet[PartnerLink]") -> "QuerySet[Any, Any]":
    """Give the columns of links with the numbers of what they name, by one query."""
    names = ("id", "partner_id", "household_id", "village_id", "form_codes", "starts_on", "ends_on", "end_reason")
    found: QuerySet[Any, Any] = rows.values(
        *names,
        "version",
        partner_name=F("partner__name"),
        household_number=F("household__number"),
        village_code=F("scope_code"),
    )
    return found


def years_of_partner(partner_id: UUID) -> list[PartnerYear]:
    """Give the years in which lines of income name the partner, the latest first, by one query."""
    rows: QuerySet[Any] = with_amount(BenefitLink.objects.filter(partner=partner_id, withdrawn_on__isnull=True))
    standing = rows.filter(line_count__gt=0).order_by().values("year")
    found = standing.annotate(
        households=Count("household_id", distinct=True), lines=Sum("line_count"), total=Sum("paid_yuan")
    )
    return [
        PartnerYear(
            year=row["year"], household_count=row["households"], line_count=row["lines"], amount_yuan=row["total"]
        )
        for row in found.order_by("-year")
    ]


def partners_of_year(household_id: UUID, year: int) -> "QuerySet[Partner]":
    """Give the partners on file in a year, those that help the household first, then by name."""
    helping = PartnerLink.objects.filter(
        household=household_id, partner=OuterRef("pk"), tenant_id=OuterRef("tenant_id")
    )
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=date(year, 1, 1))
    rows = Partner.objects.filter(lasting, starts_on__lt=date(year + 1, 1, 1))
    return rows.annotate(helps=Exists(helping)).order_by("-helps", "name", "id")
