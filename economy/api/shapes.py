"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from economy.enums import EntryKind
from economy.models import LedgerEntry
from economy.queries.ledger import in_year
from households.queries.lists import in_division


def _yuan(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=16, decimal_places=2, **more)


class EntryShape(serializers.Serializer[Any]):
    """An income or a cost of a village's collective; an income names a source of the list `collective_source`.

    A file, sent as multipart, is the paper that supports it: a photograph, .pdf, .docx or .xlsx.
    """

    village_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    source_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    occurred_on = serializers.DateField()
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    purpose = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")
    project_id = serializers.UUIDField(required=False, allow_null=True)
    file = serializers.FileField(required=False, allow_empty_file=True)


class EntryRow(serializers.Serializer[Any]):
    """An entry on file; one with `reverses_id` is the mirror of another, with its amount below zero."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    source_code = serializers.CharField()
    occurred_on = serializers.DateField()
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    purpose = serializers.CharField()
    project_id = serializers.UUIDField(allow_null=True)
    dividend_id = serializers.UUIDField(allow_null=True)
    reverses_id = serializers.UUIDField(allow_null=True)
    is_reversed = serializers.BooleanField()
    has_document = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()


class EntryReversal(serializers.Serializer[Any]):
    """Why an entry was wrong."""

    reason = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")


class VillageIncomeRow(serializers.Serializer[Any]):
    """A village's collective in a year: own income, which alone counts towards the goal, and what was given.

    `stated_yuan` is the figure of the yearly form, null where it says nothing; `difference_yuan` is own income less it.
    """

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    has_entries = serializers.BooleanField()
    own_yuan = _yuan()
    aid_yuan = _yuan()
    cost_yuan = _yuan()
    stated_yuan = _yuan(allow_null=True)
    difference_yuan = _yuan(allow_null=True)
    meets_goal = serializers.BooleanField()


class SourceSum(serializers.Serializer[Any]):
    """The income from one source in the year."""

    source_code = serializers.CharField()
    amount_yuan = _yuan()


class VillageBalanceRow(serializers.Serializer[Any]):
    """The year of one village's collective by source, its balance, and the goal with its source."""

    village_id = serializers.UUIDField()
    year = serializers.IntegerField()
    own = SourceSum(many=True)
    aid = SourceSum(many=True)
    own_yuan = _yuan()
    aid_yuan = _yuan()
    cost_yuan = _yuan()
    carried_yuan = _yuan()
    balance_yuan = _yuan()
    closing_yuan = _yuan()
    goal_yuan = _yuan()
    goal_source = serializers.CharField()
    meets_goal = serializers.BooleanField()
    stated_yuan = _yuan(allow_null=True)
    difference_yuan = _yuan(allow_null=True)


class GoalAmendment(serializers.Serializer[Any]):
    """The goal and who sets it."""

    goal_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another


class GoalShape(GoalAmendment):
    """The goal for the yearly income of each village's collective, from a year on."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)


class GoalRow(GoalShape):
    """A goal on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class EntryFilter(django_filters.FilterSet):
    """Narrow the entries."""

    village = django_filters.UUIDFilter(field_name="village_id")
    kind = django_filters.ChoiceFilter(choices=EntryKind.choices)
    source = django_filters.CharFilter(field_name="source_code")
    year = django_filters.NumberFilter(method="of_year", min_value=2000, max_value=2100)
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = LedgerEntry
        fields: ClassVar[list[str]] = []

    def of_year(self, rows: "QuerySet[LedgerEntry]", _name: str, year: Any) -> "QuerySet[LedgerEntry]":  # noqa: ANN401  (a number, as the filter gives it)
        """Compare days."""
        return rows.filter(in_year(int(year)))

    def of_division(self, rows: "QuerySet[LedgerEntry]", _name: str, code: str) -> "QuerySet[LedgerEntry]":
        """Compare code ranges."""
        return in_division(rows, code)
