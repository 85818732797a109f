"""One dossier: its steps in their order, its papers, its end, and what the household is then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection

from dossiers.domain.checks import StepFacts
from dossiers.domain.endings import finish_dossier, refuse_dossier, withdraw_dossier
from dossiers.domain.gate import finishing
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import (
    ApplicationDraft,
    add_evidence,
    answer_objection,
    apply_for,
    raise_objection,
    read_evidence,
    record_consent,
    record_exit_check,
)
from dossiers.domain.procedure import set_procedure
from dossiers.domain.steps import do_step
from dossiers.domain.templates import draft_of, revise_template
from dossiers.migrations import __name__ as migrations_package
from dossiers.models import Dossier, DossierStep, Evidence
from dossiers.queries.templates import template_in_use
from dossiers.workflow import CAMPAIGN_CHANGES, CASE_CHANGES, DOSSIER_CHANGES, SESSION_CHANGES, allowed_pairs
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.monitoring import identify_for_monitoring
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import HouseholdSpell, Membership, Posting
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import Document
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import (
    BEGUN_ON,
    PDF,
    advance,
    begun,
    facts_of,
    findings,
    line,
    next_step,
    prepare,
    somebody,
    team,
)
from tests.factories.households import registered
from tests.factories.pictures import jpeg
from tests.factories.tenants import FAR_VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory


def rows() -> tuple[int, int, int]:
    return DossierStep.objects.count(), Posting.objects.count(), HouseholdSpell.objects.count()


@pytest.mark.parametrize(
    ("key", "status", "monitoring"),
    [
        ("identify-eleven", "filed", "none"),
        ("identify-short", "filed", "none"),
        ("return-short", "returned", "none"),
        ("exit", "lifted", "none"),
        ("monitor", "lifted", "identified"),
        ("remove-risk", "lifted", "removed"),
    ],
)
def test_household_changes_on_the_announcements_day_when_its_dossier_is_finished(
    office: Actor, key: str, status: str, monitoring: str
) -> None:
    dossier = advance(begun(key))
    announced = DossierStep.objects.get(dossier=dossier, step__form="announcement").starts_on

    finished = finish_dossier(dossier.id, reason="县公告1号", actor=office)

    household = finished.household
    household.refresh_from_db()
    assert (finished.state, finished.effective_on, household.status) == ("finished", announced, status)
    assert household.monitoring_state == monitoring
    assert Posting.objects.filter(household=household).latest("recorded_at").effective_on == announced


def test_cause_of_a_return_stands_on_the_household_when_its_dossier_tells_it(office: Actor) -> None:
    household = registered(status="lifted")
    with pytest.raises(DomainError) as refused, savepoint():
        begun("return-short", household, code="nothing")
    dossier = advance(begun("return-short", household, code="01"))

    finish_dossier(dossier.id, reason="县公告1号", actor=office)

    told = HouseholdSpell.objects.filter(household=household).order_by("starts_on").values_list("status", "cause_code")
    assert (refused.value.field, list(told)) == ("code", [("lifted", ""), ("returned", "01")])


def test_household_that_was_removed_relapses_when_its_dossier_is_finished(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="removed", monitoring_code="1")
    dossier = advance(begun("monitor", household))

    finish_dossier(dossier.id, reason="县公告1号", actor=office)

    household.refresh_from_db()
    assert household.monitoring_state == "relapsed"


def test_dossier_keeps_its_edition_when_the_template_is_edited(office: Actor) -> None:
    dossier = begun("exit")
    template = template_in_use("exit")
    shorter = tuple(step for step in draft_of(template).steps if step.form != "decision")
    edited = revise_template(template.id, replace(draft_of(template), steps=shorter), actor=office, version=1)

    done = advance(dossier)
    other = begin_dossier(registered(status="filed").id, "exit", on=BEGUN_ON, actor=team())

    assert (done.next_position, done.template_id, other.template_id) == (8, template.id, edited.id)


@pytest.mark.parametrize(
    ("key", "status"), [("exit", "lifted"), ("identify-short", "filed"), ("return-short", "filed")]
)
def test_dossier_is_not_begun_when_the_status_does_not_allow_it(office: Actor, key: str, status: str) -> None:
    begun(key)

    with pytest.raises(Conflict) as refused, savepoint():
        begun(key, status=status)

    assert (refused.value.code, Dossier.objects.count()) == ("dossier.status", 1)


def test_second_dossier_of_a_kind_is_refused_when_one_is_open(office: Actor) -> None:
    dossier = begun("exit")

    with pytest.raises(Conflict) as refused:
        begun("exit", dossier.household)
    withdraw_dossier(dossier.id, on=BEGUN_ON, reason="户主申请撤回", actor=office)
    again = begun("exit", dossier.household)

    assert (refused.value.code, again.state) == ("dossier.is_open", "open")


def test_category_is_asked_when_a_household_is_to_be_monitored(office: Actor) -> None:
    household = registered(status="lifted")
    begun("exit")

    with pytest.raises(DomainError) as refused:
        begin_dossier(household.id, "monitor", on=BEGUN_ON, actor=office, code="")

    assert (refused.value.code, refused.value.field) == ("code.unknown", "code")


# --- steps ------------------------------------------------------------------------------------------------------------
def refusal(dossier: Dossier, facts: StepFacts, actor: Actor) -> str:
    """Give the code of the refusal of a step; nothing was changed by it."""
    before = rows()
    dossier.refresh_from_db()
    version = dossier.version
    with pytest.raises(DomainError) as refused, savepoint():
        do_step(dossier.id, facts, actor=actor)
    dossier.refresh_from_db()
    assert (rows(), dossier.version, dossier.state) == (before, version, "open")
    return refused.value.code


@pytest.mark.parametrize(
    ("position", "changes", "code"),
    [
        (3, {"position": 5}, "dossier.out_of_order"),
        (5, {"ends_on": BEGUN_ON + timedelta(days=6)}, "notice.ended_early"),
        (3, {"starts_on": BEGUN_ON - timedelta(days=1)}, "step.too_early"),
        (3, {"starts_on": BEGUN_ON + timedelta(days=2)}, "step.days"),
        (1, {"present_count": 14, "votes_for": 14, "votes_against": 0}, "meeting.no_quorum"),
        (1, {"present_count": 0, "votes_for": 0, "votes_against": 0}, "meeting.no_quorum"),
        (1, {"present_count": None}, "meeting.no_attendance"),
        (1, {"votes_for": 24}, "meeting.counts"),
        (1, {"present_count": 31}, "meeting.counts"),
        (1, {"votes_for": 12}, "meeting.not_approved"),
        (4, {"manner": ""}, "step.no_signature"),
        (4, {"manner": "phone"}, "step.no_signature"),
        (4, {"is_passed": False}, "step.no_reason"),
        (3, {"ends_on": BEGUN_ON.replace(year=2099)}, "date.in_future"),
    ],
)
def test_step_is_refused_and_changes_nothing_when_it_is_not_as_the_template_asks(
    office: Actor, position: int, changes: dict[str, Any], code: str
) -> None:
    dossier = advance(begun("exit"), to=position)
    prepare(dossier)
    good = facts_of(dossier)

    found = refusal(dossier, replace(good, **changes), office)
    done = do_step(dossier.id, good, actor=office)

    assert (found, done.next_position) == (code, position + 1)


def test_step_is_refused_when_its_evidence_is_missing(office: Actor) -> None:
    dossier = begun("exit")

    found = refusal(dossier, facts_of(dossier), office)
    add_evidence(dossier.id, PDF, name="a.pdf", kind_code="32", on=BEGUN_ON, actor=office)
    still = refusal(dossier, facts_of(dossier), office)
    add_evidence(dossier.id, PDF, name="b.pdf", kind_code="33", on=BEGUN_ON, actor=office)

    assert (found, still) == ("step.evidence_missing", "step.evidence_missing")
    assert do_step(dossier.id, facts_of(dossier), actor=office).next_position == 2


def test_step_is_refused_when_the_application_is_not_on_file(office: Actor) -> None:
    dossier = begun("identify-short")
    add_evidence(dossier.id, PDF, name="a.pdf", kind_code="31", on=BEGUN_ON, actor=office)

    assert refusal(dossier, facts_of(dossier), office) == "step.no_application"


def test_comparison_is_refused_when_the_household_has_not_consented(office: Actor) -> None:
    dossier = begun("monitor")
    apply_for(dossier.id, ApplicationDraft(applied_on=BEGUN_ON), actor=office)
    advance(dossier, to=5)
    prepare(dossier)

    found = refusal(dossier, facts_of(dossier), office)
    record_consent(dossier.id, ("02", "01"), on=BEGUN_ON, actor=office)
    done = do_step(dossier.id, facts_of(dossier), actor=office)

    assert (found, done.consent_on, done.consent_sectors) == ("step.no_consent", BEGUN_ON, ["01", "02"])


def test_step_is_refused_when_the_template_gives_it_to_others(office: Actor) -> None:
    dossier = advance(begun("exit"), to=2)
    prepare(dossier)

    with tenant_scope(team()) as actor:
        found = refusal(dossier, facts_of(dossier), actor)

    assert found == "step.other_role"


@pytest.mark.parametrize(("key", "position"), [("exit", 6), ("exit", 7)])
def test_person_who_began_it_decides_nothing_when_the_dossier_is_the_own_request(
    office: Actor, key: str, position: int
) -> None:
    other = somebody()
    dossier = advance(begun(key, by=office), to=position, actor=other)
    prepare(dossier)

    found = refusal(dossier, facts_of(dossier), office)
    done = do_step(dossier.id, facts_of(dossier), actor=other)

    assert (found, done.next_position) == ("dossier.own_request", position + 1)


def test_person_who_began_it_does_not_finish_it_when_all_steps_are_done(office: Actor) -> None:
    other = somebody()
    dossier = advance(begun("exit", by=office), actor=other)

    with pytest.raises(Conflict) as refused, savepoint():
        finish_dossier(dossier.id, reason="公告", actor=office)

    assert refused.value.code == "dossier.own_request"
    assert finish_dossier(dossier.id, reason="公告", actor=other).state == "finished"


def test_step_that_was_not_passed_ends_the_dossier_when_it_is_done(office: Actor) -> None:
    dossier = advance(begun("exit"), to=4)

    ended = do_step(dossier.id, facts_of(dossier, is_passed=False, remark="农户不同意退出", manner=""), actor=office)

    with pytest.raises(Conflict) as refused:
        do_step(dossier.id, facts_of(dossier), actor=office)
    ended.household.refresh_from_db()
    assert (ended.state, ended.end_reason, ended.household.status) == ("refused", "农户不同意退出", "filed")
    assert refused.value.code == "dossier.ended"


def test_stale_dossier_is_refused_when_somebody_else_went_on(office: Actor) -> None:
    dossier = begun("exit")
    prepare(dossier)

    with pytest.raises(StaleVersion):
        do_step(dossier.id, facts_of(dossier), actor=office, version=1)
    done = do_step(dossier.id, facts_of(dossier), actor=office, version=2)

    assert done.version == 3


# --- objections -------------------------------------------------------------------------------------------------------
def test_dossier_waits_for_the_answer_when_an_objection_was_raised(office: Actor) -> None:
    dossier = advance(begun("exit"), to=5)
    prepare(dossier)
    objection = raise_objection(dossier.id, "该户收入未达标", on=facts_of(dossier).ends_on, actor=office)

    waiting = refusal(dossier, facts_of(dossier), office)
    on = objection.raised_on
    answer_objection(dossier.id, objection.id, "已复核", is_upheld=False, on=on, actor=office)
    with pytest.raises(Conflict, match="already"):
        answer_objection(dossier.id, objection.id, "再答", is_upheld=True, on=on, actor=office)
    done = do_step(dossier.id, facts_of(dossier), actor=office)

    assert (waiting, done.next_position) == ("objection.open", 6)


def test_dossier_can_only_be_refused_when_an_objection_was_upheld(office: Actor) -> None:
    dossier = advance(begun("exit"), to=5)
    prepare(dossier)
    on = facts_of(dossier).ends_on
    objection = raise_objection(dossier.id, "该户收入未达标", on=on, actor=office)
    answer_objection(dossier.id, objection.id, "属实", is_upheld=True, on=on, actor=office)

    found = refusal(dossier, facts_of(dossier), office)
    refused = refuse_dossier(dossier.id, on=on, reason="异议成立", actor=office)

    assert (found, refused.state) == ("objection.upheld", "refused")


def test_objection_without_words_or_of_another_dossier_is_refused_when_sent(office: Actor) -> None:
    dossier, other = begun("exit"), begun("exit")
    objection = raise_objection(dossier.id, "x", on=BEGUN_ON, actor=office)

    with pytest.raises(DomainError, match="Enter what"):
        raise_objection(dossier.id, " ", on=BEGUN_ON, actor=office)
    with pytest.raises(DomainError, match="before the dossier"):
        raise_objection(dossier.id, "x", on=BEGUN_ON - timedelta(days=1), actor=office)
    with pytest.raises(NotFound):
        answer_objection(other.id, objection.id, "x", is_upheld=True, on=BEGUN_ON, actor=office)
    with pytest.raises(DomainError, match="Enter the answer"):
        answer_objection(dossier.id, objection.id, " ", is_upheld=True, on=BEGUN_ON, actor=office)


# --- papers -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "file.not_what_it_says"),
        ("a.png", PDF, "file.not_what_it_says"),
        ("a.docx", b"PK\x03\x04", "file.not_what_it_says"),
        ("a.xlsx", PDF, "file.not_what_it_says"),
        ("a.exe", b"MZ", "file.kind"),
        ("pdf", PDF, "file.kind"),
        ("a.pdf", b"", "file.empty"),
        ("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "file.too_large"),
    ],
)
def test_file_is_refused_when_it_is_not_what_its_name_says(office: Actor, name: str, content: bytes, code: str) -> None:
    dossier = begun("exit")
    good = add_evidence(dossier.id, jpeg(), name="a.JPG", kind_code="33", on=BEGUN_ON, actor=office)

    with pytest.raises(DomainError) as refused, savepoint():
        add_evidence(dossier.id, content, name=name, kind_code="33", on=BEGUN_ON, actor=office)

    assert (refused.value.code, list(Evidence.objects.all())) == (code, [good])


def test_file_is_read_in_its_area_alone_when_asked_for(office: Actor) -> None:
    dossier = begun("exit")
    evidence = add_evidence(dossier.id, PDF, name="a.pdf", kind_code="33", on=BEGUN_ON, actor=office)

    _row, content = read_evidence(evidence.id, actor=office)
    with (
        tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area="549901200000")) as far,
        pytest.raises(NotFound),
        savepoint(),
    ):
        read_evidence(evidence.id, actor=far)
    with pytest.raises(NotAllowed):
        read_evidence(evidence.id, actor=actor_of(Role.HELPER))

    assert (content, evidence.document.media_type) == (PDF, "application/pdf")


def test_files_and_steps_move_along_when_the_household_moves(office: Actor) -> None:
    dossier = advance(begun("exit"), to=2)
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    move_household(dossier.household_id, FAR_VILLAGE_CODE, actor=office, on=BEGUN_ON, reason="迁居")

    dossier.refresh_from_db()
    codes = [row.scope_code for model in (DossierStep, Evidence) for row in model.objects.all()]
    files = Document.objects.filter(kind="dossiers.evidence").values_list("scope_code", flat=True)
    assert {dossier.scope_code, *codes, *files} == {FAR_VILLAGE_CODE}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"has_thumb_print": False}, "application.thumb_print"),
        ({"manner": "letter"}, "application.manner"),
        ({"cause_codes": ("none",)}, "code.unknown"),
        ({"consent_sectors": ("none",)}, "code.unknown"),
        ({"applied_on": BEGUN_ON - timedelta(days=1)}, "dossier.day_before_begin"),
    ],
)
def test_application_is_refused_when_it_is_not_whole(office: Actor, changes: dict[str, Any], code: str) -> None:
    dossier = begun("identify-short")
    good = ApplicationDraft(applied_on=BEGUN_ON, manner="proxy", has_thumb_print=True, statement="收入减少")
    changed = replace(good, **changes)

    with pytest.raises(DomainError) as refused, savepoint():
        apply_for(dossier.id, changed, actor=office)
    apply_for(dossier.id, good, actor=office)
    with pytest.raises(Conflict, match="on file"):
        apply_for(dossier.id, good, actor=office)

    assert refused.value.code == code


# --- exit -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"has_food_and_clothing": False},
        {"has_schooling": False},
        {"has_medical_care": False},
        {"has_safe_housing": False},
        {"has_safe_water": False},
        {"net_per_head_yuan": Decimal(4000)},
    ],
)
def test_exit_stops_at_its_mark_and_at_its_end_when_something_is_not_assured(
    office: Actor, changes: dict[str, Any]
) -> None:
    line()
    dossier = advance(begun("exit"), to=2)
    record_exit_check(dossier.id, findings(**changes), actor=office)
    marked = refusal(dossier, facts_of(dossier), office)
    advance(dossier)
    record_exit_check(dossier.id, findings(**changes), actor=office)

    with pytest.raises(Conflict) as refused, savepoint():
        finish_dossier(dossier.id, reason="公告", actor=office)
    record_exit_check(dossier.id, findings(), actor=office)
    finished = finish_dossier(dossier.id, reason="公告", actor=office)

    assert (marked, refused.value.code, finished.state) == ("exit.not_met", "exit.not_met", "finished")


def test_check_is_refused_when_the_county_has_no_line_or_the_dossier_is_no_exit(office: Actor) -> None:
    dossier, other = begun("exit"), begun("return-short")

    with pytest.raises(DomainError) as no_line, savepoint():
        record_exit_check(dossier.id, findings(), actor=office)
    with pytest.raises(Conflict) as no_exit, savepoint():
        record_exit_check(other.id, findings(), actor=office)

    assert (no_line.value.code, no_exit.value.code) == ("exit.no_line", "exit.not_an_exit")


@pytest.mark.parametrize(
    ("skills", "months", "code"),
    [
        (("1", "4"), 6, "removal.too_early"),
        (("3", "4"), 1, "removal.without_labour"),
        (("1", "4"), 1, ""),
        (("4", ""), 1, ""),
    ],
)
def test_risk_is_removed_by_support_when_months_have_passed_and_somebody_can_work(
    office: Actor, skills: tuple[str, str], months: int, code: str
) -> None:
    household = registered(status="lifted", on=date(2020, 11, 1))
    identify_for_monitoring(household.id, "1", actor=office, on=date(2020, 11, 2), reason="县公告")
    dossier = begun("remove-risk", household, code="1")
    for skill, member in zip(skills, Membership.objects.filter(household=dossier.household), strict=True):
        record_person_year(member.person_id, PersonYearDraft(year=2020, skill_code=skill), actor=office)
    set_procedure({"removal_months": months}, actor=office)
    advance(dossier)
    found = ""

    try:
        with savepoint():
            finish_dossier(dossier.id, reason="公告", actor=office)
    except Conflict as refused:
        found = refused.code

    assert found == code


# --- the end ----------------------------------------------------------------------------------------------------------
def test_dossier_is_not_finished_when_a_step_is_left(office: Actor) -> None:
    dossier = advance(begun("exit"), to=7)

    with pytest.raises(Conflict) as refused:
        finish_dossier(dossier.id, reason="公告", actor=office)

    assert refused.value.code == "dossier.steps_left"


def test_nothing_is_changed_when_the_household_changed_since_the_announcement(office: Actor) -> None:
    dossier = advance(begun("exit"))
    change_status(dossier.household_id, "lift", actor=office, on=BEGUN_ON, reason="直接脱贫")
    before = rows()

    with pytest.raises(Conflict), savepoint():
        finish_dossier(dossier.id, reason="公告", actor=office)

    dossier.refresh_from_db()
    assert (dossier.state, rows()) == ("open", before)


@pytest.mark.parametrize("end", [withdraw_dossier, refuse_dossier])
def test_dossier_is_ended_not_before_its_last_step_when_somebody_ends_it(
    office: Actor, end: Callable[..., Dossier]
) -> None:
    dossier = advance(begun("exit"), to=6)

    with pytest.raises(DomainError) as early, savepoint():
        end(dossier.id, on=BEGUN_ON, reason="x", actor=office)
    with pytest.raises(DomainError) as unsaid, savepoint():
        end(dossier.id, on=BEGUN_ON + timedelta(days=7), reason=" ", actor=office)
    ended = end(dossier.id, on=BEGUN_ON + timedelta(days=7), reason="户主要求", actor=office)

    assert (early.value.code, unsaid.value.code) == ("dossier.ends_early", "reason.missing")
    assert ended.state in {"withdrawn", "refused"}


@pytest.mark.parametrize("name", ["lift", "identify"])
def test_status_changes_by_a_dossier_alone_when_the_county_says_so(office: Actor, name: str) -> None:
    dossier = advance(begun("exit"))
    other = registered(status="filed")
    effective: dict[str, Any] = {"actor": office, "on": BEGUN_ON, "reason": "x"}
    row = set_procedure({"needs_dossier": True}, actor=office)

    def tried() -> object:
        if name == "lift":
            return change_status(other.id, name, **effective)
        return identify_for_monitoring(other.id, "1", **effective)

    with pytest.raises(Conflict) as refused, finishing(dossier), savepoint():
        tried()
    closed = change_status(registered(status="filed").id, "close_wrong", **effective)
    finished = finish_dossier(dossier.id, reason="公告", actor=office)
    set_procedure({"needs_dossier": False}, actor=office, version=row.version)

    assert (refused.value.code, closed.status, finished.state) == ("dossier.needed", "closed", "finished")
    assert tried() is not None


# --- the database -----------------------------------------------------------------------------------------------------
def test_database_refuses_a_step_when_it_is_not_the_next_one(office: Actor) -> None:
    dossier = advance(begun("exit"), to=2)
    step = next_step(dossier)
    values = {"dossier": dossier, "household": dossier.household, "step": step, "scope_code": dossier.scope_code}
    days = {"starts_on": BEGUN_ON, "ends_on": BEGUN_ON}

    for position in (1, 3):
        with pytest.raises(IntegrityError, match=r"in_order|next one|once"), savepoint():
            DossierStep.objects.create(**values, **days, position=position)
    DossierStep.objects.create(**values, **days, position=2)


def test_database_refuses_a_change_of_state_when_the_table_does_not_name_it(office: Actor) -> None:
    dossier = begun("exit")
    withdraw_dossier(dossier.id, on=BEGUN_ON, reason="x", actor=office)

    with pytest.raises(IntegrityError, match=r"state_workflow|may not change"), savepoint():
        Dossier.objects.filter(pk=dossier.id).update(state="finished")
    with pytest.raises(Exception, match="denied"), savepoint(), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossierstep SET is_passed = false")


def test_pairs_of_the_triggers_are_those_of_the_tables_when_compared() -> None:
    armed = __import__(f"{migrations_package}.0002_arm_workflow", fromlist=["DOSSIER_PAIRS"])
    sessions = __import__(f"{migrations_package}.0008_arm_cancelled_sessions", fromlist=["SESSION_PAIRS"])
    campaigns = __import__(f"{migrations_package}.0005_arm_campaigns", fromlist=["CAMPAIGN_PAIRS"])

    assert (
        allowed_pairs(DOSSIER_CHANGES),
        allowed_pairs(SESSION_CHANGES),
        allowed_pairs(CASE_CHANGES),
        allowed_pairs(CAMPAIGN_CHANGES),
    ) == (armed.DOSSIER_PAIRS, sessions.SESSION_PAIRS, armed.CASE_PAIRS, campaigns.CAMPAIGN_PAIRS)
