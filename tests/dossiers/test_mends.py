"""What goes wrong between two steps: late ones, lists that move or are not held, households that changed meanwhile."""

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from dossiers.domain.checks import StepFacts, exact_share
from dossiers.domain.files import media_type_of
from dossiers.domain.papers import record_exit_check
from dossiers.domain.sessions import Minutes, cancel_session, close_session, open_session, take_out
from dossiers.domain.steps import do_step
from dossiers.domain.templates import add_template, shipped_templates
from dossiers.models import Dossier, DossierStep, ListSession, SessionEntry
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import HouseholdYear
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import BEGUN_ON, MEETING, PDF, advance, begun, facts_of, findings, line, prepare, team
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, TOWNSHIP_CODE, actor_of
from tests.factories.villages import VillageFactory

PAPER = Minutes(PDF, "minutes.pdf", "33")
HELD = StepFacts(ends_on=BEGUN_ON, remark="同意", **MEETING)


def held(*dossiers: Dossier, actor: Actor) -> ListSession:
    return open_session("meeting", "村两委会议", [row.id for row in dossiers], starts_on=BEGUN_ON, actor=actor)


# --- days at most -----------------------------------------------------------------------------------------------------
def test_late_step_holds_with_its_reason_when_it_took_longer_than_the_template_allows(office: Actor) -> None:
    dossier = advance(begun("monitor"), to=2)
    prepare(dossier)
    late = facts_of(dossier, ends_on=BEGUN_ON + timedelta(days=5))

    with pytest.raises(DomainError) as unsaid, savepoint():
        do_step(dossier.id, late, actor=office)
    do_step(dossier.id, replace(late, late_reason="大雪封路"), actor=office)

    step = DossierStep.objects.get(dossier=dossier, position=2)
    assert (unsaid.value.code, unsaid.value.field) == ("step.late", "late_reason")
    assert (step.late_days, step.late_reason) == (3, "大雪封路")


def test_step_in_time_keeps_no_reason_when_one_is_given(office: Actor) -> None:
    dossier = advance(begun("monitor"), to=2)
    prepare(dossier)

    do_step(dossier.id, facts_of(dossier, ends_on=BEGUN_ON + timedelta(days=2), late_reason="x"), actor=office)

    step = DossierStep.objects.get(dossier=dossier, position=2)
    assert (step.late_days, step.late_reason) == (0, "")


# --- shares -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ratio", "share"), [("0.667", "2/3"), ("0.333", "1/3"), ("0.5", "1/2"), ("0.51", "51/100"), ("0.8", "4/5")]
)
def test_share_is_the_fraction_that_three_decimals_mean_when_it_is_read(ratio: str, share: str) -> None:
    assert str(exact_share(Decimal(ratio))) == share


def test_two_thirds_attend_when_twenty_of_thirty_came(office: Actor) -> None:
    dossier = advance(begun("identify-short"), to=3)
    prepare(dossier)
    counts = {"present_count": 20, "votes_for": 11, "votes_against": 0}

    with pytest.raises(DomainError) as few, savepoint():
        do_step(dossier.id, facts_of(dossier, **counts | {"present_count": 19}), actor=office)

    assert few.value.code == "meeting.no_quorum"
    assert do_step(dossier.id, facts_of(dossier, **counts), actor=office).next_position == 4


# --- lists ------------------------------------------------------------------------------------------------------------
def test_household_that_moved_away_is_off_the_list_when_the_session_is_of_its_former_village(office: Actor) -> None:
    first, second, third = begun("exit"), begun("exit"), begun("exit")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    village, wide = held(first, second, actor=office), held(third, actor=office)
    ListSession.objects.filter(pk=wide.pk).update(scope_code=office.tenant_code)

    for dossier in (second, third):
        move_household(dossier.household_id, FAR_VILLAGE_CODE, actor=office, on=BEGUN_ON, reason="迁居")
    close_session(village.id, HELD, PAPER, actor=office)

    gone, kept = (SessionEntry.objects.get(dossier=dossier) for dossier in (second, third))
    positions = [Dossier.objects.get(pk=dossier.pk).next_position for dossier in (first, second)]
    assert (positions, gone.taken_out_on is not None, kept.taken_out_on) == ([2, 1], True, None)
    assert do_step(second.id, _prepared(second), actor=office).next_position == 2


def _prepared(dossier: Dossier) -> StepFacts:
    prepare(dossier)
    return facts_of(dossier)


def test_dossier_on_a_townships_list_waits_when_the_village_does_not_see_the_session(office: Actor) -> None:
    first, second = begun("exit"), begun("exit", village_code=NEXT_VILLAGE_CODE)
    session = held(first, second, actor=office)

    with tenant_scope(team()) as actor, pytest.raises(Conflict) as refused, savepoint():
        do_step(first.id, _prepared(first), actor=actor)

    assert (session.scope_code, refused.value.code) == (TOWNSHIP_CODE, "dossier.on_a_list")


def test_households_are_free_when_their_session_is_cancelled(office: Actor) -> None:
    first, second = begun("exit"), begun("exit")
    session = held(first, second, actor=office)

    with pytest.raises(DomainError) as unsaid, savepoint():
        cancel_session(session.id, on=BEGUN_ON, reason=" ", actor=office)
    with pytest.raises(DomainError) as early, savepoint():
        cancel_session(session.id, on=BEGUN_ON - timedelta(days=1), reason="误建", actor=office)
    cancelled = cancel_session(session.id, on=BEGUN_ON, reason="误建", actor=office, version=1)
    with pytest.raises(Conflict) as again, savepoint():
        close_session(session.id, HELD, PAPER, actor=office)
    other = held(first, actor=office)

    assert (unsaid.value.code, early.value.code, again.value.code) == (
        "reason.missing", "session.ends_early", "session.closed",
    )  # fmt: skip
    assert (cancelled.state, cancelled.end_reason, other.state) == ("cancelled", "误建", "open")
    assert do_step(second.id, _prepared(second), actor=office).next_position == 2


