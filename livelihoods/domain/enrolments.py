"""Enrol persons in courses, and enter their attendance, certificate and answer on work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import media_type_of
from households.domain.days import require_past
from households.domain.locking import require_reason
from livelihoods.domain.refusals import written
from livelihoods.domain.takers import age_of, lock_member
from livelihoods.enums import CERTIFICATE_SCHEME, OUTCOME_SCHEME, CourseState
from livelihoods.models import Course, Enrolment
from livelihoods.queries.figures import figures_of
from livelihoods.queries.outcomes import asked_on
from livelihoods.queries.visibility import enrolments_visible_to, find_enrolment
from registry.access import require, require_role
from registry.audit import record, record_each
from registry.domain.documents import read_document, remove_document, store_document
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.lib.text import clean
from registry.models import Document
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

MOST_LINES: Final = 200
CERTIFICATE: Final = "livelihoods.certificate"
_LONGEST_NUMBER: Final = 40
_CERTIFICATE: Final = ("certificate_kind_code", "certificate_number", "certified_on", "certificate_document")


@dataclass(frozen=True, slots=True)
class Attendance:
    """On how many days of its course somebody attended, and the version of the enrolment that this was said of."""

    enrolment_id: UUID
    days: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a certificate, under the name it came with."""

    content: bytes
    name: str


def enrol(course_id: UUID, person_id: UUID, *, actor: Actor) -> Enrolment:
    """Take a present member of working age into a course that is not closed.

    Locks: the person, and with the trigger the course. Raises: NotFound, NotAllowed, DomainError for who is too young,
    too old or no member; Conflict when the course is full or over, or the person is in another one on its days.
    """
    person, _membership = lock_member(person_id, actor=actor)
    require(actor, "livelihoods.enrol", person)
    course = _course(course_id)
    if course.state != CourseState.PLANNED:
        raise Conflict("enrolment.course_closed", _("This course is over or cancelled, and takes nobody in."))
    figures, age = figures_of(course.starts_on.year), age_of(person, course.starts_on)
    if not figures.youngest_age <= age <= figures.oldest_age:
        message = _("Courses are for persons from %(youngest)s to %(oldest)s years of age on the first day.")
        ages = {"youngest": figures.youngest_age, "oldest": figures.oldest_age}
        raise DomainError("enrolment.age", message % ages, field="person_id")
    row = Enrolment(
        course=course,
        person=person,
        scope_code=person.scope_code,
        starts_on=course.starts_on,
        last_on=course.last_on,
        day_count=course.day_count,
    )
    written(row.save)
    changes = {"course": (None, course.pk), "person": (None, person.pk)}
    record("livelihoods.enrol", row, actor=actor, changes=changes)
    return row


def withdraw_enrolment(enrolment_id: UUID, *, actor: Actor, reason: str, version: int | None) -> Enrolment:
    """Take out of a course who did not attend; the seat is free again.

    Locks: the course, then the enrolment. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    _lock_course(find_enrolment(enrolment_id, actor=actor).course_id)
    row = _locked(enrolment_id, "livelihoods.enrol", actor=actor, version=version)
    given = require_reason(reason)[:200]
    if row.attended_days:
        message = _("The person attended this course. Correct the days attended to 0 first where that is wrong.")
        raise Conflict("enrolment.attended", message)
    _change("livelihoods.withdraw_enrolment", row, actor, reason=given, withdrawn_on=today(), withdrawal_reason=given)
    return row


def record_attendance(course_id: UUID, lines: Sequence[Attendance], *, actor: Actor) -> list[Enrolment]:
    """Enter on how many days each attended, all or none; the same list again changes nothing.

    Locks: the course, then the enrolments in the order of their ids. Raises: NotFound, NotAllowed, StaleVersion,
    Conflict, DomainError.
    """
    action = "livelihoods.record_attendance"
    require_role(actor, action)
    if len(lines) > MOST_LINES:
        message = _("At most %(most)s lines are taken at once. Send the rest in a second list.")
        raise DomainError("attendance.too_many", message % {"most": MOST_LINES}, field="lines")
    course = _lock_course(course_id)
    if course.state == CourseState.CANCELLED or course.starts_on > today():
        raise Conflict("attendance.not_begun", _("This course did not begin yet, or was cancelled."))
    wanted = {line.enrolment_id: line for line in lines}
    if len(wanted) < len(lines):
        message = _("A person is named twice. Each has one line.")
        raise DomainError("attendance.twice", message, field="lines")
    rows = enrolments_visible_to(actor).filter(course=course, id__in=list(wanted)).order_by("id")
    found = list(rows.select_for_update(of=("self",)))
    if len(found) < len(wanted):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    told = [(row, _attend(row, wanted[row.pk], course, actor)) for row in found]
    record_each(action, [(row, changes) for row, changes in told if changes], actor=actor)
    return found


def certify(
    enrolment_id: UUID,
    *,
    kind_code: str,
    number: str,
    on: date,
    actor: Actor,
    version: int | None,
    picture: Picture | None = None,
) -> Enrolment:
    """Enter the certificate of who attended, or correct it; a new picture takes the place of the former one.

    Locks: the enrolment. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    row = _locked(enrolment_id, "livelihoods.certify", actor=actor, version=version)
    if not row.attended_days:
        message = _("A certificate is of somebody who attended. Enter the days attended first.")
        raise Conflict("certificate.did_not_attend", message)
    require_past(on)
    if on < row.last_on:
        message = _("The certificate is of the last day of the course or later. Check the day.")
        raise DomainError("certificate.too_early", message, field="on")
    require_code(CERTIFICATE_SCHEME, kind_code, on=on, field="kind_code")
    given = clean(number)
    if not given or len(given) > _LONGEST_NUMBER:
        message = _("The number of the certificate is missing or longer than 40 signs. Check it.")
        raise DomainError("certificate.number", message, field="number")
    former, document = row.certificate_document, _kept(picture, row, actor)
    values = dict(zip(_CERTIFICATE, (kind_code, given, on, document or former), strict=True))
    _change("livelihoods.certify", row, actor, reason="", **values)
    if document is not None and former is not None:
        remove_document(former, actor=actor, reason="replaced")
    return row


