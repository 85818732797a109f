"""Monitoring cases: leads, their decision, measures, and the end of the risk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from assistance.domain.measures import MeasureDraft, amend_measure, record_measure, withdraw_measure
from dossiers.domain.cases import (
    amend_lead,
    check_removal,
    confirm_lead,
    drop_lead,
    enter_case,
    raise_lead,
    remove_case,
)
from dossiers.domain.endings import finish_dossier
from dossiers.domain.labour import refresh_labour
from dossiers.domain.procedure import set_procedure
from dossiers.enums import CaseState, NextDue, OpenDay
from dossiers.models import MonitoringCase
from households.domain.members import end_membership
from households.domain.monitoring import identify_for_monitoring, remove_risk
from households.domain.split import NewHousehold, split_household
from households.domain.status import change_status
from households.models import Household, Membership, MonitoringSpell, Person, PersonYear, Posting
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.cases import (
    CONFIRMED_ON,
    LEAD_ON,
    REMOVABLE_ON,
    check,
    confirmed,
    lead,
    monitoring_line,
    raised,
    skills,
)
from tests.factories.dossiers import advance, begun
from tests.factories.households import registered
from tests.factories.tenants import actor_of

WORK = MeasureDraft(category_code="40", state_code="1", starts_on=date(2021, 2, 1))
HEALTH = MeasureDraft(category_code="45", state_code="1", starts_on=date(2021, 1, 20))
ENDED = {"state": "removed", "removal_code": "1", "ended_on": REMOVABLE_ON}
EVIDENCE = {name: getattr(check(), name) for name in check().__slots__} | {"line_yuan": 6000}


def refusal(verb: Callable[..., object], *args: Any, **values: Any) -> str:
    """Give the code of the refusal of a verb, or nothing."""
    try:
        with savepoint():
            verb(*args, **values)
    except DomainError as error:
        return error.code
    return ""


def again(case: MonitoringCase) -> MonitoringCase:
    return MonitoringCase.objects.select_related("household", "spell").get(pk=case.pk)


# --- the lead ---------------------------------------------------------------------------------------------------------
def test_lead_is_due_after_the_countys_days_when_it_is_raised(office: Actor) -> None:
    case = raised(risk_codes=("04", "99"), disaster_code="0201", other_remark=" 合同纠纷 ")

    row = again(case)

    assert (row.state, row.due_on, row.due_basis) == (CaseState.LEAD, date(2021, 1, 19), "calendar_days")
    assert (row.next_due, row.next_due_on, row.other_remark) == (NextDue.DECISION, row.due_on, "合同纠纷")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"risk_codes": ()}, "case.risks"),
        ({"risk_codes": ("01", "02", "03", "05", "06", "07")}, "case.risks"),
        ({"risk_codes": ("77",)}, "code.unknown"),
        ({"lead_channel_code": ""}, "code.unknown"),
        ({"category_code": "9"}, "code.unknown"),
        ({"risk_codes": ("04",)}, "case.disaster"),
        ({"disaster_code": "0201"}, "case.disaster"),
        ({"risk_codes": ("04",), "disaster_code": "9"}, "code.unknown"),
        ({"risk_codes": ("99",), "other_remark": "  "}, "case.remark"),
        ({"lead_on": date(2100, 1, 1)}, "date.in_future"),
        ({"risk_codes": ("01", "02", "03", "05", "06")}, ""),
    ],
)
def test_lead_says_what_is_missing_when_it_is_not_whole(office: Actor, changes: dict[str, Any], code: str) -> None:
    household = registered(status="lifted")

    assert refusal(raise_lead, household.pk, lead(**changes), actor=office) == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"status": "lifted"}, ""),
        ({"status": "candidate"}, ""),
        ({"status": "lifted", "monitoring_state": "removed", "monitoring_code": "1"}, ""),
        ({"status": "lifted", "monitoring_state": "identified", "monitoring_code": "1"}, "case.monitored_already"),
    ],
)
def test_lead_is_raised_on_who_is_not_monitored_now(office: Actor, state: dict[str, Any], code: str) -> None:
    household = registered(**state)

    assert refusal(raise_lead, household.pk, lead(), actor=office) == code


def test_second_lead_is_refused_when_one_is_open(office: Actor) -> None:
    case = raised()

    found = refusal(raise_lead, case.household_id, lead(), actor=office)
    drop_lead(case.pk, on=LEAD_ON, reason="不属实", actor=office)

    assert (found, refusal(raise_lead, case.household_id, lead(), actor=office)) == ("case.is_open", "")


def test_lead_is_amended_until_it_is_decided(office: Actor) -> None:
    case = raised()

    amended = amend_lead(case.pk, lead(lead_on=date(2021, 1, 6), risk_codes=("03",)), actor=office, version=1)
    stale = refusal(amend_lead, case.pk, lead(), actor=office, version=1)
    drop_lead(case.pk, on=date(2021, 1, 8), reason="不属实", actor=office, version=2)

    assert (amended.risk_codes, amended.due_on, stale) == (["03"], date(2021, 1, 21), "registry.stale_version")
    assert refusal(amend_lead, case.pk, lead(), actor=office) == "case.decided"
    assert (again(case).state, again(case).next_due, again(case).next_due_on) == (CaseState.DROPPED, "", None)


def test_lead_is_dropped_with_a_reason_and_not_before_it_was_raised(office: Actor) -> None:
    case = raised()

    early = refusal(drop_lead, case.pk, on=date(2021, 1, 3), reason="不属实", actor=office)
    without = refusal(drop_lead, case.pk, on=LEAD_ON, reason=" ", actor=office)

    assert (early, without) == ("case.before_lead", "reason.missing")


def test_team_raises_a_lead_and_does_not_decide_it(office: Actor) -> None:
    household = registered(status="lifted")
    team = actor_of(Role.VILLAGE_TEAM, area=household.scope_code)
    case = raise_lead(household.pk, lead(), actor=team)

    with pytest.raises(NotAllowed):
        confirm_lead(case.pk, on=CONFIRMED_ON, reason="村里定的", actor=team)


def test_ability_on_file_decides_over_what_the_lead_states(office: Actor) -> None:
    able, unable, unknown = (registered(status="lifted") for _ in range(3))
    skills(able, "3", "5")
    skills(unable, "3", "4")

    cases = [raised(household, is_without_labour=household == able) for household in (able, unable, unknown)]

    assert [case.is_without_labour for case in cases] == [False, True, False]
    assert raised(registered(status="lifted"), is_without_labour=True).is_without_labour


# --- the decision -----------------------------------------------------------------------------------------------------
def test_household_is_monitored_when_its_lead_is_confirmed(office: Actor) -> None:
    case = confirmed()

    household = Household.objects.get(pk=case.household_id)
    spell = MonitoringSpell.objects.get(household=household)
    posting = Posting.objects.get(household=household, kind="identified")

    assert (case.state, case.confirmed_on, case.spell_id) == (CaseState.CONFIRMED, CONFIRMED_ON, spell.pk)
    assert (household.monitoring_state, spell.starts_on, posting.effective_on) == (
        "identified",
        CONFIRMED_ON,
        CONFIRMED_ON,
    )
    assert (case.measures_due_on, case.development_due_on, case.removable_on) == (
        date(2021, 2, 12),
        date(2021, 7, 12),
        date(2021, 7, 12),
    )


def test_lead_is_confirmed_when_the_households_own_page_is_used(office: Actor) -> None:
    case = raised()

    identify_for_monitoring(case.household_id, "3", actor=office, on=CONFIRMED_ON, reason="县公告")

    row = again(case)
    assert (row.state, row.category_code, row.confirmed_on) == (CaseState.CONFIRMED, "3", CONFIRMED_ON)
    assert MonitoringSpell.objects.get(household=case.household_id).pk == row.spell_id


def test_lead_is_confirmed_with_its_dossier_when_that_is_finished(office: Actor) -> None:
    household = registered(status="lifted")
    case = raised(household)
    set_procedure({"needs_dossier": True}, actor=office)
    by_hand = refusal(confirm_lead, case.pk, on=CONFIRMED_ON, reason="县公告", actor=office)
    dossier = advance(begun("monitor", household))

    finished = finish_dossier(dossier.pk, reason="县公告1号", actor=office)

    row = again(case)
    assert (by_hand, row.state, row.dossier_id) == ("dossier.needed", CaseState.CONFIRMED, dossier.pk)
    assert row.confirmed_on == finished.effective_on


def test_lead_is_not_confirmed_before_it_was_raised(office: Actor) -> None:
    case = raised()

    found = refusal(confirm_lead, case.pk, on=date(2021, 1, 3), reason="县公告", actor=office)

    assert (found, again(case).state) == ("case.before_lead", CaseState.LEAD)
    assert Household.objects.get(pk=case.household_id).monitoring_state == "none"


def test_household_relapses_when_a_lead_is_confirmed_after_a_removal(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="removed", monitoring_code="1")

    case = confirmed(household)

    assert (case.state, Household.objects.get(pk=household.pk).monitoring_state) == ("confirmed", "relapsed")


def test_case_is_entered_for_who_was_monitored_by_a_roster(office: Actor) -> None:
    known = registered(
        status="lifted", monitoring_state="identified", monitoring_code="2", monitored_on=date(2020, 6, 1)
    )
    other = registered(status="lifted")

    late = refusal(enter_case, known.pk, lead(), actor=office)
    case = enter_case(known.pk, lead(lead_on=date(2020, 5, 20)), actor=office)

    assert (late, refusal(enter_case, other.pk, lead(), actor=office)) == ("case.lead_after", "case.not_monitored")
    assert (case.state, case.confirmed_on, case.category_code) == (CaseState.CONFIRMED, date(2020, 6, 1), "2")
    assert refusal(enter_case, known.pk, lead(lead_on=date(2020, 5, 20)), actor=office) == "case.is_open"


# --- measures ---------------------------------------------------------------------------------------------------------
def test_what_is_due_follows_the_measures_on_file(office: Actor) -> None:
    case = confirmed()
    due = [(again(case).next_due, again(case).next_due_on)]

    record_measure(case.household_id, HEALTH, actor=office)
    due.append((again(case).next_due, again(case).next_due_on))
    work = record_measure(case.household_id, replace(WORK, state_code="0", starts_on=None), actor=office)
    due.append((again(case).next_due, again(case).next_due_on))
    amend_measure(work.pk, WORK, actor=office)
    due.append((again(case).next_due, again(case).next_due_on))
    row = again(case)
    withdraw_measure(work.pk, actor=office, reason="录错")

    development = ("development_measure", date(2021, 7, 12))
    assert due == [("first_measure", date(2021, 2, 12)), development, development, ("", None)]
    assert (row.measured_on, row.developed_on) == (date(2021, 1, 20), date(2021, 2, 1))
    assert (again(case).measured_on, again(case).developed_on) == (date(2021, 1, 20), None)


def test_measure_that_goes_on_counts_from_the_day_of_confirmation(office: Actor) -> None:
    household = registered(status="lifted")
    record_measure(household.pk, replace(WORK, starts_on=date(2020, 1, 1)), actor=office)
    ended = replace(HEALTH, starts_on=date(2020, 1, 1), ends_on=CONFIRMED_ON)
    record_measure(household.pk, ended, actor=office)

    case = confirmed(household)

    assert (case.measured_on, case.developed_on) == (CONFIRMED_ON, CONFIRMED_ON)


def test_no_development_measure_is_due_when_nobody_is_able_to_work(office: Actor) -> None:
    household = registered(status="lifted")
    skills(household, "3", "4")
    case = confirmed(household)

    record_measure(household.pk, HEALTH, actor=office)

    assert (again(case).next_due, again(case).next_due_on) == ("", None)


def test_change_of_ability_is_read_when_a_measure_is_entered(office: Actor) -> None:
    case = confirmed()
    skills(again(case).household, "3", "4")

    record_measure(case.household_id, HEALTH, actor=office)

    assert (again(case).is_without_labour, again(case).next_due) == (True, "")


def test_case_follows_the_ability_when_nothing_but_the_ability_changes(office: Actor) -> None:
    case = confirmed()
    record_measure(case.household_id, HEALTH, actor=office)
    seen = [(again(case).is_without_labour, again(case).next_due)]

    for codes in (("3", "4"), ("1", "4")):
        skills(again(case).household, *codes)
        seen.append((again(case).is_without_labour, again(case).next_due))

    assert seen == [(False, "development_measure"), (True, ""), (False, "development_measure")]


def test_case_follows_who_lives_in_the_household_when_the_able_one_leaves(office: Actor) -> None:
    case = confirmed()
    skills(again(case).household, "4", "1")
    able = Membership.objects.get(household=case.household, relation_code="02")

    end_membership(case.household_id, able.person_id, actor=office, on=date(2021, 3, 1), reason_code="21")

    assert again(case).is_without_labour is True


def test_lead_keeps_what_it_states_when_an_ability_is_not_known(office: Actor) -> None:
    case = raised(is_without_labour=True)
    skills(again(case).household, "4", "")

    assert (refresh_labour(), again(case).is_without_labour) == (0, True)


def test_ability_is_read_anew_when_rosters_are_followed_by_the_run_of_the_rules(office: Actor) -> None:
    case = confirmed()
    skills(again(case).household, "4", "1")
    able = Membership.objects.get(household=case.household, relation_code="02").person_id
    PersonYear.objects.filter(person=able).update(skill_code="4")

    changed = (refresh_labour(), refresh_labour(), again(case).is_without_labour)
    Person.objects.filter(pk=able).update(birth_on=date(2010, 1, 1))
    PersonYear.objects.filter(person=able).update(skill_code="1")

    assert changed == (1, 0, True)
    assert (refresh_labour(on=date(2025, 12, 31)), refresh_labour(on=date(2026, 1, 1))) == (0, 1)


def test_every_open_day_of_a_case_is_told_when_it_is_read(office: Actor) -> None:
    household = registered(status="lifted")
    case = raised(household)
    seen = [case.open_days]
    confirm_lead(case.pk, on=CONFIRMED_ON, reason="属实", actor=office)
    seen.append(again(case).open_days)
    record_measure(household.pk, HEALTH, actor=office)
    seen.append(again(case).open_days)
    skills(household, "3", "4")
    seen.append(again(case).open_days)

    removal, development = (OpenDay.REMOVAL, REMOVABLE_ON), (OpenDay.DEVELOPMENT_MEASURE, date(2021, 7, 12))
    later = sorted([development, removal], key=lambda one: one[1])
    first = (OpenDay.FIRST_MEASURE, date(2021, 2, 12))
    assert seen == [[(OpenDay.DECISION, case.due_on)], [first, *later], later, []]


# --- the end ----------------------------------------------------------------------------------------------------------
def test_case_ends_by_support_when_time_labour_and_evidence_allow_it(office: Actor) -> None:
    monitoring_line()
    case = confirmed()
    values: dict[str, Any] = {"reason": "县公告", "actor": office}

    same = refusal(remove_case, case.pk, "1", on=date(2021, 2, 28), **values)
    early = refusal(remove_case, case.pk, "1", on=date(2021, 7, 11), **values)
    bare = refusal(remove_case, case.pk, "1", on=REMOVABLE_ON, **values)
    check_removal(case.pk, check(), actor=office)
    ended = remove_case(case.pk, "1", on=REMOVABLE_ON, **values)

    assert (same, early, bare) == ("removal.same_or_next_month", "removal.too_early", "removal.not_checked")
    assert (ended.state, ended.ended_on, ended.removal_code) == (CaseState.REMOVED, REMOVABLE_ON, "1")
    assert Household.objects.get(pk=case.household_id).monitoring_state == "removed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"net_per_head_yuan": Decimal("5999.99")}, "removal.below_the_line"),
        ({"net_per_head_yuan": Decimal("6000.00")}, ""),
        ({"has_safe_water": False}, "removal.not_assured"),
        ({"has_schooling": False}, "removal.not_assured"),
        ({"checked_on": date(2021, 7, 13)}, "removal.not_checked"),
    ],
)
def test_risk_stays_when_the_check_does_not_bear_its_removal(office: Actor, changes: dict[str, Any], code: str) -> None:
    monitoring_line()
    case = confirmed()
    check_removal(case.pk, check(**changes), actor=office)

    assert refusal(remove_case, case.pk, "1", on=REMOVABLE_ON, reason="县公告", actor=office) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"checked_on": date(2021, 1, 11)}, "removal.checked_early"),
        ({"checked_year": 2019}, "removal.year"),
        ({"checked_year": 2020}, "removal.no_line"),
        ({"checked_on": date(2100, 1, 1)}, "date.in_future"),
        ({}, ""),
    ],
)
def test_check_is_refused_when_its_day_or_year_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    monitoring_line()
    case = confirmed()

    assert refusal(check_removal, case.pk, check(**changes), actor=office) == code


def test_household_without_labour_stays_monitored_but_for_natural_removal(office: Actor) -> None:
    monitoring_line()
    household = registered(status="lifted")
    skills(household, "3", "4")
    case = confirmed(household)
    check_removal(case.pk, check(), actor=office)

    kept = refusal(remove_case, case.pk, "1", on=REMOVABLE_ON, reason="县公告", actor=office)
    plain = refusal(remove_risk, household.pk, "1", on=REMOVABLE_ON, reason="县公告", actor=office)
    gone = remove_case(case.pk, "2", on=date(2021, 1, 20), reason="整户迁出", actor=office)

    assert (kept, plain) == ("removal.without_labour", "removal.without_labour")
    assert (gone.state, gone.removal_code, gone.is_without_labour) == (CaseState.REMOVED, "2", True)


def test_stated_lack_of_labour_holds_until_the_ability_is_on_file(office: Actor) -> None:
    monitoring_line()
    household = registered(status="lifted")
    case = confirmed(household, is_without_labour=True)
    check_removal(case.pk, check(), actor=office)

    kept = refusal(remove_case, case.pk, "1", on=REMOVABLE_ON, reason="县公告", actor=office)
    skills(household, "1", "4")
    ended = remove_case(case.pk, "1", on=REMOVABLE_ON, reason="县公告", actor=office)

    assert (kept, ended.state, ended.is_without_labour) == ("removal.without_labour", CaseState.REMOVED, False)


def test_case_ends_with_its_household_when_that_is_closed(office: Actor) -> None:
    monitored, doubtful = confirmed(), raised(lead_on=date(2021, 3, 1))

    for case in (monitored, doubtful):
        change_status(case.household_id, "close_gone", actor=office, on=date(2021, 2, 1), reason="整户死亡")

    assert (again(monitored).state, again(monitored).removal_code) == (CaseState.REMOVED, "household_gone")
    assert (again(doubtful).state, again(doubtful).ended_on) == (CaseState.DROPPED, date(2021, 3, 1))


def test_household_of_a_split_takes_the_case_along(office: Actor) -> None:
    case = confirmed(risk_codes=("01", "07"))
    spouse = Membership.objects.get(household=case.household_id, relation_code="02")

    new = split_household(
        case.household_id,
        NewHousehold(number="S1", relations={spouse.person_id: "01"}),
        actor=office,
        on=date(2021, 3, 1),
        reason="分户",
    )

    copy = MonitoringCase.objects.get(household=new)
    spell = MonitoringSpell.objects.get(household=new)
    assert (copy.state, copy.risk_codes, copy.spell_id) == (CaseState.CONFIRMED, ["01", "07"], spell.pk)
    assert (copy.confirmed_on, copy.removable_on, again(case).state) == (CONFIRMED_ON, REMOVABLE_ON, "confirmed")


# --- what the database holds ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"confirmed_on": date(2021, 1, 1)}, "monitoringcase_days_are_ordered"),
        ({"measures_due_on": None}, "monitoringcase_confirmed_has_its_days"),
        ({"developed_on": date(2021, 2, 1)}, "monitoringcase_development_is_a_measure"),
        ({"checked_on": date(2021, 2, 1)}, "monitoringcase_checked_in_full"),
        ({**ENDED}, "monitoringcase_removed_on_evidence"),
        ({**ENDED, **EVIDENCE, "net_per_head_yuan": 5999}, "monitoringcase_removed_on_evidence"),
        ({**ENDED, **EVIDENCE, "ended_on": date(2021, 7, 11)}, "monitoringcase_removed_not_early"),
        ({**ENDED, **EVIDENCE, "is_without_labour": True}, "monitoringcase_without_labour_stays"),
    ],
)
def test_database_refuses_a_case_that_cannot_be(office: Actor, changes: dict[str, Any], constraint: str) -> None:
    case = confirmed()

    with pytest.raises(IntegrityError, match=constraint), savepoint():
        MonitoringCase.objects.filter(pk=case.pk).update(**changes)


def test_stale_version_is_refused_when_a_case_is_decided(office: Actor) -> None:
    case = raised()

    with pytest.raises(StaleVersion):
        confirm_lead(case.pk, on=CONFIRMED_ON, reason="县公告", actor=office, version=7)


# --- the plain verb of households -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("started", "on", "code"),
    [
        (date(2020, 12, 20), date(2021, 1, 31), "removal.same_or_next_month"),
        (date(2020, 12, 20), date(2021, 2, 1), "removal.too_early"),
        (date(2020, 12, 20), date(2021, 6, 20), ""),
    ],
)
def test_risk_is_removed_by_the_plain_verb_not_before_its_months(
    office: Actor, started: date, on: date, code: str
) -> None:
    household = registered(status="lifted")
    identify_for_monitoring(household.pk, "1", actor=office, on=started, reason="县公告")

    assert refusal(remove_risk, household.pk, "1", on=on, reason="县公告", actor=office) == code


def test_next_month_is_refused_even_where_the_county_asks_for_one_month(office: Actor) -> None:
    set_procedure({"removal_months": 1}, actor=office)
    household = registered(status="lifted")
    identify_for_monitoring(household.pk, "1", actor=office, on=date(2020, 12, 20), reason="县公告")

    early = refusal(remove_risk, household.pk, "1", on=date(2021, 1, 25), reason="县公告", actor=office)

    assert early == "removal.same_or_next_month"
    assert refusal(remove_risk, household.pk, "1", on=date(2021, 2, 1), reason="县公告", actor=office) == ""


def test_roster_states_a_past_removal_that_the_verb_would_refuse(office: Actor) -> None:
    household = registered(
        status="lifted",
        monitoring_state="removed",
        monitoring_code="1",
        monitored_on=date(2020, 11, 1),
        risk_removed_on=date(2020, 12, 1),
    )

    spell = MonitoringSpell.objects.get(household=household)
    assert (household.monitoring_state, spell.starts_on, spell.ends_on) == (
        "removed",
        date(2020, 11, 1),
        date(2020, 12, 1),
    )


def test_conflict_names_the_first_day_when_a_removal_is_early(office: Actor) -> None:
    case = confirmed()

    with pytest.raises(Conflict, match="2021-07-12"):
        remove_case(case.pk, "1", on=date(2021, 7, 1), reason="县公告", actor=office)
