"""Forms of the reports: which month to make, and when to send it to whom."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import CLASSES, SiteForm
from registry.models import User
from reports.definitions.catalogue import REPORTS
from reports.definitions.text import Language
from reports.models import ReportSchedule


def _number(least: int, most: int) -> forms.NumberInput:
    """Give a field for a whole number; the domain checks the limits again."""
    return forms.NumberInput(attrs={"class": CLASSES, "min": least, "max": most})


class MonthForm(SiteForm):
    """Choose the month of a report."""

    month = forms.CharField(
        label=_("Month"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2020-12"}),
        help_text=_("A month that has ended, for example 2020-12."),
    )


class ScheduleForm(SiteForm):
    """Set day, hour and recipients of a report."""

    report_id = forms.ChoiceField(label=_("Report"))
    day_of_month = forms.IntegerField(label=_("Day of the month"), widget=_number(1, 28), help_text=_("1 to 28."))
    hour = forms.IntegerField(label=_("Hour"), widget=_number(0, 23), help_text=_("0 to 23, Beijing time."))
    recipients = forms.MultipleChoiceField(label=_("Recipients"), required=False, widget=forms.CheckboxSelectMultiple)
    is_active = forms.BooleanField(label=_("Active"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: Language, users: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = cast("forms.ChoiceField", self.fields["report_id"])
        recipients = cast("forms.ChoiceField", self.fields["recipients"])
        reports.choices = [(report.id, report.title.in_language(language)) for report in REPORTS.values()]
        recipients.choices = [(str(user.pk), _recipient_label(user)) for user in users]

    @property
    def recipient_ids(self) -> frozenset[UUID]:
        """The chosen users."""
        return frozenset(UUID(value) for value in self.cleaned_data["recipients"])


def _recipient_label(user: User) -> str:
    """Name a user, and say what keeps mails from them: they are sent to verified addresses only."""
    if user.email and user.email_verified_at is not None:
        return f"{user.name} ({user.username})"
    return gettext("%(name)s (%(username)s): address not verified, gets no mail") % {
        "name": user.name,
        "username": user.username,
    }


def initial_of(schedule: ReportSchedule | None) -> dict[str, Any]:
    """Give what the form shows first."""
    if schedule is None:
        return {"day_of_month": 5, "hour": 8, "is_active": True}
    chosen = [str(pk) for pk in schedule.recipients.values_list("user_id", flat=True)]
    return {
        "report_id": schedule.report_id,
        "day_of_month": schedule.day_of_month,
        "hour": schedule.hour,
        "is_active": schedule.is_active,
        "recipients": chosen,
        "version": schedule.version,
    }
