"""The shapes of budgets, allocations and programmes, and of figures."""

from typing import Any

from rest_framework import serializers

from funds.enums import Cycle, Payee, Purpose


def yuan(**more: Any) -> serializers.DecimalField:
    """Make the field of an amount."""
    return serializers.DecimalField(max_digits=16, decimal_places=2, **more)


class BudgetShape(serializers.Serializer[Any]):
    """A budget as its notice states it; `source_code` is of the list `fund_source`."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    source_code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=100)
    notice_number = serializers.CharField(max_length=100)
    notice_on = serializers.DateField()
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)


class BudgetRow(BudgetShape):
    """A budget on file, with what is allocated of it."""

    id = serializers.UUIDField()
    allocated_yuan = yuan()
    withdrawn_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


class AllocationShape(serializers.Serializer[Any]):
    """Money for a purpose in a division: a programme, projects of a kind (`plan_project_kind`), or the division."""

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    programme_id = serializers.UUIDField(required=False, allow_null=True)
    project_kind_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    division_code = serializers.CharField(max_length=12)
    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    allocated_on = serializers.DateField()
    paper = serializers.CharField(max_length=200)


class AllocationRow(AllocationShape):
    """An allocation on file; one with `moves_back_id` took money of another back, with its amount below zero."""

    id = serializers.UUIDField()
    budget_id = serializers.UUIDField()
    bound_yuan = yuan()
    moved_back_yuan = yuan()
    moves_back_id = serializers.UUIDField(allow_null=True)


class MovingBack(serializers.Serializer[Any]):
    """How much of an allocation goes back to its budget, and why."""

    amount_yuan = serializers.DecimalField(max_digits=14, decimal_places=2)
    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class FundsReason(serializers.Serializer[Any]):
    """Why it is done; no names or numbers of persons."""

    reason = serializers.CharField(max_length=200)


class PaymentProgrammeAmendment(serializers.Serializer[Any]):
    """What may be corrected of a programme; `kind_code` is of the list `payment_kind`."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    rule_text = serializers.CharField(max_length=500)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class PaymentProgrammeShape(PaymentProgrammeAmendment):
    """A programme; payee and cycle are said once."""

    payee = serializers.ChoiceField(choices=Payee.choices)
    cycle = serializers.ChoiceField(choices=Cycle.choices)


class PaymentProgrammeRow(PaymentProgrammeShape):
    """A programme on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class FundsProgressRow(serializers.Serializer[Any]):
    """How far the money of a source, or of a purpose, has come."""

    source_code = serializers.CharField()
    purpose = serializers.CharField()
    programme_id = serializers.UUIDField(allow_null=True)
    programme_name = serializers.CharField()
    project_kind_code = serializers.CharField()
    budget_yuan = yuan()
    unallocated_yuan = yuan()
    allocated_yuan = yuan()
    bound_yuan = yuan()
    paid_yuan = yuan()
    returned_yuan = yuan()


class FundsYearRow(serializers.Serializer[Any]):
    """The money of a year: budgets are the county's, allocations and lists those of the token's area."""

    year = serializers.IntegerField()
    sources = FundsProgressRow(many=True)
    purposes = FundsProgressRow(many=True)
    total = FundsProgressRow()


class VillagePaymentRow(serializers.Serializer[Any]):
    """What a programme paid in a village in a year, less what banks returned."""

    programme_id = serializers.UUIDField()
    name = serializers.CharField()
    paid_yuan = yuan()
