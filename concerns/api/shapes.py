"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from concerns.domain.requests import MOST_LINES
from concerns.enums import Against, GrievanceState, Level, OwnerRole, Reach, Reply, RequestState, Verdict
from concerns.models import Grievance, HelpRequest
from concerns.queries.grievances import late
from concerns.queries.requests import overdue
from households.queries.lists import in_division
from registry.lib.periods import today

_NO_NAMES = "No names or numbers of persons."
_YES_NO = [("true", "true"), ("false", "false")]


class HelpRequestShape(serializers.Serializer[Any]):
    """What is told: kind of the list `request_kind`, channel of the list `request_channel`."""

    kind_code = serializers.CharField(max_length=20)
    channel_code = serializers.CharField(max_length=20)
    told_on = serializers.DateField(help_text="Never in the future.")
    text = serializers.CharField(max_length=500, help_text=_NO_NAMES)


class NewHelpRequest(HelpRequestShape):
    """A request of a household, or of a village where no household is named."""

    household_id = serializers.UUIDField(required=False, allow_null=True)
    village_id = serializers.UUIDField(required=False, allow_null=True)
    help_visit_id = serializers.UUIDField(required=False, allow_null=True)
    owner_role = serializers.ChoiceField(choices=OwnerRole.choices, default=OwnerRole.VILLAGE_TEAM.value)
    key = serializers.CharField(
        max_length=64,
        required=False,
        allow_blank=True,
        help_text="Your name of the line; it may be sent again.",
    )


class HelpRequestLines(serializers.Serializer[Any]):
    """Up to 200 requests, entered all or none."""

    lines = serializers.ListField(child=NewHelpRequest(), max_length=MOST_LINES, allow_empty=False)


class HelpRequestRow(HelpRequestShape):
    """A request on file; `village_id` is empty for one of a household."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField(allow_null=True)
    household_number = serializers.CharField()
    village_id = serializers.UUIDField(allow_null=True)
    village_code = serializers.CharField()
    help_visit_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=RequestState.choices)
    owner_role = serializers.ChoiceField(choices=OwnerRole.choices)
    owner_username = serializers.CharField()
    due_on = serializers.DateField()
    taken_on = serializers.DateField(allow_null=True)
    solved_on = serializers.DateField(allow_null=True)
    solution = serializers.CharField()
    has_document = serializers.BooleanField()
    confirmed_on = serializers.DateField(allow_null=True)
    confirmation_code = serializers.CharField()
    reopened_count = serializers.IntegerField()
    closing_reason = serializers.CharField()
    version = serializers.IntegerField()


class HelpRequestIds(serializers.Serializer[Any]):
    """The ids of the requests, in the order of the lines."""

    ids = serializers.ListField(child=serializers.UUIDField())


class ConcernStep(serializers.Serializer[Any]):
    """ConcernStep is said besides."""


class ConcernReason(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200, help_text=_NO_NAMES)


class HelpRequestTransfer(ConcernReason):
    """Who solves it from now on: a side, or somebody there by the name of the login."""

    owner_role = serializers.ChoiceField(choices=OwnerRole.choices)
    username = serializers.CharField(max_length=60, required=False, allow_blank=True)


class HelpRequestSolution(serializers.Serializer[Any]):
    """What was done."""

    on = serializers.DateField()
    solution = serializers.CharField(max_length=500, help_text=_NO_NAMES)


class HelpRequestConfirmation(serializers.Serializer[Any]):
    """The word of whoever asked; how it was given, of the list `visit_confirmation`."""

    on = serializers.DateField()
    confirmation_code = serializers.CharField(max_length=20)


class HelpRequestBoardRow(serializers.Serializer[Any]):
    """What waits of one kind in one village."""

    village_code = serializers.CharField()
    kind_code = serializers.CharField()
    waiting = serializers.IntegerField()
    overdue = serializers.IntegerField()


class ConcernPeriodAmendment(serializers.Serializer[Any]):
    """A number of days, and who sets it."""

    days = serializers.IntegerField(min_value=1, max_value=366)
    counts_working_days = serializers.BooleanField()
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another


class ConcernPeriodShape(ConcernPeriodAmendment):
    """The county's own period for a kind of request, or for `acknowledge` or `answer` of a grievance."""

    code = serializers.CharField(max_length=20)


class ConcernPeriodRow(ConcernPeriodShape):
    """A period on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class GrievanceShape(serializers.Serializer[Any]):
    """What a household complains of: matter of the list `grievance_matter`; and whom, by what `against` needs."""

    household_id = serializers.UUIDField()
    filed_on = serializers.DateField()
    channel_code = serializers.CharField(max_length=20)
    matter_code = serializers.CharField(max_length=20)
    text = serializers.CharField(max_length=1000)
    against = serializers.ChoiceField(choices=Against.choices)
    helper_id = serializers.UUIDField(required=False, allow_null=True)
    team_id = serializers.UUIDField(required=False, allow_null=True)
    username = serializers.CharField(max_length=60, required=False, allow_blank=True)


class FiledGrievance(serializers.Serializer[Any]):
    """What whoever filed it may know: its number, and who answers. Its address may be closed to them."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices)
    answer_by = serializers.DateField()


