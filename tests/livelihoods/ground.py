"""Households with members of working age, and courses that are over."""

from datetime import date
from itertools import count
from typing import Any, Final

from households.models import Household, Person
from livelihoods.domain.courses import CourseDraft, plan_course
from livelihoods.domain.enrolments import Attendance, enrol, record_attendance
from livelihoods.models import Course, Enrolment
from registry.tenancy.context import Actor
from tests.factories.households import PersonDraftFactory, document_number, registered

FIRST: Final = date(2021, 6, 1)
LAST: Final = date(2021, 6, 10)
_serial = count(1)


def worker(**values: Any) -> Person:
    """Register a household of one of 36 years in 2021, and give that person."""
    born = values.pop("birth", "19850101")
    number = document_number(next(_serial) * 2 + 1, birth=born)
    member = PersonDraftFactory.build(relation_code="01", sex_code="1", document_number=number)
    home = registered(members=(member,), **values)
    return Person.objects.get(memberships__household=home)


def home_of(person: Person) -> Household:
    return Household.objects.get(memberships__person=person, memberships__ends_on__isnull=True)


def draft(**values: Any) -> CourseDraft:
    """Give a course of ten days, five of them of teaching, with two seats."""
    names: dict[str, Any] = {"name": "养殖培训班", "kind_code": "02", "organiser": "县人社局", "place": "示例乡"}
    days: dict[str, Any] = {"starts_on": FIRST, "last_on": LAST, "day_count": 5, "hour_count": 40, "seat_count": 2}
    return CourseDraft(**(names | days | values))


def course(actor: Actor, **values: Any) -> Course:
    return plan_course(draft(**values), actor=actor)


def attended(one: Course, person: Person, actor: Actor, days: int = 5) -> Enrolment:
    """Enrol a person and say on how many days they came."""
    row = enrol(one.pk, person.pk, actor=actor)
    return record_attendance(one.pk, [Attendance(row.pk, days, row.version)], actor=actor)[0]
