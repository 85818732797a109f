"""The boards and worklists of assistance: a county of 60,000 households beside one of 1,000 in as many villages.

A page is asked for as a clerk of the office asks: with its login, its menus and its letters.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.test import Client
from django.urls import reverse

from assistance.models import Helper, HelpVisit, HouseholdPlan, Pairing, VisitPlan
from bench.ground import COUNTY_CODE, DATA_DATE, HOUSEHOLDS, PLACES, bench_actor, drafts, gather_statistics
from bench.measure import Goal, Result, compare
from concerns.models import HelpRequest
from credit.enums import LoanEntryKind
from credit.models import Loan, LoanEntry
from entitlements.domain.running import run_policies
from households.domain.drafts import HouseholdDraft
from households.domain.register import register_households
from households.enums import HEAD_RELATION, PostingKind
from households.models import Household
from households.models import Membership as Belonging
from livelihoods.models import TrainingWish
from partners.models import Partner, PartnerLink
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.idcard import check_character
from registry.lib.periods import today
from registry.models import Membership, Tenant, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from villages.models import Unit, Village

SMALL: Final = 1000
SMALL_ID: Final = 903
SMALL_CODE: Final = "549903000000"
ROUNDS: Final = 9
CHUNK: Final = 2000
GOAL: Final = Goal("the time of a county of 1,000 households, within a factor of 2", of_limit=2.0)
# The pages that count or list households, by their names on the site.
BOARDS: Final = (
    "coverage",
    "visits-due",
    "households-without-plan",
    "help-request-board",
    "concerns_helprequest_changelist",
    "loans-due",
    "credit_loan_changelist",
    "entitlements",
    "training-coverage",
    "training-wishes",
    "training-outcomes",
    "monitoring-deadlines",
    "team-board",
    "partners_partnerlink_changelist",
    "assistance_helpvisit_changelist",
    "assistance_householdplan_changelist",
)


def run() -> list[Result]:
    """Fill both counties with assistance, and measure each page in turn in both."""
    full, small = bench_actor(), small_county()
    for actor in (full, small):
        assist(actor)
    gather_statistics()
    browsers = {"ours": browser_of(full), "limit": browser_of(small)}
    note = f"{HOUSEHOLDS} households; the limit is a county of {SMALL} in as many villages"
    results = []
    for name in BOARDS:
        where = reverse(f"admin:{name}")
        variants = {key: asked(browser, where) for key, browser in browsers.items()}
        results.append(compare(f"board {name}", variants, goal=GOAL, unit="s", rounds=ROUNDS, note=note))
    return results


def asked(browser: Client, where: str) -> Callable[[], float]:
    """Give what measures a page, asked for by a browser. Units: seconds."""

    def measure() -> float:
        began = time.perf_counter()
        answer = browser.get(where)
        taken = time.perf_counter() - began
        if answer.status_code != HTTPStatus.OK:
            raise AssertionError(f"{where} answered {answer.status_code}")
        return taken

    return measure


def small_county() -> Actor:
    """Make the small county, once, and give its office."""
    Tenant.objects.get_or_create(pk=SMALL_ID, defaults={"code": SMALL_CODE, "name": "示例县丙"})
    actor = replace(bench_actor(), tenant_id=SMALL_ID, tenant_code=SMALL_CODE, ranges=(subtree(SMALL_CODE),))
    places = [f"{SMALL_CODE[:6]}{code.removeprefix(COUNTY_CODE[:6])}" for code in PLACES]
    with tenant_scope(actor):
        if not Village.objects.exists():
            Village.objects.bulk_create([Village(code=code, scope_code=code, name="示例村") for code in places])
            chosen = [_moved(draft) for draft in drafts(range(SMALL))]
            register_households(chosen, actor=actor, on=DATA_DATE, kind=PostingKind.TAKEOVER, reason="bench")
    return actor


def _moved(draft: HouseholdDraft) -> HouseholdDraft:
    """Draft the same household for the small county, whose persons have numbers of that county."""
    members = tuple(replace(one, document_number=_renumbered(one.document_number)) for one in draft.members)
    code = f"{SMALL_CODE[:6]}{draft.village_code.removeprefix(COUNTY_CODE[:6])}"
    return replace(draft, number=f"{SMALL_CODE[:6]}{draft.number[6:]}", village_code=code, members=members, phone="")


def _renumbered(number: str) -> str:
    body = f"{SMALL_CODE[:6]}{number[6:17]}"
    return body + check_character(body)


def browser_of(actor: Actor) -> Client:
    """Give the browser of a clerk of the county office."""
    user, _made = User.objects.get_or_create(
        username=f"boards-{actor.tenant_id}", defaults={"name": "boards", "password": "!"}
    )
    Membership.objects.get_or_create(
        user=user,
        tenant_id=actor.tenant_id,
        role=Role.COUNTY_OFFICE,
        defaults={"division_code": actor.tenant_code, "starts_on": DATA_DATE},
    )
    client = Client(headers={"accept-language": "zh-hans"}, SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


# --- rows -------------------------------------------------------------------------------------------------------------
def assist(actor: Actor) -> None:
    """Give nine of ten households a lead helper, and a share of them what each board counts; once."""
    with tenant_scope(actor):
        if VisitPlan.objects.exists():
            return
        households = list(Household.objects.order_by("number"))
        _pair(households)
        _ask_for_help(households)
        _plan(households[::2])
        _lend(households[::10])
        _link(households[::4])
        _train(households)
        run_policies(actor=actor, on=today())


def _pair(households: list[Household]) -> None:
    unit = Unit.objects.create(name="示例帮扶单位", scope_code=households[0].scope_code)
    helpers = [
        Helper(name=f"示例帮扶人{n}", unit=unit, scope_code=unit.scope_code) for n in range(len(households) // 8 + 1)
    ]
    Helper.objects.bulk_create(helpers, CHUNK)
    day = today() - timedelta(days=700)
    Pairing.objects.bulk_create(
        [
            Pairing(
                household=one, scope_code=one.scope_code, helper=helpers[n // 8], starts_on=day, starts_precision="day"
            )
            for n, one in enumerate(households)
            if n % 10
        ],
        CHUNK,
    )
    VisitPlan.objects.bulk_create(
        [VisitPlan(year=today().year - back, visits=4, scope_code=unit.scope_code) for back in (0, 1)]
    )
    HelpVisit.objects.bulk_create(
        [
            HelpVisit(
                household=one,
                scope_code=one.scope_code,
                helper=helpers[n // 8],
                visited_on=today() - timedelta(days=n % 200),
                place_code="1",
                confirmation_code="1",
            )
            for n, one in enumerate(households)
            if n % 3
        ],
        CHUNK,
    )


def _ask_for_help(households: list[Household]) -> None:
    HelpRequest.objects.bulk_create(
        [
            HelpRequest(
                household=one,
                scope_code=one.scope_code,
                kind_code=str(n % 7 + 1),
                channel_code="1",
                told_on=today() - timedelta(days=n % 60),
                due_on=today() + timedelta(days=30 - n % 60),
                text="示例诉求",
                owner_role=Role.VILLAGE_TEAM,
            )
            for n, one in enumerate(households[::5])
        ],
        CHUNK,
    )


def _plan(households: list[Household]) -> None:
    HouseholdPlan.objects.bulk_create(
        [
            HouseholdPlan(
                household=one,
                scope_code=one.scope_code,
                year=today().year,
                goals="示例目标",
                target_yuan=Decimal(12000),
            )
            for one in households
        ],
        CHUNK,
    )


def _heads(households: list[Household]) -> Iterator[tuple[Household, Any]]:
    heads = dict(
        Belonging.objects.filter(relation_code=HEAD_RELATION, ends_on=None).values_list("household_id", "person_id")
    )
    return ((one, heads[one.pk]) for one in households)


def _lend(households: list[Household]) -> None:
    loans = Loan.objects.bulk_create(
        [
            Loan(
                household=one,
                person_id=person_id,
                scope_code=one.scope_code,
                lender="示例银行",
                purpose_code="1",
                amount_yuan=Decimal(30000),
                granted_on=today() - timedelta(days=300),
                due_on=today() + timedelta(days=n % 400 - 200),
                rate_percent=Decimal("4.35"),
                is_subsidised=True,
                is_guaranteed=False,
            )
            for n, (one, person_id) in enumerate(_heads(households))
        ],
        CHUNK,
    )
    LoanEntry.objects.bulk_create(
        [
            LoanEntry(
                household_id=one.household_id,
                loan=one,
                scope_code=one.scope_code,
                kind=LoanEntryKind.DRAW,
                occurred_on=one.granted_on,
                amount_yuan=one.amount_yuan,
            )
            for one in loans
        ],
        CHUNK,
    )


def _link(households: list[Household]) -> None:
    partner = Partner.objects.create(
        name="示例合作社",
        kind_code="2",
        is_person=False,
        division_code=f"{households[0].scope_code[:6]}000000",
        scope_code=f"{households[0].scope_code[:6]}000000",
        starts_on=DATA_DATE,
    )
    PartnerLink.objects.bulk_create(
        [
            PartnerLink(
                partner=partner, household=one, scope_code=one.scope_code, form_codes=["1"], starts_on=DATA_DATE
            )
            for one in households
        ],
        CHUNK,
    )


def _train(households: list[Household]) -> None:
    TrainingWish.objects.bulk_create(
        [
            TrainingWish(person_id=person_id, scope_code=one.scope_code, kind_code="1", told_on=DATA_DATE)
            for one, person_id in _heads(households[::6])
        ],
        CHUNK,
    )
