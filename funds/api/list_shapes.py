"""The shapes of payment lists, lines and payments."""

from typing import Any, ClassVar

import django_filters
from rest_framework import serializers

from funds.api.shapes import FundsReason, yuan
from funds.enums import CorrectionKind, LineProblem, ListState
from funds.models import PaymentList


class ListTotalsShape(serializers.Serializer[Any]):
    """Total and number of lines as the paper says them."""

    stated_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    stated_count = serializers.IntegerField(min_value=1)


class PaymentListShape(ListTotalsShape):
    """A list about to be made; `period` is 2021, 2021-03, 2021-Q1 or once, as the programme's cycle asks."""

    programme_id = serializers.UUIDField()
    allocation_id = serializers.UUIDField()
    period = serializers.CharField(max_length=10)


class PaymentListRow(PaymentListShape):
    """A list on file."""

    id = serializers.UUIDField()
    programme_name = serializers.CharField()
    division_code = serializers.CharField()
    state = serializers.ChoiceField(choices=ListState.choices)
    decision_reason = serializers.CharField()
    paid_on = serializers.DateField(allow_null=True)
    paid_paper = serializers.CharField()
    returned_yuan = yuan()
    has_bank_file = serializers.BooleanField()
    file_taken_at = serializers.DateTimeField(allow_null=True)
    bank_word = serializers.CharField()
    version = serializers.IntegerField()


class PaymentListDetailRow(PaymentListRow):
    """A list with what its lines give."""

    total_yuan = yuan()
    count = serializers.IntegerField()
    difference_yuan = yuan()


class LineProblemRow(serializers.Serializer[Any]):
    """What stands against paying a line."""

    line_id = serializers.UUIDField()
    number = serializers.IntegerField()
    problem = serializers.ChoiceField(choices=LineProblem.choices)


class PaymentLineShape(serializers.Serializer[Any]):
    """A line; the person by number where persons are paid. `reason_code` 4 pays again what a bank returned."""

    household_number = serializers.CharField(max_length=32)
    person_number = serializers.CharField(max_length=32, required=False, allow_blank=True)
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    reason_code = serializers.CharField(max_length=20, required=False)


class PaymentLinesShape(serializers.Serializer[Any]):
    """Lines of a list, up to 5000 at once: all are entered or none."""

    lines = PaymentLineShape(many=True)


class ListPayeesShape(serializers.Serializer[Any]):
    """All whom a source gives, with one amount."""

    source = serializers.CharField(max_length=40)  # type: ignore[assignment]  # the name of a field, which the stubs take for another
    code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    reason_code = serializers.CharField(max_length=20, required=False)


class PaymentLineRow(serializers.Serializer[Any]):
    """A line on file, with its account masked."""

    id = serializers.UUIDField()
    payment_list_id = serializers.UUIDField()
    programme_id = serializers.UUIDField()
    period = serializers.CharField()
    number = serializers.IntegerField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    person_id = serializers.UUIDField(allow_null=True)
    amount_yuan = yuan()
    reason_code = serializers.CharField()
    account_masked = serializers.CharField()
    bank_name = serializers.CharField()
    is_live = serializers.BooleanField()
    strike_reason = serializers.CharField()
    paid_on = serializers.DateField(allow_null=True)
    returned_on = serializers.DateField(allow_null=True)
    return_code = serializers.CharField()
    repays_id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField()


class OptionalFundsReason(serializers.Serializer[Any]):
    """A word on the decision, where there is one."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ListWithdrawalShape(FundsReason):
    """Why a list is withdrawn, and once its file was taken (`file_taken_at`), by what paper the bank paid nothing."""

    bank_word = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SubmissionShape(serializers.Serializer[Any]):
    """Nothing beside the version."""


class ListPaidShape(serializers.Serializer[Any]):
    """When a list was paid, and the paper that shows it."""

    on = serializers.DateField()
    paper = serializers.CharField(max_length=200)


class PaymentReturnShape(serializers.Serializer[Any]):
    """When and why a bank returned a payment; `return_code` is of the list `return_reason`."""

    on = serializers.DateField()
    return_code = serializers.CharField(max_length=20)


class PaymentCorrectionRow(serializers.Serializer[Any]):
    """What was noted in error and taken back; `was_code` is of the list `return_reason`."""

    id = serializers.UUIDField()
    payment_list_id = serializers.UUIDField()
    line_id = serializers.UUIDField(allow_null=True)
    kind = serializers.ChoiceField(choices=CorrectionKind.choices)
    amount_yuan = yuan()
    was_on = serializers.DateField()
    was_paper = serializers.CharField()
    was_code = serializers.CharField()
    reason = serializers.CharField()
    corrected_at = serializers.DateTimeField()


class PaymentAccountRow(serializers.Serializer[Any]):
    """The account in full."""

    value = serializers.CharField()


class ReceivedPaymentRow(serializers.Serializer[Any]):
    """A payment to a household, or to a person of it."""

    id = serializers.UUIDField()
    programme_id = serializers.UUIDField()
    programme_name = serializers.CharField()
    period = serializers.CharField()
    person_id = serializers.UUIDField(allow_null=True)
    amount_yuan = yuan()
    reason_code = serializers.CharField()
    paid_on = serializers.DateField()
    returned_on = serializers.DateField(allow_null=True)
    return_code = serializers.CharField()


class ListFilter(django_filters.FilterSet):
    """Narrow the lists."""

    state = django_filters.ChoiceFilter(choices=ListState.choices)
    programme = django_filters.UUIDFilter(field_name="programme_id")
    period = django_filters.CharFilter(field_name="period")

    class Meta:
        model = PaymentList
        fields: ClassVar[list[str]] = []
