"""Whoever is complained of never sees the grievance: no row, no page, no address, no line of the timeline."""

from dataclasses import replace

import pytest

from assistance.domain.helper import link_login
from concerns.domain.concealing import lift_what_nobody_reads
from concerns.domain.grievances import (
    acknowledge_grievance,
    record_reply,
)
from concerns.domain.whom import Whom
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.grievances import find_grievance
from concerns.queries.timeline import concerns_of
from households.domain.move import move_household
from registry.domain.login import go_to_work
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.models import AuditDetail, AuditEvent, RowVersion, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.assistance.test_help_visits import helped, own_helper
from tests.concerns.ground import about, answered, doors_shown_to, filed, second, seen_by, team_of
from tests.concerns.refusal import refused
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
    service,
)
from tests.factories.villages import VillageFactory
from tests.registry.people import at_work, grant, person


def test_office_meets_a_grievance_at_every_door_that_the_hidden_ones_are_asked_for(office: Actor) -> None:
    row = filed(registered(), office)

    shown = doors_shown_to(person(Role.COUNTY_OFFICE), row)

    assert set(shown) == {"list", "timeline", "rest list", "rest timeline", "page", "verb", "sheet", "rest"}


def test_helper_meets_no_grievance_about_anybody(office: Actor) -> None:
    account = person(Role.HELPER)
    home, helper = own_helper(account, office)
    row = filed(home, office, Whom(against="helper", helper_id=helper.pk))

    assert (row.reach, row.hidden_from) == ("village", [account.pk])
    assert seen_by(at_work(account)) == (0, 0)
    assert seen_by(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) == (1, 0)
    assert doors_shown_to(account, row) == []


def test_helper_sees_nothing_in_another_post_either(office: Actor) -> None:
    account = person(Role.VILLAGE_TEAM)
    home, helper = own_helper(account, office)
    row = filed(home, office, Whom(against="helper", helper_id=helper.pk))
    answered(row, office)

    # The own village's team is the helper's own office, so that only the township sees it.
    assert (row.reach, row.scope_code) == ("township", TOWNSHIP_CODE)
    assert seen_by(at_work(account)) == seen_by(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) == (0, 0)
    assert seen_by(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) == (1, 1)
    # Nor in a post that reaches further, which the same login got afterwards.
    assert seen_by(replace(county_office(), user_id=account.pk)) == (0, 0)
    assert doors_shown_to(account, row) == []


def test_helper_who_sits_in_the_team_is_taken_for_one_of_the_team(office: Actor) -> None:
    team = team_of()
    home, helper = registered(), HelperFactory.create(name="示例", unit=team.unit)
    paired(home, helper=helper)

    assert filed(home, office, Whom(against="helper", helper_id=helper.pk)).reach == "township"


def test_grievance_is_hidden_from_a_login_that_is_linked_later(office: Actor) -> None:
    account = person(Role.COUNTY_OFFICE)
    home, helper = helped()
    row = filed(home, office, Whom(against="helper", helper_id=helper.pk))
    answered(row, office)
    assert seen_by(at_work(account)) == (1, 1)

    link_login(helper.pk, account.username, actor=office)

    assert seen_by(at_work(account)) == (0, 0)
    with tenant_scope(at_work(account)) as clerk, pytest.raises(NotFound):
        find_grievance(row.pk, actor=clerk)
    assert doors_shown_to(account, row) == []


def test_linking_tells_its_holder_nothing_of_a_grievance(office: Actor) -> None:
    account = person(Role.COUNTY_OFFICE)
    home, helper = helped()
    row = filed(home, office, Whom(against="helper", helper_id=helper.pk))

    # The clerk has answered it, links the own login, and moves the household: each as if there were none.
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    with tenant_scope(at_work(account)) as clerk:
        answered(row, clerk)
        link_login(helper.pk, account.username, actor=clerk)
        move_household(home.pk, NEXT_VILLAGE_CODE, actor=clerk, on=today(), reason="搬迁")

    assert seen_by(clerk) == seen_by(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) == (0, 0)
    assert seen_by(actor_of(Role.VILLAGE_TEAM, area=NEXT_VILLAGE_CODE)) == (1, 1)


def test_grievance_goes_above_where_each_clerk_of_the_county_office_is_concerned(office: Actor) -> None:
    home = registered()
    grant(User.objects.get(username=f"{office.username}-{office.tenant_id}"), Role.TOWNSHIP_CLERK)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as member:
        with refused(DomainError, "grievance.nobody_to_see"):
            filed(home, member, Whom(against="township"))
        auditor = person(Role.AUDIT_ADMINISTRATOR)
        row = filed(home, member, Whom(against="township"))

    assert (row.reach, row.level, seen_by(at_work(auditor))) == ("above", "above", (1, 0))


def test_grievance_goes_above_when_its_last_reader_who_is_not_concerned_leaves(office: Actor) -> None:
    home, concerned, last = registered(), person(Role.TOWNSHIP_CLERK), person(Role.COUNTY_OFFICE)
    User.objects.filter(username=f"{office.username}-{office.tenant_id}").update(is_active=False)
    with tenant_scope(at_work(last)) as clerk:
        row = filed(home, clerk, Whom(against="township"))
        answered(row, clerk)
    auditor = person(Role.AUDIT_ADMINISTRATOR)
    lift_what_nobody_reads()
    before = seen_by(at_work(auditor))
    User.objects.filter(pk=last.pk).update(is_active=False)

    with tenant_scope(at_work(auditor)) as above:
        go_to_work(above)
        lifted = record_reply(row.pk, is_content=False, on=today(), actor=above)

    assert (before, seen_by(at_work(auditor)), concerned.is_active) == ((0, 0), (1, 1), True)
    assert (lifted.reach, lifted.level, lifted.state) == ("above", "above", "filed")


