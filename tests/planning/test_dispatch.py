"""Plans from the counties' figures to the teams in the villages."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import pytest

from planning.domain.needs import publish_needs
from planning.domain.parts import accept_part, decline_part, publish_plan, station_teams
from planning.domain.plans import PlanFacts, amend_plan, make_plan, refresh_needs, withdraw_plan
from planning.domain.proposals import ask_for_proposal, change_by_hand, make_proposal
from planning.domain.units import UnitFacts, add_dispatch_unit, amend_dispatch_unit
from planning.enums import Need
from planning.models import DispatchPlan, DispatchUnit, PlanPart, PlanVillage, Proposal
from planning.queries.compare import differences
from planning.queries.explain import explained_choices
from planning.queries.needs import village_needs
from planning.queries.published import needs_published_in
from registry import jobs
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.gbcode import subtree
from registry.models import PLATFORM_TENANT_ID, AuditEvent, PublishedFigure, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, employed
from tests.planning.conftest import OTHER_VILLAGES, PREFECTURE, VILLAGES
from villages.domain.teams import plan_team, send_team
from villages.models import Unit, Village, WorkTeam

START, END = date(2027, 1, 1), date(2029, 1, 1)


def plan_of(actor: Actor, **facts: Any) -> DispatchPlan:
    given: dict[str, Any] = {"title": "第四批", "starts_on": START, "ends_on": END, **facts}
    return make_plan(cast("PlanFacts", given), actor=actor)


def unit(
    name: str, actor: Actor, *, capacity: int = 1, strength: int = 50, level: str = "3", **facts: Any
) -> DispatchUnit:
    given: dict[str, Any] = {"name": name, "level_code": level, "capacity": capacity, "strength": strength, **facts}
    return add_dispatch_unit(cast("UnitFacts", given), actor=actor)


def sent(code: str, unit: Unit, actor: Actor, *, on: date) -> WorkTeam:
    return send_team(Village.objects.get(code=code).pk, unit.pk, leader_name=f"示例{code[-6:]}", actor=actor, on=on)


def led(part: PlanPart, actor: Actor) -> None:
    """Accept a part and name a leader in each of its villages."""
    accept_part(part.pk, actor=actor)
    waiting = part.villages.filter(team=None).values_list("village_code", flat=True)
    station_teams(part.pk, {code: f"新队长{code[-3:]}" for code in waiting}, actor=actor)


def proposal_of(plan: DispatchPlan, actor: Actor, *, after: UUID | None = None) -> Proposal:
    number = plan.proposals.count() + 1
    return make_proposal(plan.pk, number, actor=actor, after=after)


def chosen(proposal: Proposal) -> dict[str, str]:
    """Give the unit's name of each village with one."""
    rows = proposal.choices.filter(unit__isnull=False)
    return dict(rows.values_list("village__code", "unit__name"))


def publish(actor: Actor) -> PublishedFigure:
    with tenant_scope(actor):
        return publish_needs(actor=actor)


# --- figures of need --------------------------------------------------------------------------------------------------
def test_needs_tell_of_facilities_and_say_nothing_of_what_is_not_known(office: Actor) -> None:
    needs = {need.code: need for need in village_needs(date(2026, 1, 1))}

    assert [needs[code].facilities for code in VILLAGES] == [0.3, 0.8, 0.0]
    assert {(need.income, need.risk) for need in needs.values()} == {(None, None)}


def test_a_county_publishes_a_new_edition_when_something_changed(here: Actor) -> None:
    first, again = publish(here), publish(here)
    with tenant_scope(here):
        Village.objects.filter(code=VILLAGES[0]).update(name="示例改名村")

    later = publish(here)

    assert (first.edition, again.edition, later.edition) == (1, 1, 2)
    [county] = needs_published_in([subtree(PREFECTURE)])
    assert [need.code for need in county.villages] == sorted(VILLAGES)


def test_figures_of_another_prefecture_are_not_read(here: Actor) -> None:
    publish(here)

    assert needs_published_in([subtree("540100000000")]) == []
    assert needs_published_in([]) == []


def test_published_figures_name_nobody(here: Actor) -> None:
    figures = publish(here).figures

    assert set(figures["villages"][0]) == {
        "code", "name", "income", "risk", "facilities", "remoteness_km", "longitude", "latitude", "team_unit",
        "team_level", "team_until", "team_uscc",
    }  # fmt: skip


