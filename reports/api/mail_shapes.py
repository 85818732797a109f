"""Shapes of schedules, mails, addresses outside and what came back."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from periods.enums import StageKind
from registry.enums import Role
from reports.enums import (
    About,
    AddressState,
    BounceKind,
    DayRule,
    DeliveryReason,
    DeliveryState,
    MailForm,
    OccasionState,
    Rhythm,
    Shift,
)
from reports.models import Bounce, Delivery, OutsideAddress, ReportSchedule


class RecipientPost(serializers.Serializer[Any]):
    """Whoever holds a role for a division on the day."""

    role = serializers.ChoiceField(Role.choices)
    division_code = serializers.RegexField(r"^\d{12}$")


class ScheduleShape(serializers.Serializer[Any]):
    """A schedule: report, rule of the calendar, recipients."""

    report = serializers.CharField(max_length=40, help_text="dynamic-management")
    area_code = serializers.RegexField(
        r"^(\d{12})?$", required=False, default="", allow_blank=True, help_text="empty: the whole county"
    )
    about = serializers.ChoiceField(About.choices, required=False, default=About.MONTH)
    rhythm = serializers.ChoiceField(Rhythm.choices, required=False, default=Rhythm.MONTHLY)
    weekday = serializers.IntegerField(min_value=1, max_value=7, required=False, default=1)
    month = serializers.IntegerField(min_value=1, max_value=12, required=False, default=1)
    day_rule = serializers.ChoiceField(DayRule.choices, required=False, default=DayRule.DAY)
    day_of_month = serializers.IntegerField(min_value=1, max_value=31, required=False, default=5)
    shift = serializers.ChoiceField(Shift.choices, required=False, default=Shift.NONE)
    stage = serializers.ChoiceField(StageKind.choices, required=False, default="", allow_blank=True)
    working_days = serializers.IntegerField(min_value=0, max_value=60, required=False, default=3)
    hour = serializers.IntegerField(min_value=0, max_value=23, required=False, default=8)
    form = serializers.ChoiceField(MailForm.choices, required=False, default=MailForm.ATTACHMENT)
    is_active = serializers.BooleanField(required=False, default=True)
    recipients = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list, help_text="user names"
    )
    posts = RecipientPost(many=True, required=False, default=list)
    addresses = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, help_text="ids of addresses outside"
    )


class MomentRow(serializers.Serializer[Any]):
    """A time to come; `is_sure` is false where the public calendar of its year is not known."""

    at = serializers.DateTimeField()
    is_sure = serializers.BooleanField()


class OccasionRow(serializers.Serializer[Any]):
    """What became of a time that was due."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(OccasionState.choices)
    run_id = serializers.UUIDField(allow_null=True)
    error_code = serializers.CharField(allow_blank=True)
    error = serializers.CharField(allow_blank=True)


class ScheduleRow(serializers.Serializer[Any]):
    """A schedule in the list."""

    id = serializers.UUIDField()
    report = serializers.CharField()
    area_code = serializers.CharField(allow_blank=True)
    about = serializers.ChoiceField(About.choices)
    rhythm = serializers.ChoiceField(Rhythm.choices)
    weekday = serializers.IntegerField()
    month = serializers.IntegerField()
    day_rule = serializers.ChoiceField(DayRule.choices)
    day_of_month = serializers.IntegerField()
    shift = serializers.ChoiceField(Shift.choices)
    stage = serializers.CharField(allow_blank=True)
    working_days = serializers.IntegerField()
    hour = serializers.IntegerField()
    form = serializers.ChoiceField(MailForm.choices)
    is_active = serializers.BooleanField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class ScheduleDetailRow(ScheduleRow):
    """A schedule with its recipients, its next times and what became of the last ones."""

    recipients = serializers.ListField(child=serializers.CharField())
    posts = RecipientPost(many=True)
    addresses = serializers.ListField(child=serializers.UUIDField())
    next_times = MomentRow(many=True)
    occasions = OccasionRow(many=True)


class MailRow(serializers.Serializer[Any]):
    """A mail in the log; whom it is for by user name or office, never by address."""

    id = serializers.UUIDField()
    run_id = serializers.UUIDField()
    report = serializers.CharField()
    month = serializers.CharField(allow_null=True, help_text="2020-12")
    schedule_id = serializers.UUIDField(allow_null=True)
    username = serializers.CharField(allow_null=True)
    office = serializers.CharField(allow_null=True)
    form = serializers.ChoiceField(MailForm.choices)
    state = serializers.ChoiceField(DeliveryState.choices)
    reason = serializers.ChoiceField(DeliveryReason.choices, allow_blank=True)
    smtp_code = serializers.IntegerField(allow_null=True)
    attempts = serializers.IntegerField()
    requests = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    sending_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)


class AddressShape(serializers.Serializer[Any]):
    """An office outside that is to get reports without persons."""

    name = serializers.CharField(max_length=100)
    email = serializers.EmailField()
    purpose = serializers.CharField(max_length=200)
    language = serializers.ChoiceField(["zh-hans", "en"], required=False, default="zh-hans")


class AddressDecision(serializers.Serializer[Any]):
    """Whether an address is allowed."""

    is_allowed = serializers.BooleanField()


class AddressRow(AddressShape):
    """An address outside and where it stands."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(AddressState.choices)
    verified_at = serializers.DateTimeField(allow_null=True)
    bounced_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class BounceRow(serializers.Serializer[Any]):
    """A mail that came back: whose, how, and with which code."""

    id = serializers.UUIDField()
    delivery_id = serializers.UUIDField()
    attempt = serializers.IntegerField()
    username = serializers.CharField(allow_null=True)
    office = serializers.CharField(allow_null=True)
    kind = serializers.ChoiceField(BounceKind.choices)
    status_code = serializers.CharField(allow_blank=True)
    smtp_code = serializers.IntegerField(allow_null=True)
    received_at = serializers.DateTimeField()


class ScheduleFilter(django_filters.FilterSet):
    """Narrow the schedules."""

    report = django_filters.CharFilter("report_id")
    is_active = django_filters.BooleanFilter("is_active")

    class Meta:
        model = ReportSchedule
        fields: ClassVar[list[str]] = []


class MailFilter(django_filters.FilterSet):
    """Narrow the log of mails."""

    state = django_filters.ChoiceFilter(choices=DeliveryState.choices)
    report = django_filters.CharFilter("run__report_id")
    run = django_filters.UUIDFilter("run_id")
    schedule = django_filters.UUIDFilter("run__schedule_id")
    username = django_filters.CharFilter("recipient__username")
    since = django_filters.IsoDateTimeFilter("created_at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter("created_at", lookup_expr="lt")

    class Meta:
        model = Delivery
        fields: ClassVar[list[str]] = []


class AddressFilter(django_filters.FilterSet):
    """Narrow the addresses."""

    state = django_filters.ChoiceFilter(choices=AddressState.choices)

    class Meta:
        model = OutsideAddress
        fields: ClassVar[list[str]] = []


class BounceFilter(django_filters.FilterSet):
    """Narrow what came back."""

    kind = django_filters.ChoiceFilter(choices=BounceKind.choices)

    class Meta:
        model = Bounce
        fields: ClassVar[list[str]] = []
