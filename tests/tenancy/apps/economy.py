"""The collective economy of villages."""

from dataclasses import replace
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from economy.domain.assets import AssetDraft, add_asset, add_asset_upkeep
from economy.domain.dividends import propose_dividend
from economy.domain.goals import set_income_goal
from economy.domain.ledger import EntryDraft, Paper, book_entry
from economy.domain.project_money import MoneyDraft, note_project_money
from economy.domain.projects import ProjectDraft, add_project, advance_project
from economy.domain.shares import hold_shares, open_fund
from economy.domain.work import WorkDraft, record_work
from economy.models import (
    AssetUpkeep,
    Dividend,
    IncomeGoal,
    IndustryProject,
    ProjectAsset,
    ProjectWork,
    ShareFund,
    Shareholding,
)
from households.models import Household, Membership
from registry.tenancy.context import Actor
from tests.factories.dossiers import PDF
from tests.factories.households import FIRST_DAY
from tests.tenancy.app_lists import AppLists, Ground, Written
from villages.domain.infrastructure import UpkeepDraft

KEPT: Final = UpkeepDraft(keeper="示例合作社", source_code="6", yearly_yuan=Decimal(1), starts_on=FIRST_DAY)


def write(ground: Ground) -> Written:
    """Set a goal, and in each village book an income with its paper and propose a dividend."""
    mark, actor = ground.mark, ground.actor
    goal = set_income_goal(2020, goal_yuan=Decimal(60000), source=mark, actor=actor)
    draft = EntryDraft(
        kind="income", source_code="11", occurred_on=FIRST_DAY, amount_yuan=Decimal("1200.50"), purpose=mark
    )
    found: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        entry = book_entry(home.village_id, draft, actor=actor, paper=Paper(PDF, f"{mark}.pdf"))
        fund = open_fund(home.village_id, name=f"{mark}合作社", actor=actor)
        holding = hold_shares(fund.pk, home.pk, share_count=Decimal(2), on=FIRST_DAY, actor=actor)
        # Proposed by nobody who asks, so that whoever asks may decide.
        dividend = propose_dividend(
            fund.pk,
            paid_on=FIRST_DAY,
            amount_yuan=Decimal(100),
            kept_yuan=Decimal(1),
            actor=replace(actor, user_id=uuid4()),
        )
        project = approved_project(home, mark, actor)
        asset = add_asset(project.pk, asset_of(home, mark), actor=actor)
        upkeep = add_asset_upkeep(asset.pk, KEPT, actor=actor)
        member = Membership.objects.filter(household=home).values_list("person_id", flat=True)[0]
        wage = WorkDraft(person_id=member, day_count=Decimal(1), wage_yuan=Decimal(10), paid_on=FIRST_DAY)
        work = record_work(project.pk, wage, actor=actor)
        found = {
            "economy_industryproject": project.pk,
            "economy_projectasset": asset.pk,
            "economy_assetupkeep": upkeep.pk,
            "economy_projectwork": work.pk,
            "economy_ledgerentry": entry.pk,
            "economy_sharefund": fund.pk,
            "economy_shareholding": holding.pk,
            "economy_dividend": dividend.pk,
        }
    ids = {
        "entry_id": found["economy_ledgerentry"],
        "goal_id": goal.pk,
        "fund_id": found["economy_sharefund"],
        "holding_id": found["economy_shareholding"],
        "dividend_id": found["economy_dividend"],
        "industry_id": found["economy_industryproject"],
        "project_id": found["economy_industryproject"],
        "asset_id": found["economy_projectasset"],
        "asset_upkeep_id": found["economy_assetupkeep"],
        "work_id": found["economy_projectwork"],
    }
    return Written(ids, {"economy_incomegoal": goal.pk, **found})


def approved_project(home: Household, mark: str, actor: Actor) -> IndustryProject:
    """Enter a project of a village, and bring it under way with money."""
    draft = ProjectDraft(name=mark, kind_code="2", library_year=2020, village_ids=(home.village_id,))
    project = add_project(draft, actor=actor)
    money = MoneyDraft(source_code="1", noted_on=FIRST_DAY, note=mark)
    note_project_money(project.pk, replace(money, planned_yuan=Decimal(1000)), actor=actor)
    advance_project(project.pk, "propose", on=FIRST_DAY, actor=actor)
    advance_project(project.pk, "approve", on=FIRST_DAY, note=mark, actor=replace(actor, user_id=uuid4()))
    advance_project(project.pk, "begin", on=FIRST_DAY, actor=actor)
    note_project_money(project.pk, replace(money, arrived_yuan=Decimal(1000), spent_yuan=Decimal(100)), actor=actor)
    return project


