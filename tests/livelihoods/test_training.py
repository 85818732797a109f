"""Courses, enrolments and wishes: what is refused, who counts as trained, and what came of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from households.domain.anonymise import anonymise_unconfirmed, set_objection_period
from households.domain.move import move_household
from households.domain.status import change_status
from households.domain.work import WorkDraft, record_work
from households.models import WorkRecord
from livelihoods.definitions.figures import SHIPPED, TrainingFigures
from livelihoods.domain.courses import amend_course, cancel_course, close_course
from livelihoods.domain.enrolments import (
    Attendance,
    Picture,
    certify,
    enrol,
    read_certificate,
    record_attendance,
    record_outcome,
    withdraw_certificate,
    withdraw_enrolment,
)
from livelihoods.domain.figures import amend_training_rule, set_training_rule
from livelihoods.domain.wishes import record_wish, withdraw_wish
from livelihoods.enums import CourseState, WorkProof
from livelihoods.models import Course, Enrolment
from livelihoods.queries.figures import figures_of
from livelihoods.queries.outcomes import outcomes_due, with_outcome
from livelihoods.queries.timeline import livelihoods_of
from livelihoods.queries.training import (
    coverage_by_village,
    coverage_today,
    households_without_trained,
    open_wishes,
    wishes_by_kind,
)
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import Document
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, service
from tests.factories.villages import VillageFactory
from tests.livelihoods.ground import FIRST, LAST, attended, course, draft, home_of, worker

ASKED = date(2021, 9, 10)


def outcome_of(row: Enrolment) -> tuple[str, bool | None]:
    found = with_outcome(Enrolment.objects.filter(pk=row.pk)).get()
    return found.proof, found.is_at_work


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"last_on": date(2021, 5, 31)}, "last_on"),
        ({"day_count": 11}, "day_count"),
        ({"hour_count": 121}, "hour_count"),
        ({"seat_count": 0}, "seat_count"),
        ({"kind_code": "xx"}, "kind_code"),
        ({"employer": "示例公司", "ordered_post": "工人"}, "ordered_count"),
    ],
)
def test_course_is_refused_with_its_field_when_it_cannot_be(office: Actor, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        course(office, **wrong)

    assert (refused.value.field, Course.objects.count()) == (field, 0)


def test_course_is_not_held_when_nobody_came(office: Actor) -> None:
    one, person = course(office), worker()
    row = enrol(one.pk, person.pk, actor=office)

    with pytest.raises(Conflict) as refused:
        close_course(one.pk, actor=office, version=1)
    with pytest.raises(DatabaseError), savepoint():
        Course.objects.filter(pk=one.pk).update(state=CourseState.HELD)
    record_attendance(one.pk, [Attendance(row.pk, 1, 1)], actor=office)
    held = close_course(one.pk, actor=office, version=1)

    assert (refused.value.code, held.state, held.version) == ("course.nobody_came", "held", 2)


def test_attendance_of_a_held_course_is_corrected_but_not_to_nobody(office: Actor) -> None:
    one = course(office)
    row = attended(one, worker(), office)
    close_course(one.pk, actor=office, version=1)

    record_attendance(one.pk, [Attendance(row.pk, 4, 2)], actor=office)
    with pytest.raises(Conflict) as refused:
        record_attendance(one.pk, [Attendance(row.pk, 0, 3)], actor=office)

    assert refused.value.code == "database.course_held_was_attended"
    assert Enrolment.objects.get().attended_days == 4


def test_seats_are_counted_over_the_county_when_a_team_sees_its_own_alone(office: Actor) -> None:
    one, far = course(office, seat_count=1), worker(village_code=FAR_VILLAGE_CODE)
    near = worker()
    row = enrol(one.pk, far.pk, actor=office)

    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)
    with tenant_scope(team), pytest.raises(Conflict) as full:
        enrol(one.pk, near.pk, actor=team)
    withdraw_enrolment(row.pk, actor=office, reason="改期", version=1)
    with tenant_scope(team):
        enrol(one.pk, near.pk, actor=team)
        seen = Enrolment.objects.count()

    assert (full.value.code, seen) == ("database.course_has_a_seat_for_each", 1)
    assert Course.objects.get().enrolled_count == 1


def test_nobody_is_in_two_courses_on_one_day(office: Actor) -> None:
    person, one = worker(), course(office)
    same, next_one = (
        course(office, name="二班", starts_on=LAST, last_on=LAST, day_count=1, hour_count=8),
        course(office, name="三班", starts_on=date(2021, 6, 11), last_on=date(2021, 6, 20)),
    )
    first = enrol(one.pk, person.pk, actor=office)

    with pytest.raises(Conflict) as refused:
        enrol(same.pk, person.pk, actor=office)
    enrol(next_one.pk, person.pk, actor=office)
    withdraw_enrolment(first.pk, actor=office, reason="改班", version=1)
    enrol(same.pk, person.pk, actor=office)

    assert refused.value.code == "database.enrolment_one_course_a_day"


def test_days_over_those_of_the_course_are_refused_and_nothing_is_written(office: Actor) -> None:
    one = course(office)
    rows = [enrol(one.pk, worker().pk, actor=office) for _place in range(2)]

    with pytest.raises(DomainError) as refused, savepoint():
        record_attendance(one.pk, [Attendance(rows[0].pk, 5, 1), Attendance(rows[1].pk, 6, 1)], actor=office)
    with pytest.raises(StaleVersion):
        record_attendance(one.pk, [Attendance(rows[0].pk, 5, 9)], actor=office)
    with pytest.raises(DatabaseError), savepoint():
        Enrolment.objects.filter(pk=rows[1].pk).update(attended_days=6)

    assert (refused.value.code, Enrolment.objects.filter(attended_days__isnull=False).count()) == (
        "attendance.days",
        0,
    )


@pytest.mark.parametrize(("birth", "age"), [("20060101", "15"), ("19600101", "61")])
def test_who_is_not_of_working_age_is_refused(office: Actor, birth: str, age: str) -> None:
    one, person = course(office), worker(birth=birth)

    with pytest.raises(DomainError) as refused:
        enrol(one.pk, person.pk, actor=office)

    assert (refused.value.code, age in str(refused.value.message)) == ("enrolment.age", False)


def test_who_left_or_is_out_of_sight_is_refused(office: Actor) -> None:
    one, gone, far = course(office), worker(), worker(village_code=FAR_VILLAGE_CODE)
    gone.memberships.update(ends_on=date(2021, 5, 1), end_reason_code="01")

    with pytest.raises(DomainError) as refused:
        enrol(one.pk, gone.pk, actor=office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)
    with tenant_scope(team), pytest.raises(NotFound):
        enrol(one.pk, far.pk, actor=team)

    assert refused.value.code == "person.no_member"


def test_days_of_a_course_stand_while_somebody_is_enrolled(office: Actor) -> None:
    one = course(office)
    enrol(one.pk, worker().pk, actor=office)

    with pytest.raises(Conflict) as refused:
        amend_course(one.pk, draft(last_on=date(2021, 6, 12)), actor=office, version=1)
    changed = amend_course(one.pk, draft(seat_count=9), actor=office, version=1)

    assert (refused.value.code, changed.seat_count) == ("database.course_days_stand_while_enrolled", 9)


def test_cancelled_course_frees_its_persons_over_the_county(office: Actor) -> None:
    one, other, person = course(office), course(office, name="二班"), worker(village_code=FAR_VILLAGE_CODE)
    enrol(one.pk, person.pk, actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(clerk):
        cancelled = cancel_course(one.pk, actor=clerk, version=1, reason="师资不足")
    enrol(other.pk, person.pk, actor=office)

    assert (cancelled.state, cancelled.enrolled_count) == ("cancelled", 0)
    assert Enrolment.objects.get(course=one).withdrawal_reason == "师资不足"


def test_certificate_is_of_somebody_who_attended(office: Actor) -> None:
    one = course(office)
    row = enrol(one.pk, worker().pk, actor=office)

    with pytest.raises(Conflict) as refused:
        certify(row.pk, kind_code="1", number="A1", on=LAST, actor=office, version=1)
    record_attendance(one.pk, [Attendance(row.pk, 1, 1)], actor=office)
    with pytest.raises(DomainError) as early:
        certify(row.pk, kind_code="1", number="A1", on=FIRST, actor=office, version=2)
    done = certify(row.pk, kind_code="1", number=" A1 ", on=LAST, actor=office, version=2)
    back = withdraw_certificate(row.pk, actor=office, reason="录错", version=3)

    assert (refused.value.code, early.value.field) == ("certificate.did_not_attend", "on")
    assert (done.version, back.certificate_number, back.version) == (3, "", 4)


def test_picture_goes_where_the_person_goes_and_is_removed_when_the_person_is_forgotten(office: Actor) -> None:
    person = worker(status="candidate")
    home = home_of(person)
    # Candidates are not enrolled; this one was entered in error, and found out later.
    row = Enrolment.objects.create(course=course(office), person=person, scope_code=VILLAGE_CODE, attended_days=5)
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    written: dict[str, Any] = {"kind_code": "1", "number": "A1", "on": LAST, "actor": office}
    certify(row.pk, **written, version=1, picture=Picture(PDF, "示例人.pdf"))
    certify(row.pk, **written, version=2, picture=Picture(PDF + b"\n", "示例人.pdf"))
    kept = list(Document.objects.filter(removed_at__isnull=True).values_list("name", flat=True))
    move_household(home.pk, FAR_VILLAGE_CODE, actor=office, on=date(2021, 6, 12), reason="搬迁")

    team = actor_of(Role.VILLAGE_TEAM, area=FAR_VILLAGE_CODE)
    with tenant_scope(team):
        _document, content = read_certificate(row.pk, actor=team)
    change_status(home.pk, "close_wrong", actor=office, on=date(2021, 6, 13), reason="评议未通过")
    set_objection_period(FIRST, days=30, actor=office)
    with tenant_scope(service()) as actor:
        anonymise_unconfirmed(actor=actor, on=date(2021, 8, 1))

    assert (kept, content) == (["livelihoods.certificate"], PDF + b"\n")
    assert (Document.objects.count(), Document.objects.filter(removed_at__isnull=True).count()) == (2, 0)


def test_who_left_is_neither_counted_nor_asked_and_the_household_tells_what_was_before(office: Actor) -> None:
    person = worker()
    home = home_of(person)
    record_wish(person.pk, "03", told_on=date(2021, 3, 1), actor=office)
    row = attended(course(office), person, office)
    certify(row.pk, kind_code="1", number="A1", on=date(2021, 7, 1), actor=office, version=2)
    person.memberships.update(ends_on=date(2021, 6, 20), end_reason_code="01")

    told = [(entry.kind, entry.on, entry.name) for entry in livelihoods_of(home, office)]

    assert told == [
        ("training_wish", date(2021, 3, 1), person.name),
        ("course_attended", LAST, person.name),
    ]
    assert (wishes_by_kind(), outcomes_due(Enrolment.objects.all(), ASKED).count()) == ([], 0)


def test_households_lack_a_trained_member_until_one_attended_enough(office: Actor) -> None:
    came, short, certified = worker(), worker(), worker()
    one = course(office, seat_count=3)
    attended(one, came, office, 4)
    attended(one, short, office, 3)
    row = attended(one, certified, office, 1)
    certify(row.pk, kind_code="1", number="A1", on=LAST, actor=office, version=2)
    strict = TrainingFigures(
        youngest_age=16, oldest_age=60, least_percent=50, needs_certificate=True, counted_since=FIRST, source="文件"
    )

    lacking = set(households_without_trained(SHIPPED).values_list("id", flat=True))
    counted, (village,) = coverage_by_village(SHIPPED), coverage_today()

    assert lacking == {home_of(short).pk}
    assert (village.village_code, village.households, village.trained, village.lacking) == (VILLAGE_CODE, 3, 2, 1)
    assert counted == {VILLAGE_CODE: {"households": 3, "trained": 2}}
    assert households_without_trained(strict).count() == 2


def test_nobody_is_trained_by_a_course_that_lasts_still(office: Actor) -> None:
    attended(course(office, starts_on=today(), last_on=today() + timedelta(days=9)), worker(), office)

    assert households_without_trained(SHIPPED).count() == 1


def test_work_is_asked_on_the_last_of_a_shorter_month(office: Actor) -> None:
    attended(course(office, starts_on=date(2021, 11, 21), last_on=date(2021, 11, 30)), worker(), office)
    rows = Enrolment.objects.all()

    assert [outcomes_due(rows, date(2022, 2, day)).count() for day in (27, 28)] == [0, 1]


def test_county_sets_its_own_figures_by_year(office: Actor) -> None:
    own = TrainingFigures(
        youngest_age=18, oldest_age=55, least_percent=60, needs_certificate=False, counted_since=FIRST, source="文件"
    )
    row = set_training_rule(2021, own, actor=office)

    amended = amend_training_rule(
        row.pk,
        TrainingFigures(
            youngest_age=18,
            oldest_age=54,
            least_percent=60,
            needs_certificate=False,
            counted_since=FIRST,
            source="文件",
        ),
        actor=office,
        version=1,
    )
    with pytest.raises(Conflict):
        set_training_rule(2021, own, actor=office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    with tenant_scope(clerk), pytest.raises(NotAllowed):
        set_training_rule(2022, own, actor=clerk)

    assert (figures_of(2020).oldest_age, figures_of(2022).oldest_age, amended.version) == (60, 54, 2)


def test_wish_is_open_until_the_person_attended_a_course_of_the_kind(office: Actor) -> None:
    one, other = worker(), worker(village_code=FAR_VILLAGE_CODE)
    record_wish(one.pk, "02", told_on=date(2021, 3, 1), actor=office)
    record_wish(other.pk, "02", told_on=date(2021, 3, 1), actor=office)
    with pytest.raises(Conflict) as twice:
        record_wish(one.pk, "02", told_on=date(2021, 4, 1), actor=office)

    before = wishes_by_kind()
    attended(course(office), one, office, 1)

    assert twice.value.code == "wish.open_already"
    assert [(row.kind_code, row.persons, row.villages) for row in before] == [("02", 2, 2)]
    assert [wish.person_id for wish in open_wishes()] == [other.pk]


def test_withdrawn_wish_counts_nowhere_and_may_be_told_anew(office: Actor) -> None:
    person = worker()
    row = record_wish(person.pk, "02", told_on=FIRST, actor=office)

    withdraw_wish(row.pk, actor=office, reason="录错", version=1)
    again = record_wish(person.pk, "02", told_on=FIRST, actor=office)

    assert [wish.pk for wish in open_wishes()] == [again.pk]


def test_work_after_three_months_follows_from_the_work_record(office: Actor) -> None:
    one, worked, silent = course(office), worker(), worker()
    row, other = attended(one, worked, office), attended(one, silent, office)
    before = list(outcomes_due(Enrolment.objects.all(), ASKED).values_list("id", flat=True))
    early = outcomes_due(Enrolment.objects.all(), date(2021, 9, 9)).count()

    record_work(worked.pk, WorkDraft(starts_on=date(2021, 8, 1), employer="示例公司"), actor=office)

    assert (set(before), early) == ({row.pk, other.pk}, 0)
    assert (outcome_of(row), outcome_of(other)) == ((WorkProof.RECORD, True), (WorkProof.UNKNOWN, None))
    assert [due.pk for due in outcomes_due(Enrolment.objects.all(), ASKED)] == [other.pk]
    WorkRecord.objects.update(ends_on=date(2021, 9, 1))
    assert outcome_of(row) == (WorkProof.UNKNOWN, None)


def test_answer_on_work_is_entered_three_months_later_and_taken_back(office: Actor) -> None:
    row = attended(course(office), worker(), office)

    with pytest.raises(DomainError) as early:
        record_outcome(row.pk, "5", on=date(2021, 9, 9), actor=office, version=2)
    record_outcome(row.pk, "5", on=ASKED, actor=office, version=2)
    answered = outcome_of(row)
    record_outcome(row.pk, "", on=ASKED, actor=office, version=3)

    assert (early.value.field, answered) == ("on", (WorkProof.ANSWER, False))
    assert outcome_of(row) == (WorkProof.UNKNOWN, None)


def test_team_neither_plans_courses_nor_certifies(office: Actor) -> None:
    row = attended(course(office), worker(), office)
    team = actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)

    with tenant_scope(team):
        with pytest.raises(NotAllowed):
            course(team, name="二班")
        with pytest.raises(NotAllowed):
            certify(row.pk, kind_code="1", number="A1", on=LAST, actor=team, version=2)

    assert Enrolment.objects.get().certified_on is None
