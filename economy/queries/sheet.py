"""What is published of a project to its villages: money by source, assets, result, large numbers, and no names."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from economy.enums import AssetState, DividendState
from economy.models import Dividend, DividendLine, IndustryProject, ProjectAsset, ProjectWork, ShareFund, Shareholding
from economy.queries.assets import STANDING
from economy.queries.projects import (
    ZERO,
    money_by_source,
    project_rows,
    reaching_ids,
    require_reaching,
    step_rows,
    villages_reached,
)
from households.domain.near import in_whole_county
from registry.tenancy.context import current_actor

# Our proposal: of fewer households a notice tells neither number nor amount, which neighbours would know whose it is.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSheet:
    """A project as its villages read it. Units: yuan; persons and households are counted, never named.

    Numbers and amounts of one or two households are None. `dividend_yuan` is what households got.
    """

    project: dict[str, Any]
    villages: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    money: list[dict[str, Any]]
    totals: dict[str, Decimal]
    assets: list[dict[str, Any]]
    worker_count: int | None
    worker_household_count: int | None
    wage_yuan: Decimal | None
    funds: list[dict[str, Any]]
    shareholding_count: int | None
    dividend_yuan: Decimal | None
    dividend_household_count: int | None
    # One of the villages that whoever asks works for.
    own_village_id: UUID


def sheet_of(project_id: UUID) -> ProjectSheet:
    """Give what is published of a project that reaches a village of the area. Raises: NotFound."""
    require_reaching(project_id)
    own_village_id = villages_reached(project_id)[0]["village_id"]
    with in_whole_county(current_actor()):
        project: dict[str, Any] = project_rows(IndustryProject.objects.filter(pk=project_id)).get()
        money = list(money_by_source(project_id))
        work = ProjectWork.objects.filter(project=project_id, withdrawn_on__isnull=True).aggregate(
            persons=Count("person", distinct=True), households=Count("household", distinct=True), paid=Sum("wage_yuan")
        )
        funds = ShareFund.objects.filter(project=project_id)
        holders = Shareholding.objects.filter(
            fund__in=funds.values("id"), household__isnull=False, ends_on__isnull=True
        )
        dividends = Dividend.objects.filter(fund__in=funds.values("id"), state=DividendState.APPROVED)
        lines = DividendLine.objects.filter(dividend__in=dividends.values("id"), household__isnull=False)
        paid = lines.filter(amount_yuan__gt=0).aggregate(
            households=Count("household", distinct=True), paid=Sum("amount_yuan")
        )
        holding_count = holders.values("household_id").distinct().count()
        tells_work, tells_paid = _is_told(work["households"]), _is_told(paid["households"])
        names = ("planned", "arrived", "spent", "folded", "returned", "rest")
        return ProjectSheet(
            project=project,
            villages=list(villages_reached(project_id)),
            steps=list(step_rows(project_id).values("state", "entered_on")),
            money=money,
            totals={name: sum((one[name] for one in money), start=ZERO) for name in names},
            assets=_assets(project_id),
            worker_count=work["persons"] if tells_work else None,
            worker_household_count=work["households"] if tells_work else None,
            wage_yuan=(work["paid"] or ZERO) if tells_work else None,
            funds=_funds(funds),
            shareholding_count=holding_count if _is_told(holding_count) else None,
            dividend_yuan=(paid["paid"] or ZERO) if tells_paid else None,
            dividend_household_count=paid["households"] if tells_paid else None,
            own_village_id=own_village_id,
        )


def _is_told(household_count: int) -> bool:
    return household_count == 0 or household_count >= FEWEST


def _funds(rows: "QuerySet[ShareFund]") -> list[dict[str, Any]]:
    found: QuerySet[Any, Any] = rows.order_by("name").values("name", "folded_yuan", "share_total")
    return list(found)


def _assets(project_id: UUID) -> list[dict[str, Any]]:
    rows = ProjectAsset.objects.filter(project=project_id, state__in=[*STANDING, AssetState.DISPOSED])
    found = rows.select_related("village").order_by("name", "id")
    return [
        {
            "name": row.name,
            "kind_code": row.kind_code,
            "value_yuan": row.value_yuan,
            "owner": row.owner,
            "owner_label": " ".join(
                str(part)
                for part in (row.get_owner_display(), row.village.name if row.village else row.owner_name)
                if part
            ),
            "custodian": row.custodian,
            "state": row.state,
            "state_label": row.get_state_display(),
            "disposed_yuan": row.disposed_yuan,
        }
        for row in found
    ]


def projects_of_village(village_id: UUID) -> list[dict[str, Any]]:
    """Give all projects that reach a village of the area, also those that reach others, with sums of their money."""
    ids = [row["project_id"] for row in reaching_ids(village_id)]
    with in_whole_county(current_actor()):
        rows: QuerySet[Any, Any] = project_rows(IndustryProject.objects.filter(pk__in=ids))
        return list(rows.order_by("-library_year", "name", "id"))
