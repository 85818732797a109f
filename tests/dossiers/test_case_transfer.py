"""What becomes of the open case of a household that goes to another county."""

from datetime import date

import pytest

from dossiers.enums import CaseState, NextDue
from dossiers.models import MonitoringCase
from households.domain.monitoring import remove_risk
from households.domain.transfer import accept_transfer, offer_transfer
from households.models import Household, MonitoringSpell, Transfer
from registry import jobs
from registry.lib.errors import Conflict
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.cases import CONFIRMED_ON, LEAD_ON, REMOVABLE_ON, confirmed, raised
from tests.factories.tenants import OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, county, county_office
from tests.factories.villages import VillageFactory

pytestmark = pytest.mark.django_db
GONE_ON = date(2021, 3, 1)
KEPT = ("lead_on", "lead_channel_code", "category_code", "risk_codes", "due_on", "confirmed_on", "measures_due_on")


@pytest.fixture
def here() -> Actor:
    return county_office()


@pytest.fixture
def there() -> Actor:
    actor = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(actor):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
    return actor


def transferred(
    household: Household, here: Actor, there: Actor, *, on: date = GONE_ON, village_code: str = OTHER_VILLAGE_CODE
) -> None:
    with tenant_scope(here):
        key = offer_transfer(household.pk, there.tenant_code, actor=here, on=on, reason="迁居").key
    jobs.tick()
    with tenant_scope(there):
        accept_transfer(Transfer.objects.get(key=key).pk, village_code, actor=there, reason="同意")
    jobs.tick()


def test_confirmed_case_goes_along_with_its_days_when_the_household_is_transferred(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        case = confirmed(risk_codes=("01", "07"))

    transferred(case.household, here, there)

    with tenant_scope(there):
        copy = MonitoringCase.objects.get()
        assert (copy.state, copy.household_id) == (CaseState.CONFIRMED, Household.objects.get().pk)
        assert copy.spell_id == MonitoringSpell.objects.get().pk
        assert (copy.confirmed_on, copy.removable_on) == (CONFIRMED_ON, REMOVABLE_ON)
        assert copy.scope_code == OTHER_VILLAGE_CODE
    with tenant_scope(here):
        left = MonitoringCase.objects.get()
        assert [getattr(copy, name) for name in KEPT] == [getattr(left, name) for name in KEPT]
        assert (left.state, left.removal_code, left.ended_on) == (CaseState.REMOVED, "transferred", GONE_ON)


def test_lead_goes_along_and_stays_due_on_its_day_when_the_household_is_transferred(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        case = raised()

    transferred(case.household, here, there)

    with tenant_scope(there):
        copy = MonitoringCase.objects.get()
        assert (copy.state, copy.lead_on, copy.spell_id) == (CaseState.LEAD, LEAD_ON, None)
        assert (copy.next_due, copy.next_due_on) == (NextDue.DECISION, case.due_on)
    with tenant_scope(here):
        assert MonitoringCase.objects.get().state == CaseState.DROPPED


def test_risk_is_not_removed_before_the_months_of_the_first_county_are_over(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        case = confirmed()
    transferred(case.household, here, there)

    with tenant_scope(there), pytest.raises(Conflict) as refused:
        remove_risk(Household.objects.get().pk, "1", actor=there, on=date(2021, 4, 1), reason="公告")

    assert refused.value.code == "removal.too_early"
    assert REMOVABLE_ON.isoformat() in str(refused.value.message)


def test_case_comes_back_with_its_days_beside_the_one_that_ended_when_it_went(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        case = confirmed()
    transferred(case.household, here, there)
    with tenant_scope(there):
        away = Household.objects.get()

    transferred(away, there, here, on=date(2021, 4, 1), village_code=case.scope_code)

    with tenant_scope(here):
        cases = MonitoringCase.objects.order_by("ended_on").values_list("household", "removal_code", "confirmed_on")
        told = list(cases)
        with pytest.raises(Conflict) as refused:
            remove_risk(case.household_id, "1", actor=here, on=REMOVABLE_ON, reason="公告")
    assert told == [(case.household_id, "transferred", CONFIRMED_ON), (case.household_id, "", CONFIRMED_ON)]
    # The months are over; what is missing is the check.
    assert refused.value.code == "removal.not_checked"


def test_ended_case_stays_at_the_source_when_the_household_is_transferred(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        case = confirmed()
        remove_risk(case.household_id, "2", actor=here, on=date(2021, 2, 20), reason="公告")

    transferred(case.household, here, there)

    with tenant_scope(there):
        assert not MonitoringCase.objects.exists()
        assert Household.objects.get().monitoring_state == "removed"
