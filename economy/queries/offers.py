"""What a household's income is offered: its parts of approved dividends, and wages of projects."""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from economy.enums import DividendState
from economy.models import DividendLine, IndustryProject, ProjectWork, ShareFund
from households.domain.near import in_whole_county
from households.queries.offers import IncomeOffer, IncomeYear, income_year, offering, source_of, with_recorded
from registry.tenancy.context import current_actor

# The item under which a household's dividend counts. Source: column AAC092 of the national household form.
DIVIDEND_ITEM: Final = "301"
# The item under which a wage counts. Source: wage income of the national household form, income of labour.
WAGE_ITEM: Final = "101"


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
    lines = DividendLine.objects.filter(
        _within("dividend__paid_on", days),
        household=household_id,
        dividend__state=DividendState.APPROVED,
        amount_yuan__gt=0,
    ).select_related("dividend__fund__project")
    with in_whole_county(current_actor()):
        return [
            _offer(_DIVIDEND, line.pk, line.dividend.paid_on, line.amount_yuan, line.dividend.fund, year=days.year)
            for line in lines.order_by("dividend__paid_on", "id")
        ]


@offering
def wages_offered(household_id: UUID, days: IncomeYear) -> list[IncomeOffer]:
    """Give the wages that projects, also wider ones than the area, paid to members of the household."""
    rows = ProjectWork.objects.filter(_within("paid_on", days), household=household_id, withdrawn_on__isnull=True)
    with in_whole_county(current_actor()):
        return [
            _offer(_WAGE, row.pk, row.paid_on, row.wage_yuan, row.project, year=days.year)
            for row in rows.select_related("project").order_by("paid_on", "id")
        ]


def offers_of(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what this app offers to the household's income of a year, for its next visit."""
    days = income_year(household_id, year)
    found = [*dividends_offered(household_id, days), *wages_offered(household_id, days)]
    return with_recorded(household_id, found)


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
