"""What a household's income is offered: parts of approved dividends, wages of projects, and where they come from."""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from economy.enums import DividendState
from economy.models import DividendLine, IndustryProject, ProjectWork, ShareFund
from households.domain.near import in_whole_county
from households.queries.offers import IncomeOffer, IncomeYear, income_year, offering, source_of, with_recorded
from partners.domain.sources import SourceOffer, UpperSource, enter_source_kind
from registry.tenancy.context import current_actor

# The item under which a household's dividend counts. Source: column AAC092 of the national household form.
DIVIDEND_ITEM: Final = "301"
# The item under which a wage counts. Source: wage income of the national household form, income of labour.
WAGE_ITEM: Final = "101"
FUND_SOURCE: Final = "share_fund"
PROJECT_SOURCE: Final = "industry_project"


class _Kind(NamedTuple):
    name: str
    label: str | Promise
    item_code: str


_DIVIDEND: Final = _Kind("dividend", _("Dividend"), DIVIDEND_ITEM)
_WAGE: Final = _Kind("wage", _("Wage of a project"), WAGE_ITEM)


@offering
def dividends_offered(household_id: UUID, days: IncomeYear) -> list[IncomeOffer]:
    """Give the household's parts of approved dividends of those days; a part of no cent is none.

    The fund may lie in the village from which the household moved.
    """
    with in_whole_county(current_actor()):
        return [
            _offer(_DIVIDEND, line.pk, line.dividend.paid_on, line.amount_yuan, line.dividend.fund, year=days.year)
            for line in _parts_paid(household_id, days)
        ]


@offering
def wages_offered(household_id: UUID, days: IncomeYear) -> list[IncomeOffer]:
    """Give the wages that projects, also wider ones than the area, paid to members of the household."""
    with in_whole_county(current_actor()):
        return [
            _offer(_WAGE, row.pk, row.paid_on, row.wage_yuan, row.project, year=days.year)
            for row in _wages_paid(household_id, days)
        ]


def offers_of(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what this app offers to the household's income of a year, for its next visit."""
    days = income_year(household_id, year)
    found = [*dividends_offered(household_id, days), *wages_offered(household_id, days)]
    return with_recorded(household_id, found)


def funds_of(household_id: UUID, year: int) -> list[SourceOffer]:
    """Give the funds that paid the household a dividend in the days of its year, each with the project behind it."""
    days = income_year(household_id, year)
    with in_whole_county(current_actor()):
        funds = {line.dividend.fund_id: line.dividend.fund for line in _parts_paid(household_id, days)}
    return [SourceOffer(fund.pk, _with_project(fund)) for fund in funds.values()]


def projects_of(household_id: UUID, year: int) -> list[SourceOffer]:
    """Give the projects that paid members of the household a wage in the days of its year."""
    days = income_year(household_id, year)
    with in_whole_county(current_actor()):
        projects = {row.project_id: row.project.name for row in _wages_paid(household_id, days)}
    return [SourceOffer(project_id, name) for project_id, name in projects.items()]


enter_source_kind(UpperSource(FUND_SOURCE, _("Dividend of a fund of shares"), funds_of))
enter_source_kind(UpperSource(PROJECT_SOURCE, _WAGE.label, projects_of))


def _with_project(fund: ShareFund) -> str:
    return f"{fund.name} · {fund.project.name}" if fund.project else fund.name


def _parts_paid(household_id: UUID, days: IncomeYear) -> "QuerySet[DividendLine]":
    return (
        DividendLine.objects.filter(
            _within("dividend__paid_on", days),
            household=household_id,
            dividend__state=DividendState.APPROVED,
            amount_yuan__gt=0,
        )
        .select_related("dividend__fund__project")
        .order_by("dividend__paid_on", "id")
    )


def _wages_paid(household_id: UUID, days: IncomeYear) -> "QuerySet[ProjectWork]":
    rows = ProjectWork.objects.filter(_within("paid_on", days), household=household_id, withdrawn_on__isnull=True)
    return rows.select_related("project").order_by("paid_on", "id")


def _within(column: str, days: IncomeYear) -> Q:
    return Q(**{f"{column}__gte": days.starts_on, f"{column}__lt": days.ends_on})


def _offer(
    kind: _Kind, row_id: UUID, day: date, amount: Decimal, origin: ShareFund | IndustryProject, *, year: int
) -> IncomeOffer:
    project = origin.project if isinstance(origin, ShareFund) else origin
    return IncomeOffer(
        kind=kind.name,
        kind_label=kind.label,
        line_id=row_id,
        year=year,
        paid_on=day,
        item_code=kind.item_code,
        amount_yuan=amount,
        source=source_of(origin.name, day, row_id),
        origin=project.name if project else "",
    )
