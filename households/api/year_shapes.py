"""The shapes of the facts of a year."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from typing_extensions import override

from households.domain.drafts import YearDraft
from households.models import HouseholdYear
from households.models.years import LIVING_FACTS


def code(**options: Any) -> serializers.CharField:
    """Make the field of a code, which may be left out."""
    return serializers.CharField(max_length=20, **{"required": False, "allow_blank": True, **options})


def _text() -> serializers.CharField:
    return serializers.CharField(max_length=100, required=False, allow_blank=True)


def _months() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=3, decimal_places=1, min_value=0, max_value=12, required=False, allow_null=True
    )


def _yes_no() -> serializers.BooleanField:
    return serializers.BooleanField(required=False, allow_null=True)


def _yuan() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True)


class LivingShape(serializers.ModelSerializer[HouseholdYear]):
    """The living conditions that changed; those left out stay."""

    class Meta:
        model = HouseholdYear
        fields = LIVING_FACTS
        extra_kwargs: ClassVar[Mapping[str, Any]] = {name: {"required": False} for name in LIVING_FACTS}


class HouseholdYearShape(serializers.Serializer[Any]):
    """Facts of one year of a household: all classes of income, or the declared net income with its source.

    What is left out stays, and null empties. A class of income that is stated ends a declared figure on file, and a
    declared figure ends the classes.
    """

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    period_start = serializers.DateField(required=False, allow_null=True)
    period_end = serializers.DateField(required=False, allow_null=True, help_text="The first day after the period.")
    person_count = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=99)
    wage_income_yuan = _yuan()
    business_income_yuan = _yuan()
    property_income_yuan = _yuan()
    transfer_income_yuan = _yuan()
    business_cost_yuan = _yuan()
    net_per_head_yuan = _yuan()
    is_declared = serializers.BooleanField(required=False)
    # The product's word; DRF has an attribute of the same name, which the metaclass keeps apart.
    source = serializers.CharField(  # type: ignore[assignment]  # see above
        max_length=100, required=False, allow_blank=True
    )
    dangerous_housing = serializers.BooleanField(required=False, allow_null=True)
    safe_water = serializers.BooleanField(required=False, allow_null=True)

    @override
    def get_fields(self) -> dict[str, Any]:
        """Add the living conditions."""
        own = super().get_fields()
        return {**own, **{name: one for name, one in LivingShape().get_fields().items() if name not in own}}


def year_of(values: Mapping[str, Any]) -> tuple[YearDraft, dict[str, Any]]:
    """Give the facts of a year and the further living conditions of a shape."""
    own = YearDraft.__dataclass_fields__
    facts = YearDraft(**{name: value for name, value in values.items() if name in own})
    return facts, {name: value for name, value in values.items() if name not in own}


class PersonYearShape(serializers.Serializer[Any]):
    """Facts of one year of a person; what is left out stays, and null or an empty text empties."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    education_code = code(help_text="Empty for persons at school.")
    school_code = code()
    dropout_reason_code = code()
    health_codes = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, max_length=10, help_text="Healthy stands alone."
    )
    disability_card_year = serializers.IntegerField(required=False, allow_null=True, min_value=1990, max_value=2100)
    skill_code = code()
    work_place = _text()
    work_division_code = serializers.CharField(
        max_length=12, required=False, allow_blank=True, help_text="A county, prefecture or province of 12 digits."
    )
    works_abroad = _yes_no()
    work_months = _months()
    employer = _text()
    employment_channel_code = code()
    industry_code = code()
    public_post_code = code()
    public_post_months = _months()
    minimum_living_allowance_code = code()
    special_support_code = code()
    has_basic_medical = _yes_no()
    has_employee_medical = _yes_no()
    has_serious_illness_cover = _yes_no()
    has_commercial_medical = _yes_no()
    receives_medical_assistance = _yes_no()
    receives_other_health_support = _yes_no()
    has_resident_pension = _yes_no()
    has_employee_pension = _yes_no()
    receives_accident_subsidy = _yes_no()
    is_in_military_service = _yes_no()
    is_unsupported_child = _yes_no()
    graduate_unemployed_reason = _text()
    visit_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The visit that told it; empty: your own of today.",
    )


class PersonYearRow(PersonYearShape):
    """Facts of one year of a person, with what they inherit from the visit that told them."""

    visited_on = serializers.DateField(allow_null=True)
    visit_source = serializers.CharField(allow_null=True)
    collector_name = serializers.CharField(allow_null=True)
    period_start = serializers.DateField(allow_null=True)
    period_end = serializers.DateField(allow_null=True)


class PersonFactsShape(PersonYearShape):
    """The yearly facts of a person who is registered; the year is that of the household."""

    @override
    def get_fields(self) -> dict[str, Any]:
        """Leave out what the household says, and the visit: there is none yet."""
        return {name: one for name, one in super().get_fields().items() if name not in {"year", "visit_id"}}
