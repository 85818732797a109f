"""Deciding on rosters: who may, what is kept, and what a part of the county or another county sees."""

from datetime import timedelta

import pytest

from exchange.domain.decisions import approve_roster, let_roster_lapse, reject_roster, upload_roster
from exchange.enums import BatchState
from exchange.models import ImportBatch, ImportHousehold, ImportRow
from households.models import Household
from registry.crypto import Purpose, unseal
from registry.enums import Role
from registry.lib.errors import NotAllowed, NotFound, StaleVersion
from registry.lib.periods import TIME_ZONE, today
from registry.models import Document, DueWork
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.exchange.rosters import (
    Cells,
    applied,
    checked,
    csv_of,
    head,
    other_household,
    problems,
    spouse,
    verdicts,
)
from tests.factories.households import document_number
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory

FIRST, SECOND = "54990100000001", "54990100000002"


def first_roster(**changes: str) -> bytes:
    """Write the roster that most tests begin with; the changes hold for both members."""
    return csv_of(head(**changes), spouse(**changes))


# --- who may, and what is kept ----------------------------------------------------------------------------------------
def test_decision_is_refused_when_the_batch_changed_since_it_was_seen(office: Actor) -> None:
    batch = checked(first_roster(), office)

    with pytest.raises(StaleVersion):
        approve_roster(batch.pk, actor=office, version=batch.version - 1)


@pytest.mark.parametrize("decide", [approve_roster, reject_roster])
def test_decision_is_refused_when_a_machine_asks(decide: object, office: Actor) -> None:
    batch = checked(first_roster(), office)
    machine = actor_of(Role.MACHINE_CLIENT)

    with tenant_scope(machine), pytest.raises(NotAllowed):
        decide(batch.pk, actor=machine, version=batch.version)  # type: ignore[operator]  # both have this shape


def test_upload_is_refused_when_a_village_team_asks(office: Actor) -> None:
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team), pytest.raises(NotAllowed):
        upload_roster(first_roster(), name="a.csv", actor=team)


def test_file_is_deleted_when_the_batch_is_decided(office: Actor) -> None:
    batch = checked(first_roster(), office)

    rejected = reject_roster(batch.pk, actor=office, version=batch.version, reason="an older one")

    assert (rejected.state, rejected.document) == (BatchState.REJECTED, None)
    assert Document.objects.filter(kind="roster", removed_at__isnull=True).count() == 0
    assert (len(rejected.sha256), rejected.byte_count) == (64, len(first_roster()))
    assert Household.objects.count() == 0


def test_refused_rows_lapse_when_their_days_are_over(office: Actor) -> None:
    batch = applied(csv_of(head(), spouse(name=""), other_household()), office)
    kept = (ImportRow.objects.count(), list(ImportHousehold.objects.values_list("number", flat=True)))

    let_roster_lapse(batch.pk, actor=office)

    assert kept == (2, [FIRST])
    assert (ImportRow.objects.count(), ImportHousehold.objects.count()) == (0, 0)
    assert DueWork.objects.filter(kind="exchange.rows_lapse", key=str(batch.pk)).exists()


def test_roster_is_closed_and_its_file_deleted_when_nobody_decides(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse(name=""), other_household()), office)
    due = DueWork.objects.get(kind="exchange.rows_lapse", key=str(batch.pk)).due_at

    let_roster_lapse(batch.pk, actor=office)
    let_roster_lapse(batch.pk, actor=office)

    closed = ImportBatch.objects.get(pk=batch.pk)
    assert due.astimezone(TIME_ZONE).date() == today() + timedelta(days=30)
    assert (closed.state, closed.error_code, closed.document, closed.drafts) == (
        "failed",
        "batch.abandoned",
        None,
        None,
    )
    assert (ImportRow.objects.count(), ImportHousehold.objects.count()) == (0, 0)
    assert Document.objects.filter(removed_at__isnull=True).count() == 0


def test_cells_of_refused_rows_are_sealed_when_they_are_kept(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse(name="")), office)

    sealed = bytes(ImportRow.objects.get(batch=batch, row=3).cells_sealed or b"")

    assert "央金罗布".encode() not in sealed
    assert "央金罗布" in unseal(sealed, Purpose.FILE, tenant_id=office.tenant_id)


# --- a part of the county, and another county -------------------------------------------------------------------------
def test_township_clerk_takes_over_the_own_township_only(office: Actor) -> None:
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    rows = csv_of(head(), spouse(), other_household(village_code=FAR_VILLAGE_CODE))

    with tenant_scope(clerk):
        batch = applied(rows, clerk)
        found = (problems(batch), verdicts(batch), batch.scope_code)

    assert found == ([(5, "village_code", "village.out_of_scope")], {SECOND: "refused"}, TOWNSHIP_CODE)
    assert list(Household.objects.values_list("number", flat=True)) == [FIRST]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"person_number": ""}, (3, "document_number", "person_elsewhere")),
        ({"document_number": document_number(15, birth="19700101")}, (3, "person_number", "person_elsewhere")),
    ],
)
def test_township_clerk_learns_that_a_person_is_on_file_elsewhere(
    changes: Cells, found: tuple[int, str, str], office: Actor
) -> None:
    applied(csv_of(other_household(village_code=FAR_VILLAGE_CODE)), office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    same_person = other_household(household_number="54990100000009", **changes)

    with tenant_scope(clerk):
        batch = checked(csv_of(same_person), clerk)
        codes = {(row, code) for row, _column, code in problems(batch)}

    assert codes == {(found[0], found[2])}


def test_township_clerk_learns_that_a_household_number_is_on_file_elsewhere(office: Actor) -> None:
    applied(csv_of(other_household(village_code=FAR_VILLAGE_CODE)), office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    same_number = head(household_number=SECOND, person_count="1")

    with tenant_scope(clerk):
        batch = checked(csv_of(same_number), clerk)
        found = problems(batch)

    assert found == [(3, "household_number", "household_elsewhere")]


def test_batch_looks_unknown_when_it_belongs_to_a_larger_area(office: Actor) -> None:
    batch = checked(first_roster(), office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk), pytest.raises(NotFound):
        reject_roster(batch.pk, actor=clerk, version=batch.version)

    assert ImportBatch.objects.get(pk=batch.pk).state == BatchState.CHECKED


def test_counties_stay_apart_when_both_bring_the_same_household(office: Actor) -> None:
    applied(first_roster(), office)
    neighbour = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(neighbour):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
        theirs = applied(first_roster(village_code=OTHER_VILLAGE_CODE), neighbour)
        seen_there = list(Household.objects.values_list("scope_code", flat=True))

    assert theirs.counts["new_households"] == 1
    assert seen_there == [OTHER_VILLAGE_CODE]
    assert list(Household.objects.values_list("scope_code", flat=True)) == [VILLAGE_CODE]
    assert not ImportBatch.objects.filter(pk=theirs.pk).exists()
