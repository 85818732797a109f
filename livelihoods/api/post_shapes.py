"""The shapes of posts, terms and months."""

from typing import Any

from rest_framework import serializers

from livelihoods.definitions.posts import PAY_ITEMS


def _yuan(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=10, decimal_places=2, **more)


class PostAmendment(serializers.Serializer[Any]):
    """A public-welfare post; `pay_item_code` says who pays: 1021 a department, 1022 the township, 1023 the village."""

    name = serializers.CharField(max_length=60)
    kind_code = serializers.CharField(max_length=20)
    seat_count = serializers.IntegerField(min_value=1, max_value=32767)
    monthly_yuan = _yuan()
    funding_code = serializers.CharField(max_length=20)
    pay_item_code = serializers.ChoiceField(choices=PAY_ITEMS)
    duties = serializers.CharField(max_length=300)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class PostShape(PostAmendment):
    """A post about to be opened in a village."""

    village_id = serializers.UUIDField()


class PostRow(PostShape):
    """A post on file; `taken_count` are the seats taken today, also by persons out of the token's area."""

    id = serializers.UUIDField()
    village_code = serializers.CharField()
    taken_count = serializers.IntegerField()
    version = serializers.IntegerField()


class TermShape(serializers.Serializer[Any]):
    """Who gets a seat, for a year at most; `ends_on` is the first day without it."""

    person_id = serializers.UUIDField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class TermRow(TermShape):
    """A term on file."""

    id = serializers.UUIDField()
    post_id = serializers.UUIDField()
    person_number = serializers.CharField()
    person_name = serializers.CharField()
    village_code = serializers.CharField()
    seat_number = serializers.IntegerField()
    end_reason = serializers.CharField()
    version = serializers.IntegerField()


class TermRenewal(serializers.Serializer[Any]):
    """Until when the next term lasts."""

    ends_on = serializers.DateField()


class TermEnd(serializers.Serializer[Any]):
    """The first day without the post, and why."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")


class MonthShape(serializers.Serializer[Any]):
    """A month that was worked and paid, by its first day; without an amount with the pay of the post."""

    month = serializers.DateField()
    amount_yuan = _yuan(required=False, allow_null=True)


class MonthReversal(serializers.Serializer[Any]):
    """Why a month was wrong."""

    reason = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")


class MonthRow(serializers.Serializer[Any]):
    """A confirmed month; one with `reverses_id` is the mirror of another, with its pay below zero."""

    id = serializers.UUIDField()
    holding_id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    village_code = serializers.CharField()
    month = serializers.DateField()
    amount_yuan = _yuan()
    item_code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the name of a column, which the stubs take for another
    reverses_id = serializers.UUIDField(allow_null=True)
    is_reversed = serializers.BooleanField()
    recorded_at = serializers.DateTimeField()
