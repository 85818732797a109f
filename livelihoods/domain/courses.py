"""Plan courses, and close them as held or cancelled."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from livelihoods.domain.refusals import NOBODY_CAME, written
from livelihoods.enums import KIND_SCHEME, CourseState
from livelihoods.models import Course, Enrolment
from livelihoods.workflow import COURSE_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code

_ACTION: Final = "livelihoods.keep_courses"
_TEXTS: Final = ("name", "organiser", "place", "employer", "ordered_post")
_NAMED: Final = ("name", "organiser", "place")
_MOST: Final = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDraft:
    """A course about to be planned; one that an employer ordered names the post and how many are wanted."""

    name: str
    kind_code: str
    organiser: str
    place: str
    starts_on: date
    last_on: date
    day_count: int
    hour_count: int
    seat_count: int
    employer: str = ""
    ordered_post: str = ""
    ordered_count: int | None = None


def plan_course(draft: CourseDraft, *, actor: Actor) -> Course:
    """Plan a course for the county, or enter one that was held. Raises: NotAllowed, Conflict, DomainError."""
    require(actor, _ACTION)
    values = _checked(draft)
    row = Course(scope_code=actor.tenant_code, **values)
    written(row.save)
    changes: dict[str, tuple[Any, Any]] = {name: (None, value) for name, value in values.items() if value}
    record("livelihoods.plan_course", row, actor=actor, changes=changes)
    return row


def amend_course(course_id: UUID, draft: CourseDraft, *, actor: Actor, version: int | None) -> Course:
    """Change a planned course; its days stand while somebody is enrolled.

    Locks: the course. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(Course.objects.all(), course_id, version)
    if row.state != CourseState.PLANNED:
        raise Conflict("course.closed", _("This course was closed or cancelled already."))
    values = _checked(draft)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(lambda: row.touch().save(update_fields=[*values, "version", "updated_at"]))
    record("livelihoods.amend_course", row, actor=actor, changes=changes)
    return row


def close_course(course_id: UUID, *, actor: Actor, version: int | None) -> Course:
    """Close a course as held: its last day has come, and somebody attended.

    Locks: the course. Raises: NotFound, NotAllowed, StaleVersion, Conflict when it is closed, lasts or had nobody.
    """
    row = _locked(course_id, CourseState.HELD, actor=actor, version=version)
    if row.last_on > today():
        raise Conflict("course.lasts", _("The course lasts still. Close it on its last day or later."))
    if not row.attended_count:
        raise Conflict("course.nobody_came", NOBODY_CAME)
    row.state = CourseState.HELD
    written(lambda: row.touch().save(update_fields=["state", "version", "updated_at"]))
    changes = {"state": (CourseState.PLANNED, CourseState.HELD)}
    record("livelihoods.close_course", row, actor=actor, changes=changes)
    return row


def cancel_course(course_id: UUID, *, actor: Actor, version: int | None, reason: str) -> Course:
    """Cancel a course that nobody attended; all who are enrolled are withdrawn, also beyond the actor's area.

    Locks: the course. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(course_id, CourseState.CANCELLED, actor=actor, version=version)
    given = require_reason(reason)[:200]
    if row.attended_count:
        message = _("Somebody attended this course. Close it as held, or correct the attendance first.")
        raise Conflict("course.was_attended", message)
    before = row.enrolled_count
    with in_whole_county(actor):
        enrolled = Enrolment.objects.filter(course=row, withdrawn_on__isnull=True)
        values: dict[str, Any] = {"withdrawn_on": today(), "withdrawal_reason": given, "updated_at": timezone.now()}
        written(lambda: enrolled.update(**values, version=F("version") + 1))
    row.state, row.cancel_reason = CourseState.CANCELLED, given
    written(lambda: row.touch().save(update_fields=["state", "cancel_reason", "version", "updated_at"]))
    changes = {"state": (CourseState.PLANNED, CourseState.CANCELLED), "enrolled_count": (before, 0)}
    record("livelihoods.cancel_course", row, actor=actor, changes=changes, reason=given)
    row.refresh_from_db(fields=["enrolled_count"])
    return row


def _locked(course_id: UUID, state: str, *, actor: Actor, version: int | None) -> Course:
    require(actor, _ACTION)
    row = lock_version(Course.objects.all(), course_id, version)
    if state not in COURSE_STEPS[row.state]:
        raise Conflict("course.closed", _("This course was closed or cancelled already."))
    return row


def _checked(draft: CourseDraft) -> dict[str, Any]:
    """Give the columns of a draft that passed every check. Raises: DomainError with the field at fault."""
    texts: dict[str, Any] = {name: clean(getattr(draft, name)) for name in _TEXTS}
    given = replace(draft, **texts)
    for name in _NAMED:
        if not getattr(given, name):
            message = _("A course says what it is, who holds it, and where. Fill in what is missing.")
            raise DomainError("course.incomplete", message, field=name)
    if not date(2000, 1, 1) <= given.starts_on <= given.last_on < date(2101, 1, 1):
        message = _("The last day comes on the first day or later, between the years 2000 and 2100. Check both days.")
        raise DomainError("course.days", message, field="last_on")
    require_code(KIND_SCHEME, given.kind_code, on=given.starts_on, field="kind_code")
    if not 1 <= given.day_count <= min((given.last_on - given.starts_on).days + 1, _MOST):
        message = _(
            "The days of teaching are at least one, and at most the days from the first to the last. Check them."
        )
        raise DomainError("course.day_count", message, field="day_count")
    if not 1 <= given.hour_count <= min(given.day_count * 24, _MOST):
        message = _("The hours are at least one, and fit into the days of teaching. Check them.")
        raise DomainError("course.hour_count", message, field="hour_count")
    if not 1 <= given.seat_count <= _MOST:
        raise DomainError("course.seats", _("A course has a seat at least. Check the number."), field="seat_count")
    _check_order(given)
    return asdict(given) | {"ordered_count": given.ordered_count or None}


def _check_order(given: CourseDraft) -> None:
    told = (bool(given.employer), bool(given.ordered_post), bool(given.ordered_count))
    if (any(told) and not all(told)) or not 0 <= (given.ordered_count or 0) <= _MOST:
        message = _(
            "An employer's order names the employer, the post, and how many persons are wanted. Fill in all three."
        )
        field = ("employer", "ordered_post", "ordered_count")[told.index(False)] if not all(told) else "ordered_count"
        raise DomainError("course.order", message, field=field)
