"""What a household is due and what it receives."""

from decimal import Decimal
from typing import Any, Final

from entitlements.definitions.own import Condition
from entitlements.domain.figures import set_figure
from entitlements.domain.own import PolicyDraft, add_policy
from entitlements.enums import EntitlementKind
from entitlements.models import CountyPolicy, EntitlementFinding
from registry.lib.periods import today
from tests.tenancy.app_lists import AppLists, Ground, Written

POLICY: Final[dict[str, Any]] = {
    "name": "trial",
    "object": "household",
    "due_words": "trial",
    "received_words": "trial",
    "source": "trial",
    "from_year": 2014,
    "due": [Condition("member_count", "at_least", "1000")],
    "receives": [Condition("measure", "yes", "4801")],
}
BODY: Final = POLICY | {
    "due": [{"fact": "member_count", "comparison": "at_least", "value": "1000"}],
    "receives": [{"fact": "measure", "comparison": "yes", "value": "4801"}],
}


def write(ground: Ground) -> Written:
    """Set a figure, and let something be due to a household of each of two townships."""
    figure = set_figure(
        "low_allowance", "line_yuan", from_year=2020, value=Decimal(4000), source=ground.mark, actor=ground.actor
    )
    own = add_policy(PolicyDraft(**POLICY | {"name": ground.mark, "source": ground.mark}), actor=ground.actor)
    day = today()
    (_far, found) = (
        EntitlementFinding.objects.create(
            household=home,
            scope_code=home.scope_code,
            subject_id=home.pk,
            policy_code="low_allowance",
            policy_version=1,
            year=day.year,
            kind=EntitlementKind.DUE_NOT_RECEIVED,
            sector="civil_affairs",
            first_seen_on=day,
            last_seen_on=day,
        )
        for home in (ground.far, ground.household)
    )
    return Written(
        {"entitlement_id": found.pk, "county_policy_id": own.pk},
        {
            "entitlements_countypolicy": own.pk,
            "entitlements_policyfigure": figure.pk,
            "entitlements_entitlementfinding": found.pk,
        },
    )


LISTS: Final = AppLists(
    pages={
        "admin:entitlements": "entitlements.view",
        "admin:entitlement-figures": "entitlements.view",
        "admin:own-policy-add": "entitlements.set_figures",
        "admin:own-policy": "entitlements.set_figures",
        "admin:policies": "entitlements.view",
        "admin:policy": "entitlements.view",
        "admin:entitlements-answer": "entitlements.answer",
        "admin:entitlements-run": "entitlements.ask_run",
        "admin:entitlement": "entitlements.view",
        "admin:entitlement-answer": "entitlements.answer",
        "admin:entitlement-withdraw": "entitlements.answer",
    },
    api={
        "api:entitlements": {"GET": "entitlements.view"},
        "api:entitlements-answer": {"POST": "entitlements.answer"},
        "api:entitlement": {"GET": "entitlements.view"},
        "api:entitlement-answer": {"POST": "entitlements.answer"},
        "api:entitlement-withdrawal": {"POST": "entitlements.answer"},
        "api:entitlement-figures": {"GET": "entitlements.view"},
        "api:entitlement-runs": {"POST": "entitlements.ask_run"},
        "api:county-policies": {"GET": "entitlements.view", "POST": "entitlements.set_figures"},
        "api:county-policy": {"PUT": "entitlements.set_figures"},
        "api:entitlement-policies": {"GET": "entitlements.view"},
        "api:entitlement-policy": {"GET": "entitlements.view", "PUT": "entitlements.set_figures"},
    },
    write=write,
    bodies={
        ("api:entitlements-answer", "POST"): {
            "answer": "applied",
            "entitlements": [{"entitlement_id": "{entitlement_id}", "version": 1}],
        },
        ("api:entitlement-answer", "POST"): {"answer": "not_due", "note": "trial"},
        ("api:entitlement-withdrawal", "POST"): {"reason": "trial"},
        ("api:county-policy", "PUT"): BODY,
    },
    versioned={"entitlement_id": EntitlementFinding, "county_policy_id": CountyPolicy},
    figures={"api:entitlement-figures", "api:entitlement-policies"},
    more={
        ("api:entitlement-policy", "PUT"): {
            "name": "enabled",
            "from_year": 2022,
            "value": "0",
            "source": "trial",
        },
        ("api:entitlement-runs", "POST"): {},
        ("api:county-policies", "POST"): BODY,
    },
    named={"entitlement_id": "entitlements_entitlementfinding"},
    again={"api:entitlement-runs"},
    shared={"entitlements_policyfigure", "entitlements_countypolicy"},
)
