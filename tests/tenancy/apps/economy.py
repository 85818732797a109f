"""The collective economy of villages."""

from dataclasses import replace
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from economy.domain.dividends import propose_dividend
from economy.domain.goals import set_income_goal
from economy.domain.ledger import EntryDraft, Paper, book_entry
from economy.domain.shares import hold_shares, open_fund
from economy.models import Dividend, IncomeGoal, ShareFund, Shareholding
from tests.factories.dossiers import PDF
from tests.factories.households import FIRST_DAY
from tests.tenancy.app_lists import AppLists, Ground, Written


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
        found = {
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
    }
    return Written(ids, {"economy_incomegoal": goal.pk, **found})


LISTS: Final = AppLists(
    pages={
        "admin:collective-incomes": "economy.view",
        "admin:village-economy": "economy.view",
        "admin:village-economy-income": "economy.book",
        "admin:village-economy-cost": "economy.book",
        "admin:ledger-entry-file": "economy.view",
        "admin:household-dividends": "economy.view",
    },
    with_history={"economy_incomegoal"},
    models={
        "economy_incomegoal": ("economy.view", "economy.manage_goals", {}),
        "economy_sharefund": (
            "economy.view",
            "economy.keep_shares",
            {"hold": "economy.keep_shares", "propose": "economy.propose_dividend"},
        ),
        "economy_shareholding": ("economy.view", "", {"end": "economy.keep_shares"}),
        "economy_dividend": (
            "economy.view",
            "",
            {
                "approve": "economy.decide_dividend",
                "refuse": "economy.decide_dividend",
                "withdraw": "economy.propose_dividend",
            },
        ),
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
        ("api:income-goal", "PUT"): {"goal_yuan": "60000", "source": "trial"},
    },
    versioned={
        "goal_id": IncomeGoal,
        "fund_id": ShareFund,
        "holding_id": Shareholding,
        "dividend_id": Dividend,
    },
    more={("api:income-goals", "POST"): {"from_year": 2022, "goal_yuan": "1.00", "source": "trial"}},
    named={"fund_id": "economy_sharefund"},
    shared={"economy_incomegoal"},
)
