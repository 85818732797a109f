"""The shapes of what comes in and goes out."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from typing_extensions import override

from households.api.year_shapes import HouseholdYearShape, PersonFactsShape, PersonYearRow
from households.api.year_shapes import code as _code
from households.enums import MONITORING_SHOWN, PRECISION_CHOICES, HouseholdStatus, TieKind
from households.models import Household, Membership
from households.queries.history import covering
from households.queries.lists import in_division
from households.queries.monitoring import in_monitoring
from households.workflow import MONITORING_TRANSITIONS, STATUS_TRANSITIONS
from registry.lib.periods import today


def _planned_year() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=2000, max_value=2100, required=False, allow_null=True)


class PersonShape(serializers.Serializer[Any]):
    """A person as registered; no document number means a placeholder."""

    name = serializers.CharField(max_length=60)
    relation_code = _code(required=True, allow_blank=False)
    sex_code = _code(default="")
    number = serializers.CharField(max_length=32, required=False, allow_blank=True)
    document_number = serializers.CharField(max_length=40, required=False, allow_blank=True)
    birth_on = serializers.DateField(required=False, allow_null=True)
    birth_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    starts_on = serializers.DateField(required=False, allow_null=True, help_text="Empty: unknown, always.")
    starts_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)


class RegisteredPersonShape(PersonShape):
    """A person as registered with a household, with the facts of its year."""

    facts = PersonFactsShape(required=False)


class HouseholdShape(serializers.Serializer[Any]):
    """A household as registered, with its members: a candidate, or an ordinary household to be monitored."""

    number = serializers.CharField(max_length=32)
    village_code = serializers.CharField(max_length=12)
    status = serializers.ChoiceField([HouseholdStatus.CANDIDATE, HouseholdStatus.ORDINARY], required=False)
    group_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    standard_code = _code()
    attribute_code = _code()
    main_cause_code = _code()
    other_cause_codes = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=2)
    identified_on = serializers.DateField(required=False, allow_null=True)
    identified_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    account = serializers.CharField(max_length=40, required=False, allow_blank=True)
    bank_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    is_servicemans_family = serializers.BooleanField(required=False, allow_null=True)
    planned_lifting_year = _planned_year()
    year = serializers.IntegerField(
        min_value=2000, max_value=2100, required=False, allow_null=True, help_text="Of the facts of its members."
    )
    members = RegisteredPersonShape(many=True)

    @override
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse facts of no year, or of one to come."""
        year = attrs.get("year")
        if year is None and any(member.get("facts") for member in attrs["members"]):
            raise serializers.ValidationError({"year": _("Say of which year the facts of the members are.")})
        if year is not None and year > today().year:
            message = _("The year has not begun yet. Enter this year or an earlier one.")
            raise serializers.ValidationError({"year": message})
        return attrs


class RegistrationShape(serializers.Serializer[Any]):
    """Up to 500 households, registered together or not at all."""

    on = serializers.DateField(help_text="The day from which the register counts them.")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    households = serializers.ListField(child=HouseholdShape(), min_length=1, max_length=500)


class HouseholdAmendment(serializers.Serializer[Any]):
    """The fields to change; those left out stay."""

    number = serializers.CharField(max_length=32, required=False)
    group_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    standard_code = _code()
    attribute_code = _code()
    main_cause_code = _code()
    other_cause_codes = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=2)
    identified_on = serializers.DateField(required=False, allow_null=True)
    identified_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    account = serializers.CharField(max_length=40, required=False, allow_blank=True)
    bank_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    is_servicemans_family = serializers.BooleanField(required=False, allow_null=True)
    planned_lifting_year = _planned_year()


class PersonAmendment(serializers.Serializer[Any]):
    """The fields to change; those left out stay. Sex and birth follow the document."""

    number = serializers.CharField(max_length=32, required=False, allow_blank=True)
    name = serializers.CharField(max_length=60, required=False)
    sex_code = _code()
    birth_on = serializers.DateField(required=False, allow_null=True)
    birth_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)
    document_number = serializers.CharField(max_length=40, required=False)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)


