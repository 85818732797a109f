"""The shapes of micro-credit."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from credit.enums import LoanEntryKind
from credit.models import Loan
from households.queries.lists import in_division


def _yuan(**more: Any) -> "serializers.DecimalField":
    return serializers.DecimalField(max_digits=14, decimal_places=2, **more)


class LoanTermsShape(serializers.Serializer[Any]):
    """What the contract says beside the money; purpose of the list `loan_purpose`."""

    lender = serializers.CharField(max_length=100)
    purpose_code = serializers.CharField(max_length=20)
    rating = serializers.CharField(max_length=20, required=False, allow_blank=True)
    rate_percent = serializers.DecimalField(max_digits=6, decimal_places=3, min_value=0, help_text="A year.")
    is_subsidised = serializers.BooleanField(required=False)
    is_guaranteed = serializers.BooleanField(required=False)


class NewLoan(LoanTermsShape):
    """A loan to a member of a household."""

    household_id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    amount_yuan = _yuan()
    granted_on = serializers.DateField()
    due_on = serializers.DateField()


class LoanRow(NewLoan):
    """A loan on file; `outstanding_yuan` is what its entries leave owed."""

    id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    drawn_yuan = _yuan()
    outstanding_yuan = _yuan()
    interest_yuan = _yuan()
    subsidy_yuan = _yuan()
    version = serializers.IntegerField()


class LoanEntryRow(serializers.Serializer[Any]):
    """An entry; a reversal names what it reverses and is below zero."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LoanEntryKind.choices)
    occurred_on = serializers.DateField()
    amount_yuan = _yuan()
    reverses_id = serializers.UUIDField(allow_null=True)


class LoanExtensionRow(serializers.Serializer[Any]):
    """A later due day."""

    number = serializers.IntegerField()
    agreed_on = serializers.DateField()
    former_due_on = serializers.DateField()
    due_on = serializers.DateField()


class LoanDetail(LoanRow):
    """A loan with its entries and extensions."""

    entries = LoanEntryRow(many=True)
    extensions = LoanExtensionRow(many=True)


class PaymentShape(serializers.Serializer[Any]):
    """What was paid out, paid back, subsidised or written off."""

    kind = serializers.ChoiceField(choices=LoanEntryKind.choices)
    on = serializers.DateField()
    amount_yuan = _yuan()


class LoanReason(serializers.Serializer[Any]):
    """Why a loan or an entry was wrong."""

    reason = serializers.CharField(max_length=200)


class ExtensionShape(LoanReason):
    """A later due day, and why."""

    on = serializers.DateField()
    due_on = serializers.DateField()


class CreditFiguresRow(serializers.Serializer[Any]):
    """What households of a village owe today."""

    village_code = serializers.CharField()
    households = serializers.IntegerField()
    loans = serializers.IntegerField()
    outstanding_yuan = _yuan()
    overdue_households = serializers.IntegerField()
    overdue_yuan = _yuan()
    soon_count = serializers.IntegerField(help_text="Loans due within 60 days.")


class LimitAmendment(serializers.Serializer[Any]):
    """The most that may be lent, for how many months, and who says so."""

    most_yuan = _yuan()
    most_months = serializers.IntegerField(min_value=1, max_value=1200)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of the column, which the base class uses otherwise


class LimitShape(LimitAmendment):
    """The limits of loans granted from a year on."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)


class LimitRow(LimitShape):
    """Limits on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class LoanFilter(django_filters.FilterSet):
    """Narrow the loans."""

    household = django_filters.UUIDFilter(field_name="household_id")
    person = django_filters.UUIDFilter(field_name="person_id")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        model = Loan
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Loan]", _name: str, code: str) -> "QuerySet[Loan]":
        """Compare code ranges."""
        return in_division(rows, code)
