"""The shapes of facilities, committees, settlement points and categories."""

from typing import Any, Final

from rest_framework import serializers

from villages.api.drafts import RowHead

_MAYBE: Final[dict[str, Any]] = {"required": False, "allow_null": True}
_COUNT: Final[dict[str, Any]] = {**_MAYBE, "min_value": 0, "max_value": 10_000_000}
_DEGREES: Final[dict[str, Any]] = {**_MAYBE, "max_digits": 9, "decimal_places": 6}


class FacilityShape(serializers.Serializer[Any]):
    """The goal of one of the ten facilities (list `village_facility`)."""

    facility_code = serializers.CharField(max_length=20)
    goal = serializers.CharField(max_length=200)
    due_on = serializers.DateField(**_MAYBE)
    reached_on = serializers.DateField(**_MAYBE, help_text="Null until it is reached.")


class NewFacility(FacilityShape):
    """A goal of a village."""

    village_id = serializers.UUIDField()


class FacilityRow(FacilityShape, RowHead):
    """A goal on file."""


class CommitteeTerm(serializers.Serializer[Any]):
    """A term in a post of the committee (list `committee_post`)."""

    name = serializers.CharField(max_length=60)
    post_code = serializers.CharField(max_length=20)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(**_MAYBE, help_text="The first day without it.")


class CommitteeMemberShape(CommitteeTerm):
    """A term with the telephone, which comes in and never goes out; nothing else of the person."""

    phone = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Left out it stays, empty it is taken away; none where the term has an end.",
    )


class NewCommitteeMember(CommitteeMemberShape):
    """A term in a village."""

    village_id = serializers.UUIDField()


class CommitteeMemberRow(CommitteeTerm, RowHead):
    """A term on file, without the telephone; one that ends on its first day was entered in error."""


class PointShape(serializers.Serializer[Any]):
    """A natural village, group or settlement (list `settlement_kind`); null means unknown."""

    name = serializers.CharField(max_length=60)
    kind_code = serializers.CharField(max_length=20)
    household_count = serializers.IntegerField(**_COUNT)
    person_count = serializers.IntegerField(**_COUNT)
    home_count = serializers.IntegerField(**_COUNT, help_text="Homes built, of a relocation settlement alone.")
    has_water = serializers.BooleanField(**_MAYBE)
    has_electricity = serializers.BooleanField(**_MAYBE)
    has_road = serializers.BooleanField(**_MAYBE)
    longitude = serializers.DecimalField(**_DEGREES)
    latitude = serializers.DecimalField(**_DEGREES)
    ends_on = serializers.DateField(**_MAYBE, help_text="From when nobody lives there.")


class NewPoint(PointShape):
    """A settlement point of a village."""

    village_id = serializers.UUIDField()


class PointRow(PointShape, RowHead):
    """A settlement point on file."""


class PriorityShape(serializers.Serializer[Any]):
    """How a category of villages is worded, and whether it is offered."""

    name = serializers.CharField(max_length=60)
    is_offered = serializers.BooleanField(default=True)


class NewPriority(PriorityShape):
    """A category of the county's own, or its wording of one of the list `village_priority`."""

    code = serializers.CharField(max_length=20)


class PriorityRow(serializers.Serializer[Any]):
    """A category; `id` is null for one that stands as it was shipped."""

    id = serializers.UUIDField(allow_null=True)
    code = serializers.CharField()
    name = serializers.CharField()
    is_offered = serializers.BooleanField()
    is_own = serializers.BooleanField()
    version = serializers.IntegerField()
