"""Grievances: the way from filing to the last answer, and that whoever is complained of never sees one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from assistance.domain.helper import link_login
from concerns.domain.grievances import (
    AnswerDraft,
    GrievanceDraft,
    acknowledge_grievance,
    answer_grievance,
    file_grievance,
    record_reply,
    withdraw_grievance,
)
from concerns.domain.whom import Whom
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.grievances import find_grievance, grievances_visible_to, late, pending
from concerns.queries.timeline import concerns_of
from concerns.workflow import GRIEVANCE_CHANGES
from households.domain.move import move_household
from households.models import Household
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import AuditDetail, AuditEvent, RowVersion, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.assistance.test_help_visits import helped, own_helper
from tests.concerns.refusal import refused
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import (
    NEXT_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
    service,
)
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import at_work, client_of, person, token_of
from villages.models import TeamMember, WorkTeam
from villages.workflow import allowed_pairs

FILED = date(2021, 3, 5)
TOLD = GrievanceDraft(filed_on=FILED, channel_code="6", matter_code="2", text="补贴没有收到")
UPHELD = AnswerDraft(answered_on=date(2021, 3, 20), verdict="upheld", remedy_code="5", text="补发")


def filed(home: Household, actor: Actor, whom: Whom | None = None, **changes: Any) -> Grievance:
    return file_grievance(home.pk, replace(TOLD, **changes), whom or Whom(), actor=actor)


def about(against: str, account: User) -> Whom:
    """Name an office, or a login of it."""
    return {"account": Whom(against="account", username=account.username)}.get(against, Whom(against=against))


def second(role: Role, number: int = 7, area: str | None = None) -> Actor:
    """Give somebody else of the role."""
    return replace(
        actor_of(role, area=area), user_id=UUID(int=0x5499015D00004000 << 64 | number), username=f"b{number}"
    )


def team_of(account: User | None = None) -> WorkTeam:
    """Give the team of the first village, with one member, who may have a login."""
    village, unit = VillageFactory.create(code=VILLAGE_CODE), UnitFactory.create()
    team = WorkTeam.objects.create(village=village, unit=unit, starts_on=date(2020, 1, 1), scope_code=VILLAGE_CODE)
    TeamMember.objects.create(
        team=team, unit=unit, name="示例", post_codes=["1"], starts_on=date(2020, 1, 1), user=account,
        scope_code=VILLAGE_CODE,
    )  # fmt: skip
    return team


@contextmanager
def sees(actor: Actor) -> Iterator[tuple[int, int]]:
    """Open the actor's scope, and give how many grievances and answers the database itself shows there."""
    with tenant_scope(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM concerns_grievance), (SELECT count(*) FROM concerns_grievanceanswer)"
        )
        yield cursor.fetchone()


def seen_by(actor: Actor) -> tuple[int, int]:
    with sees(actor) as counts:
        return counts


def answered(row: Grievance, actor: Actor) -> Grievance:
    return answer_grievance(row.pk, UPHELD, actor=actor)


def doors_shown_to(account: User, row: Grievance) -> list[str]:
    """Name each page and address at which a login meets the grievance: its number, words, id, or a page of its own."""
    browser, token = client_of(account), token_of(account, at_work(account).role, tenant=county())
    program = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})
    pages = {
        "list": browser.get("/admin/concerns/grievance/"),
        "timeline": browser.get(f"/admin/households/{row.household_id}/timeline/"),
        "household": browser.get(f"/admin/households/household/{row.household_id}/change/"),
        "search": browser.get("/admin/find/", {"q": row.number}),
        "trail": browser.get("/admin/registry/auditevent/"),
        "rest list": program.get("/api/v1/grievances/"),
        "rest timeline": program.get(f"/api/v1/households/{row.household_id}/timeline/"),
    }
    own = {
        "page": browser.get(f"/admin/concerns/grievance/{row.pk}/change/"),
        "verb": browser.get(f"/admin/concerns/grievance/{row.pk}/do/reply/"),
        "sheet": browser.get(f"/admin/concerns/grievances/{row.pk}/sheet/"),
        "rest": program.get(f"/api/v1/grievances/{row.pk}/"),
    }
    signs = (row.number, TOLD.text, str(row.pk), "A grievance was filed", "提出申诉")
    held = [name for name, answer in pages.items() if any(sign in answer.content.decode() for sign in signs)]
    return held + [name for name, answer in own.items() if answer.status_code < 400]


def test_grievance_goes_up_until_the_household_is_content(office: Actor) -> None:
    home = registered()
    row = filed(home, office)
    assert (row.level, row.reach, row.scope_code) == ("township", "village", home.scope_code)
    assert (row.acknowledge_by, row.answer_by) == (FILED + timedelta(days=15), FILED + timedelta(days=60))
    clerk, other = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE), second(Role.COUNTY_OFFICE)
    with tenant_scope(clerk):
        acknowledge_grievance(row.pk, actor=clerk, version=1)
        answered(row, clerk)
        with refused(NotAllowed, "grievance.own_answer"):
            record_reply(row.pk, is_content=False, on=date(2021, 4, 1), actor=clerk)

    up = record_reply(row.pk, is_content=False, on=date(2021, 4, 1), actor=office)
    assert (up.state, up.level, up.answer_by, up.acknowledged_on) == ("filed", "county", date(2021, 5, 31), None)
    with tenant_scope(clerk), refused(NotAllowed, "grievance.other_level"):
        answered(row, clerk)
    answer_grievance(row.pk, replace(UPHELD, answered_on=date(2021, 4, 9)), actor=office)
    above = record_reply(row.pk, is_content=False, on=date(2021, 4, 10), actor=other)
    assert (above.state, above.level) == ("filed", "above")
    answer_grievance(row.pk, replace(UPHELD, answered_on=date(2021, 5, 1)), actor=office)

    done = record_reply(row.pk, is_content=True, on=date(2021, 5, 2), actor=office)

    assert (done.state, done.closed_on) == ("settled", today())
    answers = GrievanceAnswer.objects.filter(grievance=row).order_by("id")
    assert [(one.level, one.reply) for one in answers] == [
        ("township", "not_content"),
        ("county", "not_content"),
        ("above", "content"),
    ]