def test_session_is_refused_when_the_step_is_others_to_do(office: Actor) -> None:
    dossier = advance(begun("exit"), to=7)

    with tenant_scope(team()) as actor, pytest.raises(NotAllowed) as refused, savepoint():
        open_session("announcement", "公告", [dossier.id], starts_on=BEGUN_ON, actor=actor)

    assert refused.value.code == "step.other_role"
    assert open_session("announcement", "公告", [dossier.id], starts_on=BEGUN_ON, actor=office).state == "open"


def test_withdrawn_household_stops_the_list_until_it_is_taken_out(office: Actor) -> None:
    first, second = begun("exit"), begun("exit")
    session = held(first, second, actor=office)
    change_status(second.household_id, "close_wrong", actor=office, on=BEGUN_ON, reason="识别不准")

    with pytest.raises(Conflict) as refused, savepoint():
        close_session(session.id, HELD, PAPER, actor=office)
    take_out(session.id, second.id, on=BEGUN_ON, reason="已清退", actor=office)

    assert (refused.value.code, "Household 2" in str(refused.value)) == ("dossier.status_changed", True)
    assert close_session(session.id, HELD, PAPER, actor=office).state == "closed"


def test_database_refuses_a_late_step_or_an_end_without_its_reason(office: Actor) -> None:
    dossier = advance(begun("exit"), to=2)
    session = held(begun("exit"), actor=office)
    step = DossierStep.objects.get(dossier=dossier)

    with pytest.raises(IntegrityError, match="late_with_a_reason"), savepoint():
        DossierStep.objects.create(
            scope_code=step.scope_code, dossier=dossier, household_id=dossier.household_id, step=step.step,
            position=2, starts_on=BEGUN_ON, ends_on=BEGUN_ON, late_days=1,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="closed_has_its_papers"), savepoint():
        ListSession.objects.filter(pk=session.pk).update(state="cancelled", ends_on=BEGUN_ON)


# --- households that changed ------------------------------------------------------------------------------------------
def test_step_is_refused_when_the_household_was_closed_meanwhile(office: Actor) -> None:
    dossier, other = begun("exit"), begun("exit")
    facts = _prepared(dossier)
    change_status(dossier.household_id, "close_wrong", actor=office, on=BEGUN_ON, reason="识别不准")

    with pytest.raises(Conflict) as refused, savepoint():
        do_step(dossier.id, facts, actor=office)

    assert refused.value.code == "dossier.status_changed"
    assert do_step(other.id, _prepared(other), actor=office).next_position == 2


# --- the check before exit --------------------------------------------------------------------------------------------
def test_check_before_exit_takes_the_income_on_file_when_the_year_has_one(office: Actor) -> None:
    dossier = begun("exit")
    line(), line(2016, "2952")
    HouseholdYear.objects.create(
        scope_code=dossier.scope_code, household_id=dossier.household_id, year=2020, is_declared=True, source="卡",
        net_per_head_yuan=Decimal(3900), person_count=1, period_start=date(2020, 1, 1), period_end=date(2021, 1, 1),
    )  # fmt: skip

    with pytest.raises(DomainError) as invented, savepoint():
        record_exit_check(dossier.id, findings(), actor=office)
    with pytest.raises(DomainError) as old, savepoint():
        record_exit_check(dossier.id, findings(year=2016), actor=office)
    check = record_exit_check(dossier.id, findings(net_per_head_yuan=Decimal(3900)), actor=office)

    assert (invented.value.code, old.value.code, check.is_met) == ("exit.other_income", "exit.other_year", False)
    assert "3900" not in str(invented.value)


# --- templates and files ----------------------------------------------------------------------------------------------
def test_template_is_refused_when_its_notice_comes_after_the_announcement(office: Actor) -> None:
    good = next(draft for draft in shipped_templates() if draft.key == "exit")
    steps = (*good.steps[:4], good.steps[6], good.steps[4], good.steps[5])

    with pytest.raises(DomainError) as refused, savepoint():
        add_template(replace(good, steps=steps), actor=office)

    assert refused.value.code == "template.announced_early"
    assert add_template(good, actor=office).edition == 1


def office_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    return buffer.getvalue()


def test_file_of_a_broken_list_of_parts_is_refused_when_it_is_sent() -> None:
    good = office_file()
    entry = good.index(b"PK\x01\x02")
    later = good[: entry + 6] + struct.pack("<H", 99) + good[entry + 8 :]
    letters = good.replace(b"word/document.xml", b"word/d\xff\xfeument.xml")
    flagged = letters.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08")

    for content in (later, flagged, good[:-10], b"PK\x05\x06" + b"\xff" * 18):
        with pytest.raises(DomainError) as refused:
            media_type_of(content, "a.docx")
        assert refused.value.code == "file.not_what_it_says"
    assert media_type_of(good, "a.docx").endswith("wordprocessingml.document")


def test_helper_opens_no_session_when_he_tries(office: Actor) -> None:
    dossier = begun("exit")

    with pytest.raises(NotAllowed):
        open_session("meeting", "会", [dossier.id], starts_on=BEGUN_ON, actor=actor_of(Role.HELPER))
    assert held(dossier, actor=office).state == "open"
