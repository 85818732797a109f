"""Teams, their members, absences, batches, tasks and the contact villages of officials."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import user
from tests.villages.teams import DAY, joined, sent
from villages.domain.absences import AbsenceDraft, amend_absence, mark_absence
from villages.domain.contacts import assign_contact, end_contact
from villages.domain.members import MemberDraft, add_member, amend_member, change_posts, end_member, link_member
from villages.domain.tasks import add_task, amend_task
from villages.domain.teams import BatchChanges, amend_batch, end_team, open_batch, plan_team, send_team
from villages.models import TeamAbsence, TeamMember, TeamTask, VillageContact, WorkTeam
from villages.queries.teams import find_team, members_in_scope

LATER, LATEST = date(2021, 6, 1), date(2021, 9, 1)
BATCH: BatchChanges = {"number": 7, "name": "第七批", "starts_on": DAY, "planned_ends_on": date(2022, 3, 1)}


def days(member: TeamMember) -> tuple[list[str], date, date | None]:
    member.refresh_from_db()
    return member.post_codes, member.starts_on, member.ends_on


# --- members ----------------------------------------------------------------------------------------------------------
def test_team_begins_with_its_leader_as_a_member_when_it_is_sent(office: Actor) -> None:
    team = sent(leader=" 示例　队长 ")

    member = TeamMember.objects.get(team=team)

    assert (member.name, member.post_codes, member.scope_code) == ("示例队长", ["2"], VILLAGE_CODE)
    assert (member.unit_id, member.starts_on, member.ends_on) == (team.unit_id, DAY, None)


def test_nothing_is_written_when_the_leader_of_a_new_team_is_in_another_one(office: Actor) -> None:
    first = sent()
    village = VillageFactory.create(code=FAR_VILLAGE_CODE)

    with pytest.raises(Conflict) as refused, savepoint():
        send_team(village.pk, first.unit_id, leader_name="示例队长", actor=office, on=LATER)

    assert (refused.value.code, WorkTeam.objects.count()) == ("database.teammember_one_team_a_day", 1)


def test_village_has_one_first_secretary_a_day_when_two_units_send_one(office: Actor) -> None:
    first = joined(sent(), "示例甲", "1")
    other = sent(leader="示例乙")
    far = sent(village_code=FAR_VILLAGE_CODE, leader="示例丙")

    with pytest.raises(Conflict) as refused:
        joined(other, "示例丁", "1", on=LATER)
    end_member(first.pk, on=LATER, actor=office, version=1)
    next_one, elsewhere = joined(other, "示例丁", "1", on=LATER), joined(far, "示例戊", "1")

    assert (refused.value.code, refused.value.field) == ("database.teammember_one_first_secretary_a_day", "post_codes")
    assert [days(one) for one in (first, next_one, elsewhere)] == [
        (["1"], DAY, LATER),
        (["1"], LATER, None),
        (["1"], DAY, None),
    ]


def test_team_has_one_leader_a_day_when_another_is_entered(office: Actor) -> None:
    team = sent()

    with pytest.raises(Conflict) as refused:
        joined(team, "示例乙", "2", "3")
    joined(team, "示例乙", "3")

    assert refused.value.code == "database.teammember_one_leader_a_day"


def test_name_names_one_person_within_a_unit_when_the_other_sends_one_too(office: Actor) -> None:
    team = sent()
    joined(team, "次仁")
    far = sent(village_code=FAR_VILLAGE_CODE, unit=team.unit, leader="示例乙")

    with pytest.raises(Conflict) as refused:
        joined(far, "次仁")
    told_apart = joined(far, "次仁(小)")
    of_another_unit = joined(sent(village_code="549901200201", leader="示例丙"), "次仁")

    assert (refused.value.field, told_apart.name, of_another_unit.name) == ("name", "次仁(小)", "次仁")


def test_login_is_in_one_team_a_day_when_two_members_are_linked_with_it(office: Actor) -> None:
    account = user("member-a")
    team = sent()
    first, second = joined(team, "示例甲"), joined(team, "示例乙")
    link_member(first.pk, "Member-A", actor=office, version=1)

    with pytest.raises(Conflict) as refused:
        link_member(second.pk, account.username, actor=office, version=1)
    with pytest.raises(NotFound):
        link_member(second.pk, "nobody", actor=office, version=1)
    link_member(first.pk, "", actor=office, version=2)
    linked = link_member(second.pk, account.username, actor=office, version=1)

    assert (refused.value.field, linked.user_id) == ("username", account.pk)


def test_posts_are_another_row_from_the_day_when_they_change(office: Actor) -> None:
    account = user("member-a")
    member = joined(sent(), "示例甲")
    link_member(member.pk, account.username, actor=office)
    before = mark_absence(
        member.pk, AbsenceDraft(starts_on=DAY, ends_on=date(2021, 3, 3), reason_code="1"), actor=office
    )
    after = mark_absence(member.pk, AbsenceDraft(starts_on=LATEST, ends_on=LATEST, reason_code="1"), actor=office)

    changed = change_posts(member.pk, ("3", "1", "1"), on=LATER, actor=office, version=2)

    assert (days(member), days(changed)) == ((["3"], DAY, LATER), (["1", "3"], LATER, None))
    assert (changed.name, changed.user_id) == ("示例甲", account.pk)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.member_id, after.member_id) == (member.pk, changed.pk)


def test_posts_are_corrected_in_place_when_the_day_is_the_first(office: Actor) -> None:
    member = joined(sent(), "示例甲")

    changed = change_posts(member.pk, ("1",), on=DAY, actor=office, version=1)

    assert (changed.pk, days(member), TeamMember.objects.count()) == (member.pk, (["1"], DAY, None), 2)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (MemberDraft(name=" ", post_codes=("3",), starts_on=DAY), "member.name_missing"),
        (MemberDraft(name="示例甲", post_codes=(), starts_on=DAY), "member.post_missing"),
        (MemberDraft(name="示例甲", post_codes=("77",), starts_on=DAY), "code.unknown"),
        (MemberDraft(name="示例甲", post_codes=("3",), starts_on=date(2021, 2, 28)), "member.outside_stay"),
        (MemberDraft(name="示例甲", post_codes=("3",), starts_on=LATEST), "member.outside_stay"),
    ],
)
def test_member_is_refused_and_nothing_written_when_a_value_is_impossible(
    office: Actor, draft: MemberDraft, code: str
) -> None:
    team = sent()
    end_team(team.pk, actor=office, on=LATEST, version=1)

    with pytest.raises(DomainError) as refused:
        add_member(team.pk, draft, actor=office, version=2)
    allowed = add_member(
        team.pk, MemberDraft(name="示例甲", post_codes=("3",), starts_on=LATER), actor=office, version=2
    )

    assert (refused.value.code, allowed.ends_on, TeamMember.objects.count()) == (code, LATEST, 2)


def test_member_leaves_with_the_absences_since_when_the_stay_ends(office: Actor) -> None:
    member = joined(sent(), "示例甲")
    open_one = mark_absence(member.pk, AbsenceDraft(starts_on=date(2021, 5, 1), reason_code="2"), actor=office)

    end_member(member.pk, on=LATER, actor=office, version=1)

    open_one.refresh_from_db()
    assert (days(member), open_one.ends_on) == ((["3"], DAY, LATER), LATER)


@pytest.mark.parametrize(("on", "code"), [(date(2021, 2, 1), "member.ends_before_start"), (LATEST, "member.ended")])
def test_end_of_a_member_is_refused_when_it_is_before_the_start_or_after_the_end(
    office: Actor, on: date, code: str
) -> None:
    member = joined(sent(), "示例甲")
    end_member(member.pk, on=LATER, actor=office, version=1)

    with pytest.raises(DomainError) as refused:
        end_member(member.pk, on=on, actor=office, version=2)

    assert (refused.value.code, days(member)) == (code, (["3"], DAY, LATER))


def test_member_entered_in_error_is_on_no_list_when_it_ends_on_its_first_day(office: Actor) -> None:
    team = sent()
    member = joined(team, "示例甲", "1")

    end_member(member.pk, on=DAY, actor=office, version=1)

    assert [one.name for one in members_in_scope()] == ["示例队长"]
    assert joined(team, "示例甲", "1").post_codes == ["1"]


def test_name_and_unit_are_corrected_when_they_were_wrong(office: Actor) -> None:
    member, unit = joined(sent(), "示例甲"), UnitFactory.create()

    amended = amend_member(member.pk, {"name": "示例乙", "unit_id": unit.pk}, actor=office, version=1)

    with pytest.raises(StaleVersion):
        amend_member(member.pk, {"name": "示例丙"}, actor=office, version=1)
    assert (amended.name, amended.unit_id, amended.version) == ("示例乙", unit.pk, 2)


def test_days_of_members_and_absences_end_when_the_team_leaves(office: Actor) -> None:
    team = sent()
    leader, late = TeamMember.objects.get(), joined(team, "示例甲", on=LATEST)
    away = mark_absence(leader.pk, AbsenceDraft(starts_on=date(2021, 5, 1), reason_code="1"), actor=office)

    end_team(team.pk, actor=office, on=LATER, version=2)

    away.refresh_from_db()
    assert (days(leader)[2], days(late)[1:], away.ends_on) == (LATER, (LATEST, LATEST), LATER)


def test_township_clerk_looks_after_teams_and_a_team_does_not_when_they_try(office: Actor) -> None:
    team = sent()
    draft = MemberDraft(name="示例甲", post_codes=("3",), starts_on=DAY)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as own, pytest.raises(NotAllowed):
        add_member(team.pk, draft, actor=own)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area="549901200000")) as far, pytest.raises(NotFound):
        add_member(team.pk, draft, actor=far)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        added = add_member(team.pk, draft, actor=clerk)

    assert added.name == "示例甲"


@pytest.mark.parametrize(
    "values",
    [{"post_codes": []}, {"name": ""}, {"ends_on": date(2021, 2, 1)}, {"post_codes": ["2"]}],
    ids=str,
)
def test_database_refuses_what_the_domain_would_when_it_is_passed_by(office: Actor, values: dict[str, object]) -> None:
    member = joined(sent(), "示例甲")

    with pytest.raises(IntegrityError), savepoint():
        TeamMember.objects.filter(pk=member.pk).update(**values)
    TeamMember.objects.filter(pk=member.pk).update(post_codes=["1", "3"])

    assert days(member)[0] == ["1", "3"]


# --- absences ---------------------------------------------------------------------------------------------------------
def test_absence_is_days_and_a_reason_and_nothing_else_when_its_columns_are_read() -> None:
    named = {field.name for field in TeamAbsence._meta.concrete_fields}

    assert named - {"id", "tenant", "scope_code", "version", "created_at", "updated_at"} == {
        "member",
        "starts_on",
        "ends_on",
        "reason_code",
    }


def test_absence_is_marked_and_corrected_when_the_township_knows_the_day_back(office: Actor) -> None:
    member = joined(sent(), "示例甲")
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        absence = mark_absence(member.pk, AbsenceDraft(starts_on=LATER, reason_code="2"), actor=clerk)

        back = AbsenceDraft(starts_on=LATER, ends_on=date(2021, 6, 8), reason_code="2")
        amended = amend_absence(absence.pk, back, actor=clerk, version=1)

    assert (amended.ends_on, amended.version) == (date(2021, 6, 8), 2)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (AbsenceDraft(starts_on=LATER, reason_code="77"), "code.unknown"),
        (AbsenceDraft(starts_on=LATER, ends_on=DAY, reason_code="1"), "absence.ends_before_start"),
        (AbsenceDraft(starts_on=date(2021, 2, 1), ends_on=LATER, reason_code="1"), "absence.outside_stay"),
        (AbsenceDraft(starts_on=LATER, ends_on=date(2022, 1, 1), reason_code="1"), "absence.outside_stay"),
        (AbsenceDraft(starts_on=LATER, reason_code="1"), "absence.outside_stay"),
        (AbsenceDraft(starts_on=date(2021, 4, 2), ends_on=LATER, reason_code="1"), "absence.on_file"),
    ],
)
def test_absence_is_refused_when_its_days_or_reason_do_not_fit(office: Actor, draft: AbsenceDraft, code: str) -> None:
    member = joined(sent(), "示例甲")
    end_member(member.pk, on=LATEST, actor=office, version=1)
    allowed = AbsenceDraft(starts_on=date(2021, 4, 1), ends_on=date(2021, 4, 5), reason_code="1")
    mark_absence(member.pk, allowed, actor=office)

    with pytest.raises(DomainError) as refused:
        mark_absence(member.pk, draft, actor=office)

    assert (refused.value.code, TeamAbsence.objects.count()) == (code, 1)


def test_absence_marked_in_error_frees_its_days_when_it_ends_on_its_first(office: Actor) -> None:
    member = joined(sent(), "示例甲")
    wrong = mark_absence(member.pk, AbsenceDraft(starts_on=LATER, reason_code="1"), actor=office)

    amend_absence(wrong.pk, AbsenceDraft(starts_on=LATER, ends_on=LATER, reason_code="1"), actor=office, version=1)

    assert mark_absence(member.pk, AbsenceDraft(starts_on=LATER, reason_code="2"), actor=office).reason_code == "2"


def test_team_marks_no_absence_when_it_tries(office: Actor) -> None:
    member = joined(sent(), "示例甲")

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as own, pytest.raises(NotAllowed):
        mark_absence(member.pk, AbsenceDraft(starts_on=LATER, reason_code="1"), actor=own)


# --- batches and terms ------------------------------------------------------------------------------------------------
def test_term_of_a_team_is_that_of_its_batch_when_it_has_none_of_its_own(office: Actor) -> None:
    batch, team = open_batch(BATCH, actor=office), sent()
    plan_team(team.pk, batch_id=batch.pk, planned_ends_on=None, actor=office, version=1)
    of_batch = vars(find_team(team.pk))["term_ends_on"]

    amend_batch(batch.pk, {"planned_ends_on": date(2023, 3, 1)}, actor=office, version=1)
    followed = vars(find_team(team.pk))["term_ends_on"]
    plan_team(team.pk, batch_id=batch.pk, planned_ends_on=LATEST, actor=office, version=2)

    assert (of_batch, followed) == (date(2022, 3, 1), date(2023, 3, 1))
    assert vars(find_team(team.pk))["term_ends_on"] == LATEST


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": 0}, "batch.unnamed"),
        ({"name": " "}, "batch.unnamed"),
        ({"planned_ends_on": DAY}, "batch.ends_before_start"),
        ({"name": "第七批乙"}, "batch.on_file"),
    ],
)
def test_batch_is_refused_when_a_value_is_impossible(office: Actor, values: BatchChanges, code: str) -> None:
    open_batch(BATCH, actor=office)

    with pytest.raises(DomainError) as refused:
        open_batch({**BATCH, **values}, actor=office)
    other = open_batch({**BATCH, "number": 8}, actor=office)

    assert (refused.value.code, other.number) == (code, 8)


def test_term_is_refused_when_it_ends_before_the_stay_began(office: Actor) -> None:
    team = sent()

    with pytest.raises(DomainError) as refused:
        plan_team(team.pk, batch_id=None, planned_ends_on=DAY, actor=office, version=1)

    assert refused.value.field == "planned_ends_on"


# --- contacts and tasks -----------------------------------------------------------------------------------------------
def test_contact_is_a_dated_assignment_when_it_is_entered_ended_and_entered_again(office: Actor) -> None:
    village = VillageFactory.create()
    first = assign_contact(village.pk, name="示例甲", post_title="副县长", on=DAY, actor=office)

    with pytest.raises(Conflict):
        assign_contact(village.pk, name="示例甲", post_title="县长", on=LATER, actor=office)
    end_contact(first.pk, on=LATER, actor=office, version=1)
    assign_contact(village.pk, name="示例甲", post_title="县长", on=LATER, until=LATEST, actor=office)

    kept = VillageContact.objects.order_by("starts_on").values_list("post_title", "starts_on", "ends_on")
    assert list(kept) == [("副县长", DAY, LATER), ("县长", LATER, LATEST)]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (
            lambda one, who: assign_contact(one.village_id, name="", post_title="县长", on=DAY, actor=who),
            "contact.unnamed",
        ),
        (
            lambda one, who: assign_contact(one.village_id, name="乙", post_title=" ", on=DAY, actor=who),
            "contact.unnamed",
        ),
        (
            lambda one, who: assign_contact(one.village_id, name="乙", post_title="县长", on=DAY, until=DAY, actor=who),
            "contact.ends_before_start",
        ),
        (lambda one, who: end_contact(one.pk, on=date(2021, 2, 1), actor=who), "contact.ends_before_start"),
        (lambda one, who: end_contact(one.pk, on=LATEST, actor=who), "contact.ended"),
    ],
)
def test_contact_is_refused_when_a_value_is_impossible(
    office: Actor, act: Callable[[VillageContact, Actor], object], code: str
) -> None:
    village = VillageFactory.create()
    one = assign_contact(village.pk, name="示例甲", post_title="副县长", on=DAY, until=LATER, actor=office)

    with pytest.raises(DomainError) as refused:
        act(one, office)

    assert (refused.value.code, VillageContact.objects.count()) == (code, 1)


def test_contact_is_refused_when_a_township_would_enter_it(office: Actor) -> None:
    village = VillageFactory.create()

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk, pytest.raises(NotAllowed):
        assign_contact(village.pk, name="示例甲", post_title="副县长", on=DAY, actor=clerk)


def test_task_lies_below_a_kind_of_assistance_when_the_county_words_its_own(office: Actor) -> None:
    task = add_task({"kind_code": "2", "name": "修水渠"}, actor=office)

    with pytest.raises(DomainError) as no_assistance:
        add_task({"kind_code": "6", "name": "示例"}, actor=office)
    with pytest.raises(Conflict):
        add_task({"kind_code": "4", "name": "修水渠"}, actor=office)
    amended = amend_task(task.pk, {"kind_code": "4", "is_active": False}, actor=office, version=1)

    assert (no_assistance.value.code, no_assistance.value.field) == ("code.unknown", "kind_code")
    assert (amended.kind_code, amended.is_active, TeamTask.objects.count()) == ("4", False, 1)
