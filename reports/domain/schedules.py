"""Schedules: set by an office, by a rule of the calendar and with recipients of three kinds."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from periods.enums import StageKind
from registry import audit
from registry.access import require
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.jobs import cancel_due, schedule_due
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, is_code, level_of, subtree
from registry.lib.periods import day_of
from registry.tenancy.context import Actor
from reports.definitions.calendar import ABOUT_OF, MONTHS, Rule, next_moment, span_before
from reports.domain.runs import require_whole_county
from reports.domain.schedulable import Schedulable, find_schedulable
from reports.domain.stages import next_reminder
from reports.enums import About, AddressState, DayRule, MailForm, Rhythm, Shift
from reports.models import OutsideAddress, ReportSchedule, ScheduleRecipient
from reports.queries.recipients import readers_among, role_may_read

SCHEDULE_DUE: Final = "reports.schedule"
MOST_WORKING_DAYS: Final = 23
Post = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """What an office sets: report, rule of the calendar, recipients, active or not.

    `day_of_month` is the day (1 to 31) or the n-th working day (1 to 23); `posts` are roles, each with a division of 12
    digits; an empty `area_code` is the whole county.
    """

    report_id: str
    day_of_month: int
    hour: int
    is_active: bool
    recipient_ids: frozenset[UUID] = frozenset()
    rhythm: str = Rhythm.MONTHLY
    weekday: int = 1
    month: int = 1
    day_rule: str = DayRule.DAY
    shift: str = Shift.NONE
    stage: str = ""
    working_days: int = 3
    about: str = About.MONTH
    form: str = MailForm.ATTACHMENT
    area_code: str = ""
    posts: frozenset[Post] = frozenset()
    address_ids: frozenset[UUID] = frozenset()


_OTHERS: Final = frozenset({"recipient_ids", "posts", "address_ids"})


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom a schedule names."""

    users: frozenset[UUID] = frozenset()
    posts: frozenset[Post] = frozenset()
    addresses: frozenset[UUID] = frozenset()

    def plain(self) -> list[str]:
        """Give them for the audit trail: ids, roles and divisions."""
        posts = (f"{role} {division}" for role, division in self.posts)
        return sorted([*map(str, self.users), *posts, *map(str, self.addresses)])


def set_schedule(
    draft: ScheduleDraft, *, actor: Actor, now: datetime, schedule_id: UUID | None = None, version: int | None = None
) -> ReportSchedule:
    """Make a schedule, or change the one of that id at that version.

    Locks: the schedule. Raises: NotAllowed; DomainError that names the field; StaleVersion.
    """
    require(actor, "reports.schedule")
    require_whole_county(actor)
    row = (
        lock_version(ReportSchedule.objects.all(), schedule_id, version).touch()
        if schedule_id is not None
        else ReportSchedule(scope_code=actor.tenant_code)
    )
    former = _named(row) if schedule_id is not None else _Named()
    check_rule(draft)
    _check_recipients(draft, former, find_schedulable(draft.report_id), actor=actor)
    values = {name: value for name, value in asdict(draft).items() if name not in _OTHERS}
    before = {name: getattr(row, name) if schedule_id is not None else None for name in values}
    former_about = row.about if schedule_id is not None else ""
    for name, value in values.items():
        setattr(row, name, value)
    row.next_due_at = _next_of(row, former_about=former_about, now=now) if draft.is_active else None
    row.save()
    named = _Named(draft.recipient_ids, draft.posts, draft.address_ids)
    _set_recipients(row, former, named)
    _set_due(row, now=now)
    changes = {name: (before[name], value) for name, value in values.items() if before[name] != value}
    if former != named:
        changes["recipients"] = (former.plain(), named.plain())
    audit.record("reports.set_schedule", row, actor=actor, changes=changes)
    return row


def _named(row: ReportSchedule) -> _Named:
    rows = list(row.recipients.all())
    return _Named(
        users=frozenset(one.user_id for one in rows if one.user_id is not None),
        posts=frozenset((one.role, one.division_code) for one in rows if one.role),
        addresses=frozenset(one.outside_id for one in rows if one.outside_id is not None),
    )


