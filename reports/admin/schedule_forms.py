"""The form of a schedule: report, rule of the calendar, recipients of three kinds."""

from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from periods.enums import StageKind
from registry.admin.forms import CLASSES, SiteForm
from registry.enums import Role
from registry.models import User
from registry.tenancy.context import Actor
from reports.definitions.text import Language
from reports.domain.schedulable import Schedulable, schedulable
from reports.domain.schedules import ScheduleDraft
from reports.enums import About, DayRule, MailForm, Rhythm, Shift
from reports.models import OutsideAddress, ReportSchedule
from reports.queries.recipients import choosable_addresses, choosable_recipients, rows_of
from reports.queries.schedule_places import PostOfCounty, areas_of_county, posts_of_county

WEEKDAYS: Final = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


def _number(least: int, most: int) -> forms.NumberInput:
    """Give a field for a whole number; the domain checks the limits again."""
    return forms.NumberInput(attrs={"class": CLASSES, "min": least, "max": most})


class ScheduleForm(SiteForm):
    """Set report, rule of the calendar and recipients."""

    report_id = forms.ChoiceField(label=_("Report"))
    area_code = forms.ChoiceField(label=_("Division"), required=False)
    about = forms.ChoiceField(label=_("What it is about"), choices=About.choices)
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=Rhythm.choices)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=WEEKDAYS, coerce=int, help_text=_("Of a weekly schedule.")
    )
    month = forms.IntegerField(
        label=_("Month of the span"),
        widget=_number(1, 12),
        help_text=_("1 to 3 of a quarter, 1 to 6 of a half-year, 1 to 12 of a year; 1 for every month."),
    )
    day_rule = forms.ChoiceField(label=_("Which day"), choices=DayRule.choices)
    day_of_month = forms.IntegerField(
        label=_("Number of the day"),
        widget=_number(1, 31),
        help_text=_("1 to 31, the last day of shorter months; of working days 1 to 23."),
    )
    shift = forms.ChoiceField(label=_("When offices do not work that day"), choices=Shift.choices)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", "–"), *StageKind.choices], help_text=_("Of a campaign.")
    )
    working_days = forms.IntegerField(label=_("Working days before it ends"), widget=_number(0, 60))
    hour = forms.IntegerField(label=_("Hour"), widget=_number(0, 23), help_text=_("0 to 23, Beijing time."))
    form = forms.ChoiceField(label=_("What the mail holds"), choices=MailForm.choices)
    recipients = forms.MultipleChoiceField(label=_("Recipients"), required=False, widget=forms.CheckboxSelectMultiple)
    posts = forms.MultipleChoiceField(
        label=_("Whoever holds this post on the day"), required=False, widget=forms.CheckboxSelectMultiple
    )
    addresses = forms.MultipleChoiceField(
        label=_("Offices outside"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("Active"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, schedule: ReportSchedule | None, actor: Actor, language: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("report_id", [(row.id, _report_label(row, language)) for row in schedulable().values()])
        self._offer("area_code", [("", gettext("The whole county")), *areas_of_county(actor)])
        users = choosable_recipients(schedule, actor=actor)
        self._offer("recipients", [(str(user.pk), _user_label(user)) for user in users])
        self._offer("posts", [(post_key(post), _post_label(post)) for post in posts_of_county(actor)])
        rows = choosable_addresses(schedule)
        self._offer("addresses", [(str(row.pk), _address_label(row)) for row in rows])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def draft(self) -> ScheduleDraft:
        """Give what was entered."""
        values = self.cleaned_data
        plain = {name: values[name] for name in _PLAIN}
        return ScheduleDraft(
            **plain,
            recipient_ids=frozenset(UUID(value) for value in values["recipients"]),
            posts=frozenset(_post_of(value) for value in values["posts"]),
            address_ids=frozenset(UUID(value) for value in values["addresses"]),
        )


_PLAIN: Final = (
    "report_id", "area_code", "about", "rhythm", "weekday", "month", "day_rule", "day_of_month", "shift", "stage",
    "working_days", "hour", "form", "is_active",
)  # fmt: skip


def post_key(post: PostOfCounty) -> str:
    """Give the text by which a form knows a role with its division."""
    return f"{post.role}:{post.division_code}"


def _post_of(key: str) -> tuple[str, str]:
    role, _colon, division = key.partition(":")
    return role, division


def _post_label(post: PostOfCounty) -> str:
    return f"{Role(post.role).label} · {post.division_name}"


def _report_label(row: Schedulable, language: Language) -> str:
    """Name a report, and say which go out as a link alone."""
    title = row.title.in_language(language)
    return gettext("%(title)s (with persons: a link alone)") % {"title": title} if row.holds_persons else title


def _user_label(user: User) -> str:
    """Name a user, and say what keeps mails from them: they are sent to verified addresses only."""
    names = {"name": user.name, "username": user.username}
    if user.email and user.email_verified_at is not None:
        return f"{user.name} ({user.username})"
    if user.email_bounced_at is not None:
        return gettext("%(name)s (%(username)s): mail came back, gets no mail") % names
    return gettext("%(name)s (%(username)s): address not verified, gets no mail") % names


def _address_label(row: OutsideAddress) -> str:
    return (
        row.name
        if row.is_usable
        else gettext("%(name)s: not verified or not allowed, gets no mail") % {"name": row.name}
    )


def initial_of(schedule: ReportSchedule | None) -> dict[str, Any]:
    """Give what the form shows first."""
    shown = schedule or ReportSchedule()
    values: dict[str, Any] = {name: getattr(shown, name) for name in _PLAIN}
    if schedule is None:
        return values
    rows = list(rows_of(schedule))
    return values | {
        "recipients": [str(row.user_id) for row in rows if row.user_id is not None],
        "posts": [f"{row.role}:{row.division_code}" for row in rows if row.role],
        "addresses": [str(row.outside_id) for row in rows if row.outside_id is not None],
        "version": schedule.version,
    }
