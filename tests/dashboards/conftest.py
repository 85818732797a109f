"""The scope in which most tests of the first page stand, and a county that has something of everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from assistance.domain.visit_plans import set_visit_plan
from concerns.domain.requests import RequestDraft, enter_request
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import Household
from quality.models import Finding
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.cases import confirmed, raised
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, county_office

LONG_AGO = today() - timedelta(days=800)


@dataclass(frozen=True)
class Homes:
    """The households of the ground by what they are."""

    filed: Household
    lifted: Household
    lead: Household
    confirmed: Household
    moved: Household
    far: Household


@pytest.fixture
def office(db: None) -> Iterator[Actor]:
    """Open the scope of the first county's office."""
    with tenant_scope(county_office()) as actor:
        yield actor


@pytest.fixture
def homes(office: Actor) -> Homes:
    """Fill three villages of two townships: stocks, cases, helpers, visits due, findings and requests."""
    return grown(office)


def grown(actor: Actor) -> Homes:
    """Write the ground in the open scope."""
    set_visit_plan(today().year, visits=12, actor=actor)
    found = Homes(
        filed=registered(status="filed", main_cause_code="02", on=LONG_AGO),
        lifted=registered(status="filed", on=LONG_AGO),
        lead=registered(status="lifted"),
        confirmed=registered(status="lifted", village_code=NEXT_VILLAGE_CODE),
        moved=registered(status="filed", on=LONG_AGO),
        far=registered(status="filed", village_code=FAR_VILLAGE_CODE, on=LONG_AGO),
    )
    paired(found.filed, helper=HelperFactory.create(), on=LONG_AGO)
    change_status(found.lifted.pk, "lift", actor=actor, on=today() - timedelta(days=40), reason="达标")
    raised(found.lead)
    confirmed(found.confirmed)
    move_household(found.moved.pk, FAR_VILLAGE_CODE, on=today(), reason="搬家", actor=actor)
    for number, home in enumerate((found.filed, found.filed, found.far)):
        _finding(home, number)
    for home in (found.filed, found.far):
        told = RequestDraft(
            household_id=home.pk, kind_code="5", channel_code="1", told_on=date(2021, 3, 5), text="水管冻裂"
        )
        enter_request(told, actor=actor)
    return found


def _finding(home: Household, number: int) -> None:
    """Write a finding of a rule: the second is late, the third old and of another severity."""
    home.refresh_from_db()
    Finding.objects.create(
        rule_code=f"R1-0{number}",
        severity="suspicion" if number == 2 else "warn",
        subject_id=home.pk,
        household=home,
        scope_code=home.scope_code,
        first_seen_on=today() - timedelta(days=90 if number == 2 else 3),
        last_seen_on=today(),
        due_on=today() - timedelta(days=1) if number == 1 else today() + timedelta(days=9),
    )
