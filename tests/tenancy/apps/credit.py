"""Micro-credit of households."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from credit.domain.limits import LimitDraft, set_loan_limit
from credit.domain.loans import LoanDraft, enter_payment, extend_loan, record_loan
from credit.models import Loan, LoanLimit
from households.queries.history import present_members
from tests.tenancy.app_lists import AppLists, Ground, Written

_DAY: Final = date(2021, 1, 4)
_TERMS: Final = {"lender": "trial", "purpose_code": "1", "rate_percent": "4"}


def write(ground: Ground) -> Written:
    """Set limits, and in each household enter a loan with a payment and an extension."""
    mark, actor = ground.mark, ground.actor
    limit = set_loan_limit(2020, LimitDraft(most_yuan=Decimal(60000), most_months=36, source=mark), actor=actor)
    draft = LoanDraft(
        lender=mark, purpose_code="2", rate_percent=Decimal(4), rating=mark, amount_yuan=Decimal(1000),
        granted_on=_DAY, due_on=date(2022, 1, 4),
    )  # fmt: skip
    found: dict[str, UUID] = {}
    for home in (ground.far, ground.household):
        head = present_members(home).order_by("relation_code")[0]
        loan = record_loan(home.pk, head.person_id, draft, actor=actor)
        entry = enter_payment(loan.pk, "draw", on=_DAY, amount_yuan=Decimal(500), actor=actor)
        extension = extend_loan(loan.pk, on=_DAY, due_on=date(2022, 6, 4), reason=mark, actor=actor)
        found = {"credit_loan": loan.pk, "credit_loanentry": entry.pk, "credit_loanextension": extension.pk}
    ids = {
        "loan_id": found["credit_loan"],
        "loan_entry_id": found["credit_loanentry"],
        "loan_limit_id": limit.pk,
    }
    return Written(ids, {"credit_loanlimit": limit.pk, **found})


LISTS: Final = AppLists(
    pages={"admin:loans-due": "credit.view"},
    with_history={"credit_loanlimit", "credit_loan"},
    models={
        "credit_loanlimit": ("credit.view", "credit.manage_limits", {}),
        "credit_loan": (
            "credit.view",
            "",
            {
                "payment": "credit.record",
                "amend": "credit.record",
                "extend": "credit.record",
                "withdraw": "credit.record",
            },
        ),
        "credit_loanentry": ("credit.view", "", {"reverse": "credit.record"}),
    },
    api={
        "api:loans": {"GET": "credit.view", "POST": "credit.record"},
        "api:loan": {"GET": "credit.view", "PUT": "credit.record"},
        "api:loan-entries": {"POST": "credit.record"},
        "api:loan-extension": {"POST": "credit.record"},
        "api:loan-withdrawal": {"POST": "credit.record"},
        "api:loan-entry-reversal": {"POST": "credit.record"},
        "api:loans-due": {"GET": "credit.view"},
        "api:credit-figures": {"GET": "credit.view"},
        "api:loan-limits": {"GET": "credit.view", "POST": "credit.manage_limits"},
        "api:loan-limit": {"PUT": "credit.manage_limits"},
    },
    write=write,
    bodies={
        ("api:loans", "POST"): {
            **_TERMS,
            "household_id": "{household_id}",
            "person_id": "{person_id}",
            "amount_yuan": "100",
            "granted_on": "2021-03-01",
            "due_on": "2022-03-01",
        },
        ("api:loan", "PUT"): _TERMS,
        ("api:loan-entries", "POST"): {"kind": "draw", "on": "2021-03-01", "amount_yuan": "1"},
        ("api:loan-extension", "POST"): {"on": "2021-03-01", "due_on": "2023-03-01", "reason": "trial"},
        ("api:loan-withdrawal", "POST"): {"reason": "trial"},
        ("api:loan-entry-reversal", "POST"): {"reason": "trial"},
        ("api:loan-limit", "PUT"): {"most_yuan": "1", "most_months": 1, "source": "trial"},
    },
    versioned={"loan_id": Loan, "loan_limit_id": LoanLimit},
    figures={"api:credit-figures"},
    more={("api:loan-limits", "POST"): {"from_year": 2022, "most_yuan": "1", "most_months": 1, "source": "trial"}},
    shared={"credit_loanlimit"},
    of_households={"loan_id", "loan_entry_id"},
)