# --- what is refused --------------------------------------------------------------------------------------------------
def check_rule(draft: ScheduleDraft) -> None:
    """See that the rule names days that exist, and that report and rhythm go together.

    Raises: DomainError `report.unknown` or `schedule.…` with the field.
    """
    report = find_schedulable(draft.report_id)
    _check_word(draft.rhythm, Rhythm, "rhythm")
    _check_word(draft.day_rule, DayRule, "day_rule")
    _check_word(draft.shift, Shift, "shift")
    _check_word(draft.about, About, "about")
    _check_word(draft.form, MailForm, "form")
    if not 0 <= draft.hour <= 23:
        raise DomainError("schedule.hour", _("Choose an hour from 0 to 23."), field="hour")
    if not 1 <= draft.weekday <= 7:
        raise DomainError("schedule.weekday", _("Choose a weekday from 1 (Monday) to 7 (Sunday)."), field="weekday")
    _check_day(draft)
    _check_stage(draft)
    if draft.about not in set(ABOUT_OF[Rhythm(draft.rhythm)]) & set(report.abouts):
        raise DomainError(
            "schedule.about",
            _(
                "This report cannot be about that at this rhythm. A report of a month goes out every month, one of a "
                "quarter every quarter, and so on; choose another rhythm, or another thing that it is about."
            ),
            field="about",
        )
    if report.holds_persons and draft.form != MailForm.LINK:
        raise DomainError(
            "schedule.persons_attached",
            _("This report holds persons, who are in no mail. Choose the link that needs a login."),
            field="form",
        )


def _check_word(value: str, choices: Any, field: str) -> None:  # noqa: ANN401  (a class of choices)
    if value not in choices.values:
        raise DomainError(f"schedule.{field}", _("Choose one of those offered."), field=field)


def _check_day(draft: ScheduleDraft) -> None:
    by_working_days = draft.day_rule == DayRule.WORKING_DAY
    most = MOST_WORKING_DAYS if by_working_days else 31
    if not 1 <= draft.day_of_month <= most:
        sentence = (
            _("Choose a working day from 1 to 23; a month with fewer takes its last one.")
            if by_working_days
            else _("Choose a day from 1 to 31; a shorter month takes its last day.")
        )
        raise DomainError("schedule.day", sentence, field="day_of_month")
    if not 1 <= draft.month <= MONTHS.get(Rhythm(draft.rhythm), 12):
        raise DomainError(
            "schedule.month",
            _("Choose a month that the span has: 1 to 3 of a quarter, 1 to 6 of a half-year, 1 to 12 of a year."),
            field="month",
        )


def _check_stage(draft: ScheduleDraft) -> None:
    if (draft.rhythm == Rhythm.STAGE) != bool(draft.stage):
        raise DomainError(
            "schedule.stage", _("Choose a stage for a reminder before its end, and none otherwise."), field="stage"
        )
    if draft.stage and draft.stage not in StageKind.values:
        raise DomainError("schedule.stage", _("Choose one of those offered."), field="stage")
    if not 0 <= draft.working_days <= 60:
        raise DomainError("schedule.working_days", _("Choose from 0 to 60 working days."), field="working_days")


def _check_recipients(draft: ScheduleDraft, former: _Named, report: Schedulable, *, actor: Actor) -> None:
    """See that everybody who is added may get the report, and that an active schedule names anybody at all."""
    _check_area(draft, report, actor=actor)
    readership = report.readership(draft.area_code)
    added = draft.recipient_ids - former.users
    if added - readers_among(added, actor=actor, readership=readership):
        raise DomainError(
            "schedule.recipient",
            _("Every recipient must be a user of this county who may read its reports. Choose from the list."),
            field="recipients",
        )
    for role, division in sorted(draft.posts - former.posts):
        if not (
            role in Role.values
            and is_code(division)
            and role_may_read(role, division, actor=actor, readership=readership)
        ):
            raise DomainError(
                "schedule.role",
                _("Holders of this role for this division may not read this report. Choose another role or division."),
                field="posts",
            )
    _check_addresses(draft, former, report)
    if draft.is_active and not (draft.recipient_ids or draft.posts or draft.address_ids):
        raise DomainError("schedule.no_recipient", _("Choose at least one recipient."), field="recipients")