def asset_of(home: Household, mark: str) -> AssetDraft:
    """Describe an asset of a village."""
    return AssetDraft(
        name=mark,
        kind_code="1",
        value_yuan=Decimal(50),
        acquired_on=FIRST_DAY,
        owner="village",
        village_id=home.village_id,
        custodian=mark,
    )


_PROJECT: Final = {"name": "trial", "kind_code": "2", "library_year": 2021, "village_ids": ["{village_id}"]}
_ASSET: Final = {
    "name": "trial",
    "kind_code": "1",
    "value_yuan": "1",
    "acquired_on": "2021-03-01",
    "owner": "village",
    "village_id": "{village_id}",
    "custodian": "trial",
}
_UPKEEP: Final = {
    "keeper": "trial",
    "source_code": "6",
    "yearly_yuan": "1",
    "starts_on": "2021-01-01",
    "ends_on": "2021-02-01",
}
LISTS: Final = AppLists(
    pages={
        "admin:collective-incomes": "economy.view",
        "admin:village-economy": "economy.view",
        "admin:village-economy-income": "economy.book",
        "admin:village-economy-cost": "economy.book",
        "admin:ledger-entry-file": "economy.view",
        "admin:household-dividends": "economy.view",
        "admin:industry-project-add": "economy.keep_projects",
        "admin:industry-project-sheet": "economy.view",
        "admin:industry-project-work": "economy.record_work",
        "admin:village-industry-projects": "economy.view",
    },
    with_history={
        "economy_incomegoal",
        "economy_industryproject",
        "economy_projectasset",
        "economy_assetupkeep",
    },
    models={
        "economy_incomegoal": ("economy.view", "economy.manage_goals", {}),
        "economy_sharefund": (
            "economy.view",
            "economy.keep_shares",
            {
                "hold": "economy.keep_shares",
                "propose": "economy.propose_dividend",
                "total": "economy.keep_shares",
            },
        ),
        "economy_shareholding": ("economy.view", "", {"end": "economy.keep_shares"}),
        "economy_dividend": (
            "economy.view",
            "",
            {
                "approve": "economy.decide_dividend",
                "refuse": "economy.decide_dividend",
                "withdraw": "economy.propose_dividend",
                "book": "economy.book",
            },
        ),
        "economy_industryproject": (
            "economy.view",
            "",
            {
                "amend": "economy.keep_projects",
                "money": "economy.keep_projects",
                "propose": "economy.keep_projects",
                "return": "economy.decide_project",
                "approve": "economy.decide_project",
                "begin": "economy.keep_projects",
                "complete": "economy.keep_projects",
                "send-back": "economy.decide_project",
                "accept": "economy.decide_project",
                "stop": "economy.decide_project",
                "fold": "economy.keep_projects",
                "asset": "economy.keep_projects",
                "work": "economy.record_work",
            },
        ),
        "economy_projectasset": (
            "economy.view",
            "",
            {
                "amend": "economy.keep_projects",
                "upkeep": "economy.keep_projects",
                "dispose": "economy.dispose_asset",
                "withdraw": "economy.dispose_asset",
            },
        ),
        "economy_assetupkeep": ("economy.view", "", {"amend": "economy.keep_projects"}),
        "economy_projectwork": ("economy.view", "", {"withdraw": "economy.record_work"}),
        "economy_ledgerentry": ("economy.view", "", {"reverse": "economy.book"}),
    },
    api={
        "api:ledger-entries": {"GET": "economy.view", "POST": "economy.book"},
        "api:ledger-entry": {"GET": "economy.view"},
        "api:ledger-entry-reversal": {"POST": "economy.book"},
        "api:ledger-entry-file": {"GET": "economy.view"},
        "api:collective-incomes": {"GET": "economy.view"},
        "api:village-economy": {"GET": "economy.view"},
        "api:income-goals": {"GET": "economy.view", "POST": "economy.manage_goals"},
        "api:income-goal": {"PUT": "economy.manage_goals"},
        "api:share-funds": {"GET": "economy.view", "POST": "economy.keep_shares"},
        "api:share-fund-holdings": {"POST": "economy.keep_shares"},
        "api:shareholdings": {"GET": "economy.view"},
        "api:shareholding-end": {"POST": "economy.keep_shares"},
        "api:dividends": {"GET": "economy.view", "POST": "economy.propose_dividend"},
        "api:dividend": {"GET": "economy.view"},
        "api:dividend-approve": {"POST": "economy.decide_dividend"},
        "api:dividend-refuse": {"POST": "economy.decide_dividend"},
        "api:dividend-withdraw": {"POST": "economy.propose_dividend"},
        "api:household-dividend-offers": {"GET": "economy.view"},
        "api:share-fund-total": {"PUT": "economy.keep_shares"},
        "api:dividend-booking": {"POST": "economy.book"},
        "api:industry-projects": {"GET": "economy.view", "POST": "economy.keep_projects"},
        "api:industry-project": {"GET": "economy.view", "PUT": "economy.keep_projects"},
        "api:industry-project-state": {"POST": "economy.keep_projects"},
        "api:industry-project-money": {"POST": "economy.keep_projects"},
        "api:industry-project-fold": {"POST": "economy.keep_projects"},
        "api:industry-project-assets": {"POST": "economy.keep_projects"},
        "api:industry-project-work": {"POST": "economy.record_work"},
        "api:industry-project-published": {"GET": "economy.view"},
        "api:village-industry-projects": {"GET": "economy.view"},
        "api:project-assets": {"GET": "economy.view"},
        "api:project-asset": {"GET": "economy.view", "PUT": "economy.keep_projects"},
        "api:project-asset-disposal": {"POST": "economy.dispose_asset"},
        "api:project-asset-withdrawal": {"POST": "economy.dispose_asset"},
        "api:project-asset-upkeep": {"POST": "economy.keep_projects"},
        "api:asset-upkeep": {"GET": "economy.view", "PUT": "economy.keep_projects"},
        "api:project-work": {"GET": "economy.view"},
        "api:project-work-withdrawal": {"POST": "economy.record_work"},
    },
    write=write,
    bodies={
        ("api:ledger-entries", "POST"): {
            "village_id": "{village_id}",
            "kind": "cost",
            "occurred_on": "2021-03-01",
            "amount_yuan": "1",
            "purpose": "trial",
        },
        ("api:ledger-entry-reversal", "POST"): {"reason": "trial"},
        ("api:share-funds", "POST"): {"village_id": "{village_id}", "name": "trial"},
        ("api:share-fund-holdings", "POST"): {"household_id": None, "share_count": "1", "on": "2021-03-01"},
        ("api:shareholding-end", "POST"): {"on": "2022-03-01"},
        ("api:dividends", "POST"): {
            "fund_id": "{fund_id}",
            "paid_on": "2021-04-01",
            "amount_yuan": "10",
            "kept_yuan": "0",
        },
        ("api:dividend-approve", "POST"): {},
        ("api:dividend-refuse", "POST"): {"reason": "trial"},
        ("api:dividend-withdraw", "POST"): {"reason": "trial"},
        ("api:share-fund-total", "PUT"): {"share_total": "9"},
        ("api:dividend-booking", "POST"): {"payer": "project"},
        ("api:industry-projects", "POST"): _PROJECT,
        ("api:industry-project", "PUT"): _PROJECT,
        ("api:industry-project-state", "POST"): {"change": "stop", "on": "2021-03-01", "note": "trial"},
        ("api:industry-project-money", "POST"): {
            "source_code": "1",
            "noted_on": "2021-03-01",
            "arrived_yuan": "1",
        },
        ("api:industry-project-fold", "POST"): {
            "fund_id": "{fund_id}",
            "source_code": "1",
            "noted_on": "2021-03-01",
            "amount_yuan": "1",
        },
        ("api:industry-project-assets", "POST"): _ASSET,
        ("api:industry-project-work", "POST"): {
            "person_id": "{person_id}",
            "day_count": "1",
            "wage_yuan": "1",
            "paid_on": "2021-03-01",
        },
        ("api:project-asset", "PUT"): _ASSET,
        ("api:project-asset-disposal", "POST"): {"on": "2021-03-01", "received_yuan": "0", "reason": "trial"},
        ("api:project-asset-withdrawal", "POST"): {"reason": "trial"},
        ("api:project-asset-upkeep", "POST"): _UPKEEP,
        ("api:asset-upkeep", "PUT"): _UPKEEP,
        ("api:project-work-withdrawal", "POST"): {"reason": "trial"},
        ("api:income-goal", "PUT"): {"goal_yuan": "60000", "source": "trial"},
    },
    versioned={
        "goal_id": IncomeGoal,
        "fund_id": ShareFund,
        "holding_id": Shareholding,
        "dividend_id": Dividend,
        "industry_id": IndustryProject,
        "asset_id": ProjectAsset,
        "asset_upkeep_id": AssetUpkeep,
        "work_id": ProjectWork,
    },
    more={("api:income-goals", "POST"): {"from_year": 2022, "goal_yuan": "1.00", "source": "trial"}},
    names={"village_ids": "village_id"},
    named={"fund_id": "economy_sharefund", "project_id": "economy_industryproject"},
    without_version={
        "api:dividend-booking",
        "api:industry-project-money",
        "api:industry-project-fold",
        "api:industry-project-assets",
        "api:industry-project-work",
        "api:project-asset-upkeep",
    },
    shared={"economy_incomegoal"},
    deletable={"economy_industryreach"},
)