def withdraw_certificate(enrolment_id: UUID, *, actor: Actor, reason: str, version: int | None) -> Enrolment:
    """Take a certificate back that was entered in error; its picture is removed.

    Locks: the enrolment. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(enrolment_id, "livelihoods.certify", actor=actor, version=version)
    if row.certified_on is None:
        raise Conflict("certificate.none", _("There is no certificate on file."))
    given, former = require_reason(reason)[:200], row.certificate_document
    values = dict(zip(_CERTIFICATE, ("", "", None, None), strict=True))
    _change("livelihoods.withdraw_certificate", row, actor, reason=given, **values)
    if former is not None:
        remove_document(former, actor=actor, reason=given)
    return row


def record_outcome(enrolment_id: UUID, code: str, *, on: date, actor: Actor, version: int | None) -> Enrolment:
    """Enter what the person answered on work, three months after the course or later; an empty code takes it back.

    Locks: the enrolment. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    row = _locked(enrolment_id, "livelihoods.record_outcome", actor=actor, version=version)
    if not row.attended_days:
        message = _("The person did not attend this course, so nobody asks what it led to.")
        raise Conflict("outcome.did_not_attend", message)
    if not code:
        _change("livelihoods.record_outcome", row, actor, reason="", outcome_code="", outcome_on=None)
        return row
    require_past(on)
    if on < asked_on(row.last_on):
        message = _("It is asked three months after the last day of the course, or later. Check the day.")
        raise DomainError("outcome.too_early", message, field="on")
    require_code(OUTCOME_SCHEME, code, on=on, field="code")
    _change("livelihoods.record_outcome", row, actor, reason="", outcome_code=code, outcome_on=on)
    return row


def read_certificate(enrolment_id: UUID, *, actor: Actor) -> tuple[Document, bytes]:
    """Give the picture of a certificate; that somebody read it is audited.

    Raises: NotFound, NotAllowed, DomainError.
    """
    require(actor, "livelihoods.view")
    row = find_enrolment(enrolment_id, actor=actor)
    document = row.certificate_document
    if document is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    content = read_document(document, actor=actor)
    record("livelihoods.read_certificate", row, actor=actor, changes={"document": (document.pk, document.pk)})
    return document, content


def _course(course_id: UUID) -> Course:
    course = Course.objects.filter(pk=course_id).first()
    if course is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return course


def _lock_course(course_id: UUID) -> Course:
    """Lock the course before its enrolments, as whoever cancels it does: a trigger counts them there."""
    return lock_version(Course.objects.all(), course_id, None)


def _locked(enrolment_id: UUID, action: str, *, actor: Actor, version: int | None) -> Enrolment:
    row = lock_version(enrolments_visible_to(actor), enrolment_id, version)
    require(actor, action, row)
    if row.withdrawn_on is not None:
        raise Conflict("enrolment.withdrawn", _("This enrolment was withdrawn already."))
    return row


def _attend(row: Enrolment, line: Attendance, course: Course, actor: Actor) -> dict[str, tuple[Any, Any]]:
    require(actor, "livelihoods.record_attendance", row)
    if line.version is not None and line.version != row.version:
        raise stale_version()
    if row.withdrawn_on is not None:
        raise Conflict("enrolment.withdrawn", _("This enrolment was withdrawn already."))
    if not 0 <= line.days <= course.day_count:
        message = _("Nobody attends more days than the course has: %(days)s. Check the number of days.")
        raise DomainError("attendance.days", message % {"days": course.day_count}, field="days")
    if not line.days and (row.certified_on is not None or row.outcome_code):
        message = _("A certificate or an answer on work is on file for this person. Withdraw it first.")
        raise Conflict("attendance.certified", message)
    before = row.attended_days
    if before == line.days:
        return {}
    row.attended_days = line.days
    written(lambda: row.touch().save(update_fields=["attended_days", "version", "updated_at"]))
    return {"attended_days": (before, line.days)}


def _change(verb: str, row: Enrolment, actor: Actor, *, reason: str, **values: Any) -> None:
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return
    for name, value in values.items():
        setattr(row, name, value)
    written(lambda: row.touch().save(update_fields=[*changes, "version", "updated_at"]))
    record(verb, row, actor=actor, changes=changes, reason=reason)


def _kept(picture: Picture | None, row: Enrolment, actor: Actor) -> Document | None:
    if picture is None:
        return None
    media_type = media_type_of(picture.content, picture.name)
    # The name that it came with may name a person, and would stay when the picture is removed.
    return store_document(
        picture.content,
        name=CERTIFICATE,
        media_type=media_type,
        kind=CERTIFICATE,
        actor=actor,
        scope_code=row.scope_code,
    )