def _check_area(draft: ScheduleDraft, report: Schedulable, *, actor: Actor) -> None:
    code = draft.area_code
    if not code:
        return
    if report.is_of_county and code != actor.tenant_code:
        message = _("This report is about the whole county. Choose the county.")
        raise DomainError("schedule.area", message, field="area_code")
    # Figures of one village may be few enough to tell who is meant: those are read after a login.
    is_ours = is_code(code) and subtree(actor.tenant_code).includes(subtree(code)) and level_of(code) != Level.VILLAGE
    if not is_ours:
        raise DomainError("schedule.area", _("Choose the county or a township of it."), field="area_code")


def _check_addresses(draft: ScheduleDraft, former: _Named, report: Schedulable) -> None:
    if not draft.address_ids:
        return
    if report.holds_persons or draft.form == MailForm.LINK:
        raise DomainError(
            "schedule.outside_without_login",
            _("An office outside cannot log in and gets no persons. Attach a report without persons, or leave it out."),
            field="addresses",
        )
    added = draft.address_ids - former.addresses
    usable = OutsideAddress.objects.filter(pk__in=added, state=AddressState.ALLOWED).values_list("pk", flat=True)
    if added - set(usable):
        raise DomainError(
            "schedule.address",
            _("The security administrator has not allowed this address. Ask for it first."),
            field="addresses",
        )


# --- what is written --------------------------------------------------------------------------------------------------
def _set_recipients(row: ReportSchedule, former: _Named, named: _Named) -> None:
    present = ScheduleRecipient.objects.filter(schedule=row)
    present.filter(user_id__in=former.users - named.users).delete()
    present.filter(outside_id__in=former.addresses - named.addresses).delete()
    gone = [
        pk
        for pk, *post in present.values_list("pk", "role", "division_code")
        if tuple(post) in former.posts - named.posts
    ]
    present.filter(pk__in=gone).delete()
    new: list[dict[str, Any]] = [
        *({"user_id": user_id} for user_id in sorted(named.users - former.users)),
        *({"role": role, "division_code": code} for role, code in sorted(named.posts - former.posts)),
        *({"outside_id": address_id} for address_id in sorted(named.addresses - former.addresses)),
    ]
    ScheduleRecipient.objects.bulk_create(
        [ScheduleRecipient(schedule=row, scope_code=row.scope_code, **values) for values in new]
    )


def _set_due(row: ReportSchedule, *, now: datetime) -> None:
    """Note when the tick looks at the schedule; one that waits for stages is looked at now and then each day."""
    if not row.is_active:
        cancel_due(row.tenant_id, SCHEDULE_DUE, str(row.pk))
    elif row.rhythm == Rhythm.STAGE:
        schedule_due(row.tenant_id, SCHEDULE_DUE, str(row.pk), now)
    elif row.next_due_at is not None:
        schedule_due(row.tenant_id, SCHEDULE_DUE, str(row.pk), row.next_due_at)


def _next_of(row: ReportSchedule, *, former_about: str, now: datetime) -> datetime | None:
    """Give the next moment of a changed schedule: at once where the change would leave out what was due."""
    if row.rhythm == Rhythm.STAGE:
        return next_reminder(row, now=now)
    due_at = next_due(row.rule, after=now)
    former = row.next_due_at
    if former is None or former_about != row.about or row.about == About.DAY:
        return due_at
    about = About(row.about)
    is_left_out = span_before(about, day_of(former)).last_day < span_before(about, day_of(due_at)).last_day
    return min(former, now) if is_left_out else due_at


def next_due(rule: Rule, *, after: datetime) -> datetime:
    """Give the first moment of a rule after `after`; a rule of stages has none of its own.

    Raises: ValueError for a rule of stages (a programming error).
    """
    found = next_moment(rule, after=after)
    if found is None:
        raise ValueError("The days of stages are rows.")
    return found.at


def names_of(posts: Collection[Post]) -> list[str]:
    """Name roles with their divisions, for pages."""
    return [f"{Role(role).label} {division}" for role, division in sorted(posts)]