class GrievanceAnswerRow(serializers.Serializer[Any]):
    """The answer of one level, and what the household said to it."""

    level = serializers.ChoiceField(choices=Level.choices)
    answered_on = serializers.DateField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    remedy_code = serializers.CharField()
    text = serializers.CharField()
    reply = serializers.ChoiceField(choices=Reply.choices, allow_blank=True)
    replied_on = serializers.DateField(allow_null=True)


class GrievanceRow(serializers.Serializer[Any]):
    """A grievance that the token may see."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    filed_on = serializers.DateField()
    channel_code = serializers.CharField()
    matter_code = serializers.CharField()
    text = serializers.CharField()
    against = serializers.ChoiceField(choices=Against.choices)
    helper_id = serializers.UUIDField(allow_null=True)
    team_id = serializers.UUIDField(allow_null=True)
    account_username = serializers.CharField(allow_null=True)
    reach = serializers.ChoiceField(choices=Reach.choices)
    level = serializers.ChoiceField(choices=Level.choices)
    state = serializers.ChoiceField(choices=GrievanceState.choices)
    acknowledge_by = serializers.DateField()
    answer_by = serializers.DateField()
    acknowledged_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    word_on = serializers.DateField(allow_null=True)
    word_code = serializers.CharField()
    version = serializers.IntegerField()


class GrievanceDetailRow(GrievanceRow):
    """A grievance with the answers to it."""

    answers = GrievanceAnswerRow(many=True)


class GrievanceAnswerShape(serializers.Serializer[Any]):
    """An answer; one that upholds says where it is put right, of the list `grievance_remedy`."""

    answered_on = serializers.DateField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    remedy_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    text = serializers.CharField(max_length=1000)


class GrievanceReplyShape(serializers.Serializer[Any]):
    """What the household says to the answer."""

    is_content = serializers.BooleanField()
    on = serializers.DateField()


class GrievanceWithdrawalShape(serializers.Serializer[Any]):
    """The word by which the household takes it back: its day, and how it was given (list `visit_confirmation`)."""

    word_on = serializers.DateField()
    word_code = serializers.CharField(max_length=20)


class HelpRequestFilter(django_filters.FilterSet):
    """Narrow the requests."""

    household = django_filters.UUIDFilter(field_name="household_id")
    village = django_filters.UUIDFilter(field_name="village_id")
    kind = django_filters.CharFilter(field_name="kind_code")
    state = django_filters.ChoiceFilter(choices=RequestState.choices)
    is_overdue = django_filters.TypedChoiceFilter(
        method="of_overdue", choices=_YES_NO, coerce=lambda text: text == "true"
    )
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = HelpRequest
        fields: ClassVar[list[str]] = []

    def of_overdue(self, rows: "QuerySet[HelpRequest]", _name: str, is_overdue: object) -> "QuerySet[HelpRequest]":
        """Keep those whose day has passed, or the others."""
        late_ones = overdue(HelpRequest.objects.all(), today())
        return overdue(rows, today()) if is_overdue else rows.exclude(id__in=late_ones.values("id"))

    def of_division(self, rows: "QuerySet[HelpRequest]", _name: str, code: str) -> "QuerySet[HelpRequest]":
        """Compare code ranges."""
        return in_division(rows, code)


class HelpRequestBoardFilter(django_filters.FilterSet):
    """Narrow the board."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    kind = django_filters.CharFilter(field_name="kind_code")

    class Meta:
        model = HelpRequest
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[HelpRequest]", _name: str, code: str) -> "QuerySet[HelpRequest]":
        """Compare code ranges."""
        return in_division(rows, code)


class GrievanceFilter(django_filters.FilterSet):
    """Narrow the grievances."""

    household = django_filters.UUIDFilter(field_name="household_id")
    state = django_filters.ChoiceFilter(choices=GrievanceState.choices)
    level = django_filters.ChoiceFilter(choices=Level.choices)
    is_late = django_filters.TypedChoiceFilter(method="of_late", choices=_YES_NO, coerce=lambda text: text == "true")

    class Meta:
        model = Grievance
        fields: ClassVar[list[str]] = []

    def of_late(self, rows: "QuerySet[Grievance]", _name: str, is_late: object) -> "QuerySet[Grievance]":
        """Keep those that are overdue, or the others."""
        overdue_ones = late(Grievance.objects.all(), today())
        return late(rows, today()) if is_late else rows.exclude(id__in=overdue_ones.values("id"))