def test_readers_of_a_grievance_are_those_where_its_household_lives_now(office: Actor) -> None:
    clerk, auditor = person(Role.TOWNSHIP_CLERK), person(Role.AUDIT_ADMINISTRATOR)
    home, helper = own_helper(person(Role.HELPER), office)
    filed(home, office, Whom(against="helper", helper_id=helper.pk))
    User.objects.filter(username=f"{office.username}-{office.tenant_id}").update(is_active=False)
    lift_what_nobody_reads()
    before = (seen_by(at_work(clerk)), seen_by(at_work(auditor)))
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    move_household(home.pk, FAR_VILLAGE_CODE, actor=office, on=today(), reason="搬迁")
    lift_what_nobody_reads()

    assert before == ((1, 0), (0, 0))
    assert (seen_by(at_work(clerk)), seen_by(at_work(auditor))) == ((0, 0), (1, 0))


def test_team_sees_nothing_when_the_team_is_complained_of(office: Actor) -> None:
    account = person(Role.VILLAGE_TEAM)
    home, team = registered(), team_of(account)
    row = filed(home, office, Whom(against="team", team_id=team.pk))
    answered(row, office)

    assert (row.reach, row.scope_code) == ("township", TOWNSHIP_CODE)
    assert seen_by(at_work(account)) == seen_by(second(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) == (0, 0)
    assert seen_by(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) == (1, 1)
    assert doors_shown_to(account, row) == []
    with tenant_scope(at_work(account)) as member, refused(Conflict, "grievance.about_yourself"):
        filed(home, member, Whom(against="team", team_id=team.pk))


@pytest.mark.parametrize("against", ["township", "account"])
def test_township_sees_nothing_when_it_is_complained_of(office: Actor, against: str) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    row = filed(registered(), office, about(against, account))
    answered(row, office)

    assert (row.reach, row.level, row.scope_code) == ("county", "county", county().code)
    assert account.pk in row.hidden_from
    assert seen_by(at_work(account)) == seen_by(second(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) == (0, 0)
    assert seen_by(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) == (0, 0)
    assert seen_by(second(Role.COUNTY_OFFICE)) == (1, 1)
    assert doors_shown_to(account, row) == []


@pytest.mark.parametrize("against", ["county", "account"])
def test_county_office_sees_nothing_when_it_is_complained_of(db: None, against: str) -> None:
    account, auditor = person(Role.COUNTY_OFFICE), at_work(person(Role.AUDIT_ADMINISTRATOR))
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        row = filed(registered(), clerk, about(against, account))

    assert (row.reach, row.level) == ("above", "above")
    assert seen_by(at_work(account)) == seen_by(second(Role.COUNTY_OFFICE)) == (0, 0)
    assert seen_by(clerk) == (0, 0)
    assert doors_shown_to(account, row) == []
    assert seen_by(auditor) == (1, 0)
    with tenant_scope(auditor):
        answered(row, auditor)
        assert record_reply(row.pk, is_content=True, on=today(), actor=auditor).state == "settled"
    assert (seen_by(at_work(account)), seen_by(auditor)) == ((0, 0), (1, 1))


def test_administrator_is_complained_of_on_paper(office: Actor) -> None:
    account = person(Role.AUDIT_ADMINISTRATOR)

    with refused(DomainError, "grievance.not_here"):
        filed(registered(), office, Whom(against="account", username=account.username))


def test_trail_and_versions_hold_nothing_of_a_grievance(office: Actor) -> None:
    row = filed(registered(), office)
    with tenant_scope(county_office()) as actor:
        acknowledge_grievance(row.pk, actor=actor)
        answered(row, actor)

    assert AuditDetail.objects.filter(object_id=row.pk).count() == 0
    assert RowVersion.objects.filter(table_name__startswith="concerns_grievance").count() == 0
    with tenant_scope(at_work(person(Role.AUDIT_ADMINISTRATOR))):
        events = AuditEvent.objects.filter(object_type="concerns.grievance")
        assert {(one.reason, tuple(one.field_names)) for one in events} <= {("", ())}


def test_timeline_tells_a_grievance_to_those_alone_who_may_see_it(office: Actor) -> None:
    account = person(Role.VILLAGE_TEAM)
    home, team = registered(), team_of(account)
    filed(home, office, Whom(against="team", team_id=team.pk))

    kinds = [one.kind for one in concerns_of(home, office)]
    with tenant_scope(at_work(account)) as member:
        hidden = [one.kind for one in concerns_of(home, member)]

    assert (kinds, hidden) == (["grievance"], [])


def test_grievance_keeps_its_reach_when_its_household_moves(office: Actor) -> None:
    account = person(Role.VILLAGE_TEAM)
    home, team = registered(), team_of(account)
    row = filed(home, office, Whom(against="team", team_id=team.pk))
    answered(row, office)
    VillageFactory.create(code=NEXT_VILLAGE_CODE)

    move_household(home.pk, NEXT_VILLAGE_CODE, actor=office, on=today(), reason="搬迁")

    assert Grievance.objects.get().scope_code == GrievanceAnswer.objects.get().scope_code == TOWNSHIP_CODE
    assert seen_by(at_work(account)) == (0, 0)


def test_words_are_emptied_also_where_no_office_sees_them(db: None) -> None:
    person(Role.AUDIT_ADMINISTRATOR)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        filed(registered(), clerk, Whom(against="county"))

    with tenant_scope(service()):
        assert Grievance.objects.filter(text__gt="").update(text="已清除") == 1
