"""The shapes of teams, members, absences, batches, contacts and tasks."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers

from villages.models import TeamAbsence, TeamMember, VillageContact, WorkTeam
from villages.queries.board import Gap
from villages.queries.teams import in_division, later_than

_POSTS = "Of the list `team_post`."


class TeamShape(serializers.Serializer[Any]):
    """A team that is sent to a village, with its leader."""

    village_id = serializers.UUIDField()
    unit_id = serializers.UUIDField()
    batch_id = serializers.UUIDField(required=False, allow_null=True)
    leader_name = serializers.CharField(max_length=60)
    leader_posts = serializers.ListField(
        child=serializers.CharField(max_length=20), min_length=1, max_length=3, default=["2"], help_text=_POSTS
    )
    on = serializers.DateField()


class TeamPlan(serializers.Serializer[Any]):
    """Batch and term of a team; what is left out is empty. Without a term of its own it has that of its batch."""

    batch_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    planned_ends_on = serializers.DateField(required=False, allow_null=True, default=None)


class TeamRow(serializers.Serializer[Any]):
    """A team; `term_ends_on` is the first day after its own term, or after that of its batch."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    unit_id = serializers.UUIDField()
    unit_name = serializers.CharField()
    batch_id = serializers.UUIDField(allow_null=True)
    leader_name = serializers.CharField(allow_null=True)
    starts_on = serializers.DateField()
    term_ends_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class TeamMemberShape(serializers.Serializer[Any]):
    """Somebody who joins the team of the address."""

    name = serializers.CharField(max_length=70)
    post_codes = serializers.ListField(
        child=serializers.CharField(max_length=20), min_length=1, max_length=3, help_text=_POSTS
    )
    starts_on = serializers.DateField()
    unit_id = serializers.UUIDField(required=False, allow_null=True, help_text="That of the team where left out.")


class TeamMemberAmendment(serializers.Serializer[Any]):
    """What was written wrongly; what is left out stays."""

    name = serializers.CharField(max_length=70, required=False)
    unit_id = serializers.UUIDField(required=False)


class TeamPostsShape(serializers.Serializer[Any]):
    """Other posts from a day on."""

    post_codes = serializers.ListField(
        child=serializers.CharField(max_length=20), min_length=1, max_length=3, help_text=_POSTS
    )
    on = serializers.DateField()


class EndDayShape(serializers.Serializer[Any]):
    """The first day without it."""

    on = serializers.DateField()


class TeamMemberRow(serializers.Serializer[Any]):
    """A member in a period with the same posts."""

    id = serializers.UUIDField()
    team_id = serializers.UUIDField()
    village_code = serializers.CharField()
    unit_id = serializers.UUIDField()
    name = serializers.CharField()
    post_codes = serializers.ListField(child=serializers.CharField())
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class TeamAbsenceShape(serializers.Serializer[Any]):
    """Days away; `ends_on` is the first day back, and the day it starts for one that was marked in error."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    reason_code = serializers.CharField(max_length=20, help_text="Of the list `absence_reason`.")


class TeamAbsenceRow(TeamAbsenceShape):
    """An absence on file."""

    id = serializers.UUIDField()
    member_id = serializers.UUIDField()
    version = serializers.IntegerField()


class TeamBatchShape(serializers.Serializer[Any]):
    """A batch of teams with its term."""

    number = serializers.IntegerField(min_value=1, max_value=999)
    name = serializers.CharField(max_length=60)
    starts_on = serializers.DateField()
    planned_ends_on = serializers.DateField(help_text="The first day after the term.")


class TeamBatchRow(TeamBatchShape):
    """A batch on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class VillageContactShape(serializers.Serializer[Any]):
    """An official whose contact village it is: name, post and days, nothing else."""

    village_id = serializers.UUIDField()
    name = serializers.CharField(max_length=60)
    post_title = serializers.CharField(max_length=60)
    on = serializers.DateField()
    until = serializers.DateField(required=False, allow_null=True, help_text="The first day without it.")


