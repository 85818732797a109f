"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from exchange.enums import BatchState
from exchange.models import ImportBatch


class UploadShape(serializers.Serializer[Any]):
    """A roster that is brought in."""

    file = serializers.FileField(allow_empty_file=True, help_text=".xlsx or .csv")
    data_date = serializers.DateField(required=False, help_text="needed where the file does not state it")


class DecisionShape(serializers.Serializer[Any]):
    """A decision on a roster."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class BatchRow(serializers.Serializer[Any]):
    """A roster in the list."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(BatchState.choices)
    file_name = serializers.CharField()
    sha256 = serializers.CharField()
    byte_count = serializers.IntegerField()
    uploaded_at = serializers.DateTimeField()
    data_date = serializers.DateField(allow_null=True)
    counts = serializers.DictField(help_text="what the check counted")
    result = serializers.DictField(help_text="what was written")
    error_code = serializers.CharField(allow_blank=True)


class ProblemShape(serializers.Serializer[Any]):
    """One finding; it never quotes a value."""

    row = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    heading = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    wrong = serializers.CharField()
    remedy = serializers.CharField()


class RowShape(serializers.Serializer[Any]):
    """What was found in a row of the sheet."""

    row = serializers.IntegerField()
    household_number = serializers.CharField(allow_blank=True)
    problems = ProblemShape(many=True)
    warnings = ProblemShape(many=True)


class NoteShape(serializers.Serializer[Any]):
    """What differs of a household on file, and was not applied."""

    row = serializers.IntegerField()
    household_number = serializers.CharField()
    notes = ProblemShape(many=True)
    absent_persons = serializers.IntegerField()


class BatchDetail(BatchRow):
    """A roster with the first of its findings."""

    error = serializers.CharField(allow_blank=True)
    posting_kind = serializers.CharField(allow_blank=True)
    kept_columns = serializers.ListField(child=serializers.CharField())
    refused_columns = serializers.ListField(child=serializers.CharField())
    unknown_columns = serializers.ListField(child=serializers.CharField())
    rows_kept_until = serializers.DateField(allow_null=True)
    rows = RowShape(many=True)
    notes = NoteShape(many=True)


class BatchFilter(django_filters.FilterSet):
    """Narrow the rosters."""

    state = django_filters.ChoiceFilter(choices=BatchState.choices)
    sha256 = django_filters.CharFilter()

    class Meta:
        model = ImportBatch
        fields: ClassVar[list[str]] = []
