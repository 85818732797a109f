"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from typing_extensions import override

from reports.enums import RunState
from reports.models import ReportRun


class RunRequest(serializers.Serializer[Any]):
    """Which report to make, of which month."""

    report = serializers.CharField(max_length=40, help_text="dynamic-management")
    month = serializers.RegexField(r"^\d{4}-\d{2}$", help_text="2020-12", required=False)
    period = serializers.UUIDField(help_text="instead of a month: any period of the county", required=False)
    catch_up = serializers.BooleanField(
        default=False, help_text="agree that more than 12 months that are missing before it are frozen too"
    )

    @override
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take a month or a period, and not both."""
        if ("month" in attrs) == ("period" in attrs):
            raise serializers.ValidationError({"month": [_("Send a month or a period.")]})
        return attrs


class RunRow(serializers.Serializer[Any]):
    """A run in the list."""

    id = serializers.UUIDField()
    report = serializers.CharField()
    month = serializers.CharField(help_text="2020-12; null for a period of another kind", allow_null=True)
    period = serializers.UUIDField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(RunState.choices)
    edition = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error_code = serializers.CharField(allow_blank=True)


class CountRow(serializers.Serializer[Any]):
    """So many households with so many persons."""

    households = serializers.IntegerField()
    persons = serializers.IntegerField()


class AccountRow(serializers.Serializer[Any]):
    """One division's line of a stock; `flows` by kind of posting and direction, such as `lifted_out`.

    `late` took effect before the period and was recorded after that month was frozen: opening + flows + late = closing.
    """

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()
    opening = CountRow()
    flows = serializers.DictField(child=CountRow())
    late = serializers.DictField(child=CountRow())
    closing = CountRow()


class CauseRow(serializers.Serializer[Any]):
    """The causes of one division: households by cause code; an empty code means "not stated"."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()
    main = serializers.DictField(child=serializers.IntegerField())
    main_not_lifted = serializers.DictField(child=serializers.IntegerField())
    other = serializers.DictField(child=serializers.IntegerField())
    main_persons = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    main_not_lifted_persons = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    other_persons = serializers.DictField(child=serializers.IntegerField(allow_null=True))


class CategoryRow(serializers.Serializer[Any]):
    """The monitored of one division by category, and the filed among them; an empty code means "not stated"."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()
    monitored = serializers.DictField(child=CountRow())
    of_them_filed = serializers.DictField(child=CountRow())


class CoverageRow(serializers.Serializer[Any]):
    """The coverage of one division."""

    code = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField()
    households = serializers.IntegerField()
    households_without_helper = serializers.IntegerField()
    households_with_stand_in = serializers.IntegerField()
    villages = serializers.IntegerField()
    villages_without_team = serializers.IntegerField()


class FiguresRow(serializers.Serializer[Any]):
    """The frozen figures of a finished run."""

    as_of = serializers.DateField()
    digest = serializers.CharField()
    accounts = serializers.DictField(child=AccountRow(many=True))
    kind = serializers.CharField()
    picture = serializers.CharField(allow_blank=True)
    causes = CauseRow(many=True)
    categories = CategoryRow(many=True)
    coverage = CoverageRow(many=True)


class RunDetailRow(RunRow):
    """A run with its figures, or with the reason why it has none."""

    error = serializers.CharField(allow_blank=True)
    figures = FiguresRow(allow_null=True)


class PublishedRow(serializers.Serializer[Any]):
    """What one county published: its totals of one month."""

    county_code = serializers.CharField()
    county_name = serializers.CharField()
    report = serializers.CharField()
    month = serializers.CharField()
    edition = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    figures = serializers.DictField()


class RunFilter(django_filters.FilterSet):
    """Narrow the runs."""

    report = django_filters.CharFilter("report_id")
    month = django_filters.DateFilter("month", input_formats=["%Y-%m"], help_text="2020-12")
    state = django_filters.ChoiceFilter(choices=RunState.choices)

    class Meta:
        model = ReportRun
        fields: ClassVar[list[str]] = []