class _Effective(serializers.Serializer[Any]):
    on = serializers.DateField(help_text="The day from which it holds; not in the future.")
    reason = serializers.CharField(max_length=200)


class StatusChange(_Effective):
    """One transition of the status; `code` is the cause of a return, of the list `poverty_cause`, where it is known."""

    transition = serializers.ChoiceField([line.name for line in STATUS_TRANSITIONS])
    code = _code()


class MonitoringChange(_Effective):
    """One transition of the monitoring; `code` is the category, or for `remove_risk` the manner of removal."""

    transition = serializers.ChoiceField([line.name for line in MONITORING_TRANSITIONS])
    code = _code(required=True, allow_blank=False)


class Move(_Effective):
    """The village to which the household moves."""

    village_code = serializers.CharField(max_length=12)


class RelationOf(serializers.Serializer[Any]):
    """A member, and what the person is to the head of the household that is joined or founded."""

    person_id = serializers.UUIDField()
    relation_code = _code(required=True, allow_blank=False)


class Split(_Effective):
    """The members who found a household of their own; what is left empty is as in the household that they leave."""

    number = serializers.CharField(max_length=32)
    village_code = serializers.CharField(max_length=12, required=False, allow_blank=True)
    group_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    main_cause_code = _code()
    members = RelationOf(many=True)


class Merger(_Effective):
    """The household in which this one ends, and what each member is to the head there."""

    into_id = serializers.UUIDField()
    members = RelationOf(many=True)


class TieRow(serializers.Serializer[Any]):
    """Where a household came from or went."""

    kind = serializers.ChoiceField(TieKind.choices)
    other_number = serializers.CharField()
    other_county_code = serializers.CharField()
    effective_on = serializers.DateField()


class Joining(serializers.Serializer[Any]):
    """A person who joins, from a day on, for a reason of the list `membership_change`."""

    on = serializers.DateField()
    reason_code = _code(required=True, allow_blank=False)
    person = PersonShape()


class Leaving(serializers.Serializer[Any]):
    """The first day without the person, for a reason of the list `membership_change`."""

    on = serializers.DateField()
    reason_code = _code(required=True, allow_blank=False)


class Reinstatement(serializers.Serializer[Any]):
    """Why a leaving was wrong; the relation from that day on, where the head is another one since."""

    relation_code = _code()
    reason = serializers.CharField(max_length=200)


class TakingBack(serializers.Serializer[Any]):
    """The household into which a person on file comes back, from a day on, for a reason of `membership_change`."""

    household_id = serializers.UUIDField()
    on = serializers.DateField()
    reason_code = _code(required=True, allow_blank=False)
    relation_code = _code(required=True, allow_blank=False)
    other_countys_word = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="For somebody without a document whom a transfer sent away: what the office there told.",
    )


class Finding(serializers.Serializer[Any]):
    """What is known of a person; all that is given must hold, and one thing must be given."""

    document_number = serializers.CharField(max_length=40, required=False)
    phone = serializers.CharField(max_length=40, required=False)
    name = serializers.CharField(max_length=60, required=False)

    @override
    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to look for anybody."""
        if not attrs:
            raise serializers.ValidationError(_("Give a document number, a telephone or a name to look for."))
        return attrs


class HeadChange(_Effective):
    """The member who becomes the head, and what the former head is to the new one."""

    person_id = serializers.UUIDField()
    former_head_relation = _code(required=True, allow_blank=False)


class RelationChange(serializers.Serializer[Any]):
    """What a member is to the head, and why it was stated otherwise."""

    relation_code = _code(required=True, allow_blank=False)
    reason = serializers.CharField(max_length=200)


class Reveal(serializers.Serializer[Any]):
    """Which sealed field is to be shown, and why."""

    field = serializers.ChoiceField(["phone", "account", "document", "collector_phone"])
    reason = serializers.CharField(max_length=200)


class HouseholdRow(serializers.Serializer[Any]):
    """A household in the list."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    village_code = serializers.CharField()
    village_name = serializers.CharField()
    group_name = serializers.CharField()
    address = serializers.CharField()
    status = serializers.ChoiceField(HouseholdStatus.choices)
    standard_code = serializers.CharField()
    attribute_code = serializers.CharField()
    main_cause_code = serializers.CharField()
    other_cause_codes = serializers.ListField(child=serializers.CharField())
    identified_on = serializers.DateField(allow_null=True)
    identified_precision = serializers.CharField()
    is_servicemans_family = serializers.BooleanField(allow_null=True)
    planned_lifting_year = serializers.IntegerField(allow_null=True)
    monitoring_state = serializers.ChoiceField(MONITORING_SHOWN)
    monitoring_code = serializers.CharField()
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class HouseholdDetailRow(HouseholdRow):
    """A household with masks, yearly facts and the transitions that its status allows."""

    phone_masked = serializers.CharField()
    account_masked = serializers.CharField()
    bank_name = serializers.CharField()
    is_to_be_lifted_this_year = serializers.BooleanField()
    return_cause_code = serializers.CharField(help_text="Of the last return to poverty; list `poverty_cause`.")
    years = HouseholdYearShape(many=True)
    ties = TieRow(many=True)
    transitions = serializers.ListField(child=serializers.CharField())