# --- units ------------------------------------------------------------------------------------------------------------
def test_a_unit_with_a_wrong_code_is_refused(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        unit("示例县水利局", office, uscc="91540000MA6T1A2B3C")
    assert refused.value.field == "uscc"
    assert not DispatchUnit.objects.exists()


def test_a_unit_is_amended_at_its_version(office: Actor) -> None:
    made = unit("示例县水利局", office)
    amended = amend_dispatch_unit(made.pk, {"strength": 80, "skills": [Need.FACILITIES]}, actor=office, version=1)

    assert (amended.strength, amended.skills, amended.version) == (80, ["facilities"], 2)
    with pytest.raises(StaleVersion):
        amend_dispatch_unit(made.pk, {"strength": 90}, actor=office, version=1)
    with pytest.raises(Conflict):
        unit("示例县水利局", office)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"level_code": "9"}, "level_code"),
        ({"strength": 101}, "strength"),
        ({"longitude": 88}, "latitude"),
        ({"kind_code": "x"}, "kind_code"),
        ({"kind_code": "7"}, "paired_province_code"),
        ({"kind_code": "3", "paired_province_code": "11"}, "paired_province_code"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(office: Actor, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        add_dispatch_unit(cast("UnitFacts", {"name": "示例单位", "level_code": "4", **facts}), actor=office)
    assert refused.value.field == field


# --- plans ------------------------------------------------------------------------------------------------------------
def test_a_plan_takes_the_figures_that_counties_published(here: Actor, there: Actor, prefecture: Actor) -> None:
    publish(here)
    with tenant_scope(prefecture):
        plan = plan_of(prefecture)
        assert sorted(plan.villages.values_list("code", flat=True)) == sorted(VILLAGES)
    publish(there)
    with tenant_scope(prefecture):
        refresh_needs(plan.pk, actor=prefecture)
        assert sorted(plan.villages.values_list("code", flat=True)) == sorted((*VILLAGES, *OTHER_VILLAGES))
        hardest = plan.villages.order_by("-difficulty")[0]
        assert (hardest.code, float(hardest.difficulty)) == (VILLAGES[1], 0.8)


def test_a_village_with_a_team_of_a_higher_level_is_not_planned_anew(here: Actor) -> None:
    with tenant_scope(here):
        above = Unit(name="省水利厅", level_code="2", scope_code=COUNTY_CODE)
        above.save()
        sent(VILLAGES[0], above, here, on=date(2020, 1, 1))
    publish(here)
    with tenant_scope(here):
        assert VILLAGES[0] not in plan_of(here).villages.values_list("code", flat=True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"title": ""}, "title"), ({"ends_on": START}, "ends_on"), ({"weight_skills": 11}, "weight_skills")],
)
def test_a_plan_that_cannot_be_is_refused(office: Actor, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        plan_of(office, **facts)
    assert refused.value.field == field
    assert not DispatchPlan.objects.exists()


def test_other_weights_make_other_difficulties(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        plan = plan_of(here)
        amend_plan(plan.pk, {"weight_facilities": 0}, actor=here, version=DispatchPlan.objects.get().version)
        assert {float(row.difficulty) for row in PlanVillage.objects.all()} == {0.5}


def test_a_plan_is_withdrawn_with_a_reason_once(office: Actor) -> None:
    plan = plan_of(office)
    with pytest.raises(DomainError):
        withdraw_plan(plan.pk, actor=office, reason=" ")
    withdraw_plan(plan.pk, actor=office, reason="批次推迟")
    with pytest.raises(Conflict):
        withdraw_plan(plan.pk, actor=office, reason="批次推迟")


# --- proposals --------------------------------------------------------------------------------------------------------
def test_the_strongest_goes_to_the_hardest_and_the_plan_is_the_best(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        for name, strength in (("甲局", 90), ("乙局", 60), ("丙局", 20)):
            unit(name, here, strength=strength)
        proposal = proposal_of(plan_of(here), here)

        assert chosen(proposal) == {VILLAGES[1]: "甲局", VILLAGES[0]: "乙局", VILLAGES[2]: "丙局"}
        assert (proposal.covered_count, proposal.cost - proposal.bound) == (3, 0)


def test_each_choice_is_explained(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, strength=90, skills=[Need.FACILITIES])
        unit("乙局", here, strength=60)
        first, second, third = explained_choices(proposal_of(plan_of(here), here))

    assert first.reasons == [
        "Difficulty: 1 of 3, from the hardest on.",
        "Strength of the unit: 90 of 100.",
        "Good at what is needed here (Facilities: works and supplies).",
        "The way is not known, since a place is missing.",
        "Next best: 乙局, worse by 39600 points.",
    ]
    assert second.reasons[-1] == "甲局 would suit better by 33600 points, and is needed more elsewhere."
    assert (
        third.reasons[-1] == "No unit, since there are fewer places at the units than villages, and others are harder."
    )


def test_a_change_by_hand_is_a_proposal_of_its_own_and_stays(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        units = {name: unit(name, here, strength=strength) for name, strength in (("甲局", 90), ("乙局", 60))}
        plan = plan_of(here)
        first = proposal_of(plan, here)
        wanted = {VILLAGES[1]: units["乙局"].pk, VILLAGES[0]: units["甲局"].pk}
        second = change_by_hand(first.pk, wanted, actor=here, reason="乙局熟悉该村")

        assert chosen(first) == {VILLAGES[1]: "甲局", VILLAGES[0]: "乙局"}
        assert chosen(second) == {VILLAGES[1]: "乙局", VILLAGES[0]: "甲局"}
        assert (second.number, second.origin, second.reason) == (2, "hand", "乙局熟悉该村")
        assert second.cost > second.bound == first.bound
        assert {one.village.code for one in differences(first, second)} == set(wanted)
        assert chosen(proposal_of(plan, here, after=second.pk)) == chosen(second)
        assert chosen(proposal_of(plan, here)) == chosen(first)


def test_a_change_beyond_a_units_capacity_is_refused(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        only = unit("甲局", here)
        first = proposal_of(plan_of(here), here)
        with pytest.raises(DomainError) as refused:
            change_by_hand(first.pk, {VILLAGES[2]: only.pk}, actor=here, reason="就近")
        assert refused.value.code == "dispatch.beyond_capacity"
        with pytest.raises(DomainError) as refused:
            change_by_hand(first.pk, {OTHER_VILLAGES[0]: only.pk}, actor=here, reason="就近")
        assert refused.value.code == "dispatch.not_of_plan"
        assert Proposal.objects.count() == 1


def test_nothing_is_reckoned_without_villages_or_units(here: Actor) -> None:
    with tenant_scope(here):
        plan = plan_of(here)
        with pytest.raises(DomainError) as refused:
            ask_for_proposal(plan.pk, actor=here)
        assert refused.value.code == "dispatch.no_village"
    publish(here)
    with tenant_scope(here):
        refresh_needs(plan.pk, actor=here)
        with pytest.raises(DomainError) as refused:
            ask_for_proposal(plan.pk, actor=here)
        assert refused.value.code == "dispatch.no_unit"


def test_the_job_makes_the_proposal(here: Actor) -> None:
    employed(here)
    publish(here)
    with tenant_scope(here):
        unit("甲局", here)
        plan = plan_of(here)
        asked = ask_for_proposal(plan.pk, actor=here)
        again = ask_for_proposal(plan.pk, actor=here)
    assert asked.pk == again.pk
    jobs.run(here.tenant_id, asked.pk)
    with tenant_scope(here):
        assert [proposal.number for proposal in plan.proposals.all()] == [1]


def test_nothing_is_reckoned_or_changed_when_no_unit_takes_part_any_more(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        only = unit("甲局", here)
        plan = plan_of(here)
        first = proposal_of(plan, here)
        amend_dispatch_unit(only.pk, {"is_active": False}, actor=here, version=only.version)

        with pytest.raises(DomainError) as reckoned:
            proposal_of(plan, here, after=first.pk)
        with pytest.raises(DomainError) as changed:
            change_by_hand(first.pk, {VILLAGES[0]: None}, actor=here, reason="单位撤回")
        assert (reckoned.value.code, changed.value.code) == ("dispatch.no_unit", "dispatch.no_unit")


# --- publishing -------------------------------------------------------------------------------------------------------
def test_a_prefectures_plan_becomes_teams_where_it_is_accepted(here: Actor, there: Actor, prefecture: Actor) -> None:
    publish(here)
    publish(there)
    with tenant_scope(prefecture):
        unit("市水利局", prefecture, capacity=2, strength=90, kind_code="7", paired_province_code="11")
        unit("市教育局", prefecture, capacity=1, strength=40)
        plan = plan_of(prefecture)
        publish_plan(proposal_of(plan, prefecture).pk, actor=prefecture, reason="市委组织部会议")
    jobs.tick()

    with tenant_scope(here):
        [part] = PlanPart.objects.all()
        assert [(row.village_code, row.unit_name) for row in part.villages.order_by("village_code")] == [
            (VILLAGES[0], "市教育局"),
            (VILLAGES[1], "市水利局"),
        ]
        accept_part(part.pk, actor=here, version=part.version)
        assert not WorkTeam.objects.exists()
        with pytest.raises(Conflict):
            accept_part(part.pk, actor=here)
        station_teams(part.pk, {VILLAGES[0]: "示例甲", VILLAGES[1]: "示例乙"}, actor=here)
        assert set(WorkTeam.objects.values_list("village__code", "unit__name", "starts_on")) == {
            (VILLAGES[0], "市教育局", START),
            (VILLAGES[1], "市水利局", START),
        }
        assert set(Unit.objects.values_list("name", "level_code", "kind_code", "paired_province_code")) == {
            ("市教育局", "3", "", ""),
            ("市水利局", "3", "7", "11"),
        }
    with tenant_scope(there):
        [part] = PlanPart.objects.all()
        decline_part(part.pk, actor=there, reason="该村已有省直单位")
        assert not WorkTeam.objects.exists()
    jobs.tick()

    with tenant_scope(prefecture):
        assert set(PlanPart.objects.values_list("other_code", "state", "answer")) == {
            (COUNTY_CODE, "accepted", ""),
            (OTHER_COUNTY_CODE, "declined", "该村已有省直单位"),
        }


def test_a_countys_own_plan_waits_for_its_own_yes(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4")
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        led(PlanPart.objects.get(), here)
        assert WorkTeam.objects.get().village.code == VILLAGES[1]


def test_the_team_of_another_unit_ends_when_the_new_one_comes(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        former = Unit(name="旧单位", level_code="4", scope_code=COUNTY_CODE)
        former.save()
        for code in VILLAGES:
            sent(code, former, here, on=date(2024, 1, 1))
        unit("甲局", here, level="4")
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        led(PlanPart.objects.get(), here)
        assert set(WorkTeam.objects.filter(village__code=VILLAGES[1]).values_list("unit__name", "ends_on")) == {
            ("旧单位", START),
            ("甲局", None),
        }
        assert WorkTeam.objects.filter(unit=former, ends_on=None).count() == 2


def test_teams_of_a_part_begin_together_or_not_at_all(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4", capacity=2)
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        part = PlanPart.objects.get()
        hardest, second = part.villages.order_by("-village_code").values_list("village_code", flat=True)
        with pytest.raises(Conflict):
            station_teams(part.pk, {hardest: "示例甲"}, actor=here)
        accept_part(part.pk, actor=here)
        for leaders, field in (({}, None), ({"549901999999": "示例甲"}, "549901999999"), ({second: " "}, second)):
            with pytest.raises(DomainError) as refused:
                station_teams(part.pk, {hardest: "示例甲", **leaders} if field == second else leaders, actor=here)
            assert refused.value.field == field
        with pytest.raises(DomainError), savepoint():
            station_teams(part.pk, {second: "示例甲", hardest: " "}, actor=here)
        assert not WorkTeam.objects.exists()
        station_teams(part.pk, {second: "示例甲"}, actor=here)
        with pytest.raises(DomainError):
            station_teams(part.pk, {second: "示例甲"}, actor=here)
        assert WorkTeam.objects.count() == 1


def test_a_unit_that_is_there_already_stays_with_its_team(here: Actor) -> None:
    with tenant_scope(here):
        own, kept = (Unit(name=name, level_code="4", scope_code=COUNTY_CODE) for name in ("甲局", "乙局"))
        own.save()
        kept.save()
        there = sent(VILLAGES[1], own, here, on=date(2024, 1, 1))
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4", kind_code="3")
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        accept_part(PlanPart.objects.get().pk, actor=here)
        assert dict(Unit.objects.values_list("name", "kind_code")) == {"甲局": "3", "乙局": ""}
        assert list(PlanPart.objects.get().villages.values_list("team_id", flat=True)) == [there.pk]
        assert WorkTeam.objects.get().ends_on is None


def test_a_decided_plan_changes_no_more(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4")
        plan = plan_of(here)
        proposal = proposal_of(plan, here)
        publish_plan(proposal.pk, actor=here, reason="县委会议")
        for change in (
            lambda: publish_plan(proposal.pk, actor=here, reason="再来"),
            lambda: ask_for_proposal(plan.pk, actor=here),
            lambda: change_by_hand(proposal.pk, {VILLAGES[0]: None}, actor=here, reason="改"),
            lambda: withdraw_plan(plan.pk, actor=here, reason="改"),
        ):
            with pytest.raises(Conflict):
                change()


# --- who may ----------------------------------------------------------------------------------------------------------
def test_a_region_sees_its_prefectures_plans_and_changes_none(prefecture: Actor) -> None:
    platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
    region = actor_of(Role.DISPATCH_OFFICE, tenant=platform, area="540000000000")
    other = actor_of(Role.DISPATCH_OFFICE, tenant=platform, area="540100000000")
    with tenant_scope(prefecture):
        plan = plan_of(prefecture)
    with tenant_scope(region):
        assert DispatchPlan.objects.filter(pk=plan.pk).exists()
        with pytest.raises(NotFound):
            withdraw_plan(plan.pk, actor=region, reason="越级")
    with tenant_scope(other):
        assert not DispatchPlan.objects.exists()


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.PROVINCE_READER, Role.HELPER])
def test_others_do_not_plan(here: Actor, role: Role) -> None:
    actor = actor_of(role)
    with tenant_scope(actor), pytest.raises(NotAllowed):
        plan_of(actor)


def test_each_verb_writes_one_event(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here)
        plan = plan_of(here)
        change_by_hand(proposal_of(plan, here).pk, {VILLAGES[1]: None}, actor=here, reason="该村不派")
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = list(
            AuditEvent.objects.filter(verb__startswith="planning.").order_by("seq").values_list("verb", flat=True)
        )
    assert verbs == [
        "planning.publish_needs",
        "planning.add_unit",
        "planning.make_plan",
        "planning.take_needs",
        "planning.propose",
        "planning.change_by_hand",
    ]


# --- terms ------------------------------------------------------------------------------------------------------------
def test_a_team_has_the_term_of_the_plan_that_sent_it(here: Actor) -> None:
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4")
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        led(PlanPart.objects.get(), here)

        assert WorkTeam.objects.get().planned_ends_on == END


def test_a_team_that_stays_stays_for_the_days_of_the_next_plan(here: Actor) -> None:
    with tenant_scope(here):
        own = Unit(name="甲局", level_code="4", scope_code=COUNTY_CODE)
        own.save()
        there = sent(VILLAGES[1], own, here, on=date(2024, 1, 1))
        plan_team(there.pk, batch_id=None, planned_ends_on=START, actor=here)
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4")
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        accept_part(PlanPart.objects.get().pk, actor=here)

        assert WorkTeam.objects.get().planned_ends_on == END


def test_a_lower_level_follows_a_team_whose_term_is_over(here: Actor) -> None:
    with tenant_scope(here):
        above = Unit(name="省水利厅", level_code="2", scope_code=COUNTY_CODE)
        above.save()
        former, lasting = (sent(code, above, here, on=date(2024, 1, 1)) for code in VILLAGES[:2])
        plan_team(former.pk, batch_id=None, planned_ends_on=START, actor=here)
        plan_team(lasting.pk, batch_id=None, planned_ends_on=END, actor=here)
    publish(here)
    with tenant_scope(here):
        unit("甲局", here, level="4", capacity=3)
        publish_plan(proposal_of(plan_of(here), here).pk, actor=here, reason="县委会议")
        part = accept_part(PlanPart.objects.get().pk, actor=here)
        station_teams(part.pk, {VILLAGES[0]: "示例甲", VILLAGES[2]: "示例乙"}, actor=here)

        teams = WorkTeam.objects.values_list("village__code", "unit__name", "ends_on")
        assert set(teams) == {
            (VILLAGES[0], "省水利厅", START),
            (VILLAGES[0], "甲局", None),
            (VILLAGES[1], "省水利厅", None),
            (VILLAGES[2], "甲局", None),
        }
