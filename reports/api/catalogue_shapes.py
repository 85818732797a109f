"""The shapes of the catalogue: reports, runs with their files, own reports and their columns."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from reports.definitions.pictured import Operator
from reports.enums import Format, RowLevel, RunState
from reports.models import ReportRun


class ReportChoiceRow(serializers.Serializer[Any]):
    """What a report lets choose; without values a day, or the id of an own report."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name is the column's
    values = serializers.DictField(child=serializers.CharField())
    is_needed = serializers.BooleanField()


class ReportRow(serializers.Serializer[Any]):
    """A report of the catalogue."""

    id = serializers.CharField()
    title = serializers.CharField()
    theme = serializers.CharField()
    basis = serializers.CharField()
    subject = serializers.CharField()
    holds_persons = serializers.BooleanField()
    has_sealed = serializers.BooleanField()
    formats = serializers.ListField(child=serializers.ChoiceField(Format.choices))
    choices = ReportChoiceRow(many=True)


class AskRequest(serializers.Serializer[Any]):
    """Ask for a report: of a frozen period, or as of a day and as known at a moment."""

    report = serializers.CharField(max_length=40, help_text="person-roster")
    area = serializers.CharField(max_length=12, required=False, default="", allow_blank=True)
    period_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    as_of = serializers.DateField(required=False, allow_null=True, default=None)
    known_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    household_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    formats = serializers.ListField(child=serializers.CharField(max_length=10), required=False, default=["xlsx"])
    options = serializers.DictField(child=serializers.CharField(max_length=60), required=False, default=dict)
    reveal_reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    language = serializers.ChoiceField([("zh-hans", "zh-hans"), ("en", "en")], required=False, default="zh-hans")


class FileRow(serializers.Serializer[Any]):
    """A file of a run; after `expires_on` it is no longer kept.

    Of an account of a period the workbook is kept; name, size and digest of what is made on demand are empty.
    """

    format = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    media_type = serializers.CharField(allow_blank=True)
    byte_count = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    expires_on = serializers.DateField(allow_null=True)


class CatalogueRunRow(serializers.Serializer[Any]):
    """A run in the list."""

    id = serializers.UUIDField()
    report = serializers.CharField()
    state = serializers.ChoiceField(RunState.choices)
    area = serializers.CharField()
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    period_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error_code = serializers.CharField(allow_blank=True)


class CatalogueRunDetailRow(CatalogueRunRow):
    """A run with its files, or with the reason why it has none."""

    options = serializers.DictField(child=serializers.CharField())
    error = serializers.CharField(allow_blank=True)
    files = FileRow(many=True)


class CatalogueRunFilter(django_filters.FilterSet):
    """Narrow the runs."""

    report = django_filters.CharFilter("report_id")
    state = django_filters.ChoiceFilter(choices=RunState.choices)

    class Meta:
        model = ReportRun
        fields: ClassVar[list[str]] = []


class ConditionShape(serializers.Serializer[Any]):
    """A condition: `values` are alternatives; "empty" and "not_empty" take none."""

    column = serializers.CharField(max_length=60)
    operator = serializers.ChoiceField([(one.value, one.value) for one in Operator])
    values = serializers.ListField(child=serializers.CharField(max_length=60), required=False, default=list)


class OwnShape(serializers.Serializer[Any]):
    """An own report."""

    name = serializers.CharField(max_length=60)
    level = serializers.ChoiceField(RowLevel.choices)
    columns = serializers.ListField(child=serializers.CharField(max_length=60), required=False, default=list)
    filters = ConditionShape(many=True, required=False, default=list)
    sort = serializers.ListField(child=serializers.CharField(max_length=61), required=False, default=list)
    groups = serializers.ListField(child=serializers.CharField(max_length=60), required=False, default=list)


class OwnRow(OwnShape):
    """An own report as it is kept; `trouble` says why it cannot be made any more."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    trouble = serializers.CharField(allow_blank=True)


class ColumnRow(serializers.Serializer[Any]):
    """A column that own reports may show, with the comparisons that it takes."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name is the column's
    kind = serializers.CharField()
    scheme = serializers.CharField(allow_blank=True)
    operators = serializers.ListField(child=serializers.CharField())
    is_group = serializers.BooleanField()