class MemberRow(serializers.Serializer[Any]):
    """A membership with its person."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    relation_code = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    starts_precision = serializers.CharField()
    start_reason_code = serializers.CharField()
    ends_on = serializers.DateField(allow_null=True)
    end_reason_code = serializers.CharField()
    person_number = serializers.CharField()
    person_name = serializers.CharField()
    person_sex_code = serializers.CharField()
    person_birth_on = serializers.DateField(allow_null=True)
    person_birth_precision = serializers.CharField()
    person_document_code = serializers.CharField()
    person_is_placeholder = serializers.BooleanField()
    person_version = serializers.IntegerField()
    document_masked = serializers.CharField()
    phone_masked = serializers.CharField()


class Joined(serializers.Serializer[Any]):
    """The memberships of a household after somebody joined."""

    next = serializers.CharField(allow_null=True)
    results = MemberRow(many=True)


class PersonRow(serializers.Serializer[Any]):
    """A person's yearly facts, and the marks of a disability certificate; the rest stands in the list of members."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    disability_category_code = serializers.CharField()
    disability_grade_code = serializers.CharField()
    years = PersonYearRow(many=True)


class Ids(serializers.Serializer[Any]):
    """The ids of what was registered, in the order of the request."""

    ids = serializers.ListField(child=serializers.UUIDField())


class RevealedRow(serializers.Serializer[Any]):
    """A sealed value in full."""

    value = serializers.CharField()


class HouseholdFilter(django_filters.FilterSet):
    """Narrow the households."""

    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    number = django_filters.CharFilter()
    status = django_filters.MultipleChoiceFilter(choices=HouseholdStatus.choices)
    monitoring_state = django_filters.MultipleChoiceFilter(choices=MONITORING_SHOWN, method="of_monitoring")
    updated_after = django_filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt")
    planned_lifting_year = django_filters.NumberFilter()

    class Meta:
        model = Household
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Household]", _name: str, code: str) -> "QuerySet[Household]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_monitoring(self, rows: "QuerySet[Household]", _name: str, states: list[str]) -> "QuerySet[Household]":
        """Keep what is shown as one of the states."""
        return in_monitoring(rows, states)


class MemberFilter(django_filters.FilterSet):
    """Narrow the memberships."""

    household = django_filters.UUIDFilter(field_name="household_id")
    person = django_filters.UUIDFilter(field_name="person_id")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    on = django_filters.DateFilter(method="of_day", label="members on that day")

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Membership]", _name: str, code: str) -> "QuerySet[Membership]":
        """Compare code ranges."""
        return in_division(rows, code)

    def of_day(self, rows: "QuerySet[Membership]", _name: str, day: Any) -> "QuerySet[Membership]":  # noqa: ANN401  (a date, as the filter gives it)
        """Ask whether the day lies in the period."""
        return rows.filter(covering(day))
