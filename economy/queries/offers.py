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
from households.queries.offers import IncomeOffer, offering, with_recorded
from registry.tenancy.context import current_actor

# The item under which a household's dividend counts. Source: column AAC092 of the national household form.
DIVIDEND_ITEM: Final = "301"
# The item under which a wage counts. Source: wage income of the national household form, income of labour.
WAGE_ITEM: Final = "101"
_NAME_LENGTH: Final = 70


class _Kind(NamedTuple):
    name: str
    label: str | Promise
    item_code: str


_DIVIDEND: Final = _Kind("dividend", _("Dividend"), DIVIDEND_ITEM)
_WAGE: Final = _Kind("wage", _("Wage of a project"), WAGE_ITEM)


def source_of(name: str, day: date, row_id: UUID) -> str:
    """Write what an income line names as its source, so that it can be followed to the row."""
    return f"{name[:_NAME_LENGTH]} {day.isoformat()} {str(row_id)[-8:]}"


@offering
def dividends_offered(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give the household's parts of approved dividends of a year; a part of no cent is none.

    The fund may lie in the village from which the household moved.
    """
    lines = DividendLine.objects.filter(
        _in_year("dividend__paid_on", year),
        household=household_id,
        dividend__state=DividendState.APPROVED,
        amount_yuan__gt=0,
    ).select_related("dividend__fund__project")
    with in_whole_county(current_actor()):
        return [
            _offer(_DIVIDEND, line.pk, line.dividend.paid_on, line.amount_yuan, line.dividend.fund)
            for line in lines.order_by("dividend__paid_on", "id")
        ]


@offering
def wages_offered(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give the wages that projects, also wider ones than the area, paid to members of the household in a year."""
    rows = ProjectWork.objects.filter(_in_year("paid_on", year), household=household_id, withdrawn_on__isnull=True)
    with in_whole_county(current_actor()):
        return [
            _offer(_WAGE, row.pk, row.paid_on, row.wage_yuan, row.project)
            for row in rows.select_related("project").order_by("paid_on", "id")
        ]


def offers_of(household_id: UUID, year: int) -> list[IncomeOffer]:
    """Give what this app offers to the household's income of a year, for its next visit."""
    found = [*dividends_offered(household_id, year), *wages_offered(household_id, year)]
    return with_recorded(household_id, found)


def _in_year(column: str, year: int) -> Q:
    return Q(**{f"{column}__gte": date(year, 1, 1), f"{column}__lt": date(year + 1, 1, 1)})


def _offer(kind: _Kind, row_id: UUID, day: date, amount: Decimal, origin: ShareFund | IndustryProject) -> IncomeOffer:
    project = origin.project if isinstance(origin, ShareFund) else origin
    return IncomeOffer(
        kind=kind.name,
        kind_label=kind.label,
        line_id=row_id,
        year=day.year,
        paid_on=day,
        item_code=kind.item_code,
        amount_yuan=amount,
        source=source_of(origin.name, day, row_id),
        origin=project.name if project else "",
    )