class VillageContactRow(serializers.Serializer[Any]):
    """A contact of a village."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    name = serializers.CharField()
    post_title = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class TeamTaskShape(serializers.Serializer[Any]):
    """A task in the county's own words, below a kind of assistance."""

    kind_code = serializers.CharField(max_length=20, help_text="Of the list `team_task`: no other kind is taken.")
    name = serializers.CharField(max_length=60)
    position = serializers.IntegerField(min_value=0, max_value=999, default=1)
    is_active = serializers.BooleanField(default=True)


class TeamTaskRow(TeamTaskShape):
    """A task on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class TeamFigureRow(serializers.Serializer[Any]):
    """One figure of a month."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the serializer has a label of its own
    count = serializers.IntegerField()


class TaskMonthRow(serializers.Serializer[Any]):
    """What was entered under one kind of task."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the serializer has a label of its own
    names = serializers.ListField(child=serializers.CharField())
    figures = TeamFigureRow(many=True)


class TeamMonthRow(serializers.Serializer[Any]):
    """The month of a team as a whole, drawn from what its members entered."""

    month = serializers.CharField()
    members = serializers.IntegerField()
    members_without_login = serializers.IntegerField()
    tasks = TaskMonthRow(many=True)


class BoardLineRow(serializers.Serializer[Any]):
    """The figures of a township, or of the whole area under an empty code."""

    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    villages = serializers.IntegerField()
    teams = serializers.IntegerField()
    without_team = serializers.IntegerField()
    without_first_secretary = serializers.IntegerField()
    single_person = serializers.IntegerField(help_text="Teams of one person or none.")
    over_term = serializers.IntegerField()


class BoardRow(serializers.Serializer[Any]):
    """Full coverage by teams on a day."""

    on = serializers.DateField()
    total = BoardLineRow()
    townships = BoardLineRow(many=True)


class GapRowShape(serializers.Serializer[Any]):
    """A village or a team that a figure of the board counts."""

    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    team_id = serializers.UUIDField(allow_null=True)
    unit_name = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField(allow_null=True)
    term_ends_on = serializers.DateField(allow_null=True)


class GapList(serializers.Serializer[Any]):
    """All villages or teams of one figure."""

    results = GapRowShape(many=True)


class BoardQuestion(serializers.Serializer[Any]):
    """What is asked of the board."""

    on = serializers.DateField(required=False)
    gap = serializers.ChoiceField(choices=[gap.value for gap in Gap], default=Gap.WITHOUT_TEAM.value)
    division = serializers.CharField(required=False, default="")


class _PlaceAndDay(django_filters.FilterSet):
    """Narrow by division and by day."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    on = django_filters.DateFilter(method="of_day", label="those of that day")

    def of_division(self, rows: "QuerySet[Any]", _name: str, code: str) -> "QuerySet[Any]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_day(self, rows: "QuerySet[Any]", _name: str, day: Any) -> "QuerySet[Any]":  # noqa: ANN401  (a date, as the filter gives it)
        """Ask whether the day lies in the period."""
        return rows.filter(later_than(day), Q(starts_on__lte=day))


class TeamFilter(_PlaceAndDay):
    """Narrow the teams."""

    village = django_filters.UUIDFilter(field_name="village_id")
    unit = django_filters.UUIDFilter(field_name="unit_id")
    batch = django_filters.UUIDFilter(field_name="batch_id")

    class Meta:
        model = WorkTeam
        fields: ClassVar[list[str]] = []


class MemberFilter(_PlaceAndDay):
    """Narrow the members."""

    team = django_filters.UUIDFilter(field_name="team_id")

    class Meta:
        model = TeamMember
        fields: ClassVar[list[str]] = []


class AbsenceFilter(_PlaceAndDay):
    """Narrow the absences."""

    member = django_filters.UUIDFilter(field_name="member_id")

    class Meta:
        model = TeamAbsence
        fields: ClassVar[list[str]] = []


class ContactFilter(_PlaceAndDay):
    """Narrow the contacts of villages."""

    village = django_filters.UUIDFilter(field_name="village_id")

    class Meta:
        model = VillageContact
        fields: ClassVar[list[str]] = []