def test_grievance_ends_when_the_last_level_does_not_content(office: Actor) -> None:
    row = filed(registered(), office)
    other = second(Role.COUNTY_OFFICE)
    answered(row, office)
    record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=other)
    answered(row, office)
    record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=other)
    answered(row, office)

    assert record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=office).state == "exhausted"


@pytest.mark.parametrize(
    ("changes", "whom", "code", "field"),
    [
        ({"filed_on": date(2099, 1, 1)}, {}, "date.in_future", "filed_on"),
        ({"filed_on": date(1999, 1, 1)}, {}, "grievance.too_early", "filed_on"),
        ({"channel_code": "x"}, {}, "code.unknown", "channel_code"),
        ({"matter_code": "x"}, {}, "code.unknown", "matter_code"),
        ({"text": " "}, {}, "grievance.text_missing", "text"),
        ({}, {"against": "everybody"}, "grievance.against_unknown", "against"),
        ({}, {"team_id": uuid4()}, "grievance.names_another", "team_id"),
        ({}, {"against": "helper", "helper_id": uuid4()}, "helper.not_found", "helper_id"),
        ({}, {"against": "team"}, "team.not_found", "team_id"),
        ({}, {"against": "account", "username": "nobody"}, "account.not_found", "username"),
        ({}, {"against": "county"}, "grievance.about_yourself", "against"),
    ],
)
def test_grievance_is_refused_with_its_field(
    office: Actor, changes: dict[str, Any], whom: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        filed(registered(), office, Whom(**whom), **changes)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answered_on": date(2021, 3, 4)}, "grievance.answered_early"),
        ({"verdict": "maybe"}, "grievance.verdict_unknown"),
        ({"verdict": "not_upheld"}, "grievance.remedy_of_nothing"),
        ({"remedy_code": ""}, "code.unknown"),
        ({"text": ""}, "grievance.answer_missing"),
    ],
)
def test_answer_is_refused_when_it_does_not_hang_together(office: Actor, changes: dict[str, Any], code: str) -> None:
    row = filed(registered(), office)

    with pytest.raises(DomainError) as refused:
        answer_grievance(row.pk, replace(UPHELD, **changes), actor=office)

    assert (refused.value.code, GrievanceAnswer.objects.count()) == (code, 0)


def test_same_grievance_again_is_a_double_click(office: Actor) -> None:
    home = registered()
    row = filed(home, office)

    with refused(Conflict, "database.grievance_once_a_day"):
        filed(home, office)

    withdraw_grievance(row.pk, actor=office, version=1)
    assert filed(home, office).state == "filed"
    with refused(Conflict, "workflow.not_from_here"):
        acknowledge_grievance(row.pk, actor=office)
    with pytest.raises(StaleVersion):
        withdraw_grievance(filed(registered(), office).pk, actor=office, version=9)


def test_worklists_tell_what_is_late(office: Actor) -> None:
    row, _new = filed(registered(), office), filed(registered(), office, filed_on=today())
    rows = grievances_visible_to(office)

    assert ([one.pk for one in late(rows, today())], pending(rows).count()) == ([row.pk], 2)
    assert pending(rows)[0].pk == row.pk


def test_office_meets_a_grievance_at_every_door_that_the_hidden_ones_are_asked_for(office: Actor) -> None:
    row = filed(registered(), office)

    shown = doors_shown_to(person(Role.COUNTY_OFFICE), row)

    assert set(shown) == {"list", "timeline", "rest list", "rest timeline", "page", "verb", "sheet", "rest"}


# --- whoever is complained of never sees it ------------------------------------------------------------------------


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
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        filed(registered(), clerk, Whom(against="county"))

    with tenant_scope(service()):
        assert Grievance.objects.filter(text__gt="").update(text="已清除") == 1


def test_database_holds_what_the_verbs_hold(office: Actor) -> None:
    row = filed(registered(), office)
    pairs = import_module("concerns.migrations.0002_arm_states_and_reach").GRIEVANCE_PAIRS
    mine = Grievance.objects.filter(pk=row.pk)

    assert pairs == allowed_pairs(GRIEVANCE_CHANGES)
    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        mine.update(state="settled", closed_on=today())
    with pytest.raises(IntegrityError, match="stays hidden"), savepoint():
        mine.update(reach="township")
    with pytest.raises(IntegrityError, match="goes up by one level"), savepoint():
        mine.update(level="above")
    with pytest.raises(IntegrityError, match="is not changed"), savepoint():
        mine.update(against="county")
    answered(row, office)
    with pytest.raises(IntegrityError, match="reply_by_another"), savepoint():
        GrievanceAnswer.objects.update(reply="content", replied_on=today(), replied_by=office.user_id)
