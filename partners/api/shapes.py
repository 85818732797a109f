"""The shapes of partners, links, benefit links and marks."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from households.queries.lists import in_division
from partners.models import BenefitLink, DemonstrationMark, Partner, PartnerLink
from registry.lib.errors import DomainError


def _yuan(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=16, decimal_places=2, **more)


class PartnerAmendment(serializers.Serializer[Any]):
    """An organisation (credit code, contact) or a person (skill, sending unit); fields that are left out stay."""

    name = serializers.CharField(max_length=100, required=False)
    kind_code = serializers.CharField(max_length=20, required=False, help_text="Of the list `partner_kind`.")
    uscc = serializers.CharField(max_length=30, required=False, allow_blank=True)
    contact_name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    skill = serializers.CharField(max_length=60, required=False, allow_blank=True)
    unit_id = serializers.UUIDField(required=False, allow_null=True)
    division_code = serializers.CharField(
        max_length=12, required=False, help_text="Where it works: a village, a township, or the county."
    )
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, write_only=True)


class PartnerShape(PartnerAmendment):
    """A partner from a day on."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20, help_text="Of the list `partner_kind`.")
    starts_on = serializers.DateField()


class PartnerRow(serializers.Serializer[Any]):
    """A partner on file, without the telephone."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind_code = serializers.CharField()
    is_person = serializers.BooleanField()
    uscc = serializers.CharField()
    contact_name = serializers.CharField()
    skill = serializers.CharField()
    unit_id = serializers.UUIDField(allow_null=True)
    division_code = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    end_reason = serializers.CharField()
    version = serializers.IntegerField()


class PartnersEnding(serializers.Serializer[Any]):
    """The first day without it, and why."""

    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class PartnersWithdrawal(serializers.Serializer[Any]):
    """Why it was wrong."""

    reason = serializers.CharField(max_length=200)


class PartnerYearRow(serializers.Serializer[Any]):
    """What a partner paid in a year to households of the token's area, by the lines that name it."""

    year = serializers.IntegerField()
    household_count = serializers.IntegerField()
    line_count = serializers.IntegerField()
    amount_yuan = _yuan()


class PartnerYears(serializers.Serializer[Any]):
    """The years of a partner, the latest first; their lines are `benefit-links/?partner=&year=&in_force=true`."""

    partner_id = serializers.UUIDField()
    years = PartnerYearRow(many=True)


class PartnerLinkShape(serializers.Serializer[Any]):
    """Whom a partner helps from a day on: a household or a village, one of the two."""

    partner_id = serializers.UUIDField()
    household_id = serializers.UUIDField(required=False, allow_null=True)
    village_id = serializers.UUIDField(required=False, allow_null=True)
    form_codes = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20)
    on = serializers.DateField()


class PartnerLinkRow(serializers.Serializer[Any]):
    """A link on file; `ends_on` is the first day without it."""

    id = serializers.UUIDField()
    partner_id = serializers.UUIDField()
    partner_name = serializers.CharField()
    household_id = serializers.UUIDField(allow_null=True)
    household_number = serializers.CharField(allow_null=True)
    village_id = serializers.UUIDField(allow_null=True)
    village_code = serializers.CharField()
    form_codes = serializers.ListField(child=serializers.CharField())
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    end_reason = serializers.CharField()
    version = serializers.IntegerField()


class BenefitEdition(serializers.Serializer[Any]):
    """A line of income as it stands in the ledger, the kind of benefit, and one source.

    `source_kind` is `partner`, `measure`, `post`, `project`, `other`, or one that another part of
    the product brings; the first two go with their id, the next three with `source_name`, any other with `source_id`.
    """

    item_code = serializers.CharField(max_length=20)
    product = serializers.CharField(max_length=60, required=False, allow_blank=True)
    month = serializers.IntegerField(min_value=1, max_value=12, required=False, allow_null=True)
    line_source = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="The source of the figure, as the line has it."
    )
    benefit_code = serializers.CharField(max_length=20, help_text="Of the list `benefit_link`.")
    source_kind = serializers.CharField(max_length=20)
    partner_id = serializers.UUIDField(required=False, allow_null=True)
    measure_id = serializers.UUIDField(required=False, allow_null=True)
    source_id = serializers.UUIDField(required=False, allow_null=True)
    source_name = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="No names or numbers of persons."
    )


class BenefitShape(BenefitEdition):
    """The source of a line of a household's year."""

    household_id = serializers.UUIDField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)


class BenefitRow(serializers.Serializer[Any]):
    """An edition of a link; `stands` says whether such a line is on file, `paid_yuan` what such lines amount to."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    year = serializers.IntegerField()
    item_code = serializers.CharField()
    product = serializers.CharField()
    month = serializers.IntegerField(allow_null=True)
    line_source = serializers.CharField()
    benefit_code = serializers.CharField()
    source_kind = serializers.CharField()
    partner_id = serializers.UUIDField(allow_null=True)
    partner_name = serializers.CharField(allow_null=True)
    measure_id = serializers.UUIDField(allow_null=True)
    source_id = serializers.UUIDField(allow_null=True)
    source_name = serializers.CharField()
    edition = serializers.IntegerField()
    replaces_id = serializers.UUIDField(allow_null=True)
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawal_reason = serializers.CharField()
    paid_yuan = _yuan()
    stands = serializers.BooleanField()
    version = serializers.IntegerField()


class BenefitCarrying(serializers.Serializer[Any]):
    """The year to which sources of the year before are taken over."""

    year = serializers.IntegerField(min_value=2001, max_value=2100)


class CarriedBenefitsRow(serializers.Serializer[Any]):
    """The links that were made."""

    links = BenefitRow(many=True)


class BenefitSum(serializers.Serializer[Any]):
    """The earned income of one kind of benefit."""

    benefit_code = serializers.CharField()
    amount_yuan = _yuan()


class SourcedLineRow(serializers.Serializer[Any]):
    """A line of income; `link_id` is the link that names its source, null where none does."""

    item_code = serializers.CharField()
    product = serializers.CharField()
    month = serializers.IntegerField(allow_null=True)
    line_source = serializers.CharField()
    amount_yuan = _yuan()
    counts_toward_net = serializers.BooleanField()
    link_id = serializers.UUIDField(allow_null=True)
    benefit_code = serializers.CharField(allow_null=True)
    source_text = serializers.CharField(allow_null=True)


class IncomeSourcesRow(serializers.Serializer[Any]):
    """Where the income of a household's year comes from; hand-outs stand apart from what was earned.

    `unlinked_percent` is null where nothing was earned. `loose_link_ids` are links whose line stands no more.
    """

    household_id = serializers.UUIDField()
    year = serializers.IntegerField()
    earned = SourcedLineRow(many=True)
    handed_out = SourcedLineRow(many=True)
    by_benefit = BenefitSum(many=True)
    earned_yuan = _yuan()
    linked_yuan = _yuan()
    unlinked_yuan = _yuan()
    unlinked_percent = serializers.DecimalField(max_digits=5, decimal_places=1, allow_null=True)
    handed_out_yuan = _yuan()
    loose_link_ids = serializers.ListField(child=serializers.UUIDField())


class DemonstrationShape(serializers.Serializer[Any]):
    """The mark of a demonstration household, by a year whose net income is on file."""

    household_id = serializers.UUIDField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    result = serializers.CharField(max_length=200, help_text="No names or numbers of persons.")
    on = serializers.DateField()


class DemonstrationRow(serializers.Serializer[Any]):
    """A mark on file; nothing follows from it."""

    id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    household_number = serializers.CharField()
    village_code = serializers.CharField()
    marked_on = serializers.DateField()
    year = serializers.IntegerField()
    net_per_head_yuan = _yuan()
    result = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawal_reason = serializers.CharField()
    version = serializers.IntegerField()


class _InArea(django_filters.FilterSet):
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    def of_division(self, rows: "QuerySet[Any]", _name: str, code: str) -> "QuerySet[Any]":
        """Compare code ranges."""
        return in_division(rows, code)


class PartnerFilter(django_filters.FilterSet):
    """Narrow the partners."""

    kind = django_filters.CharFilter(field_name="kind_code")
    has_ended = django_filters.BooleanFilter(field_name="ends_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Partner
        fields: ClassVar[list[str]] = []


class LinkFilter(_InArea):
    """Narrow the links."""

    partner = django_filters.UUIDFilter(field_name="partner_id")
    household = django_filters.UUIDFilter(field_name="household_id")
    has_ended = django_filters.BooleanFilter(field_name="ends_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = PartnerLink
        fields: ClassVar[list[str]] = []


class BenefitFilter(_InArea):
    """Narrow the benefit links."""

    household = django_filters.UUIDFilter(field_name="household_id")
    partner = django_filters.UUIDFilter(field_name="partner_id")
    year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    in_force = django_filters.BooleanFilter(field_name="withdrawn_on", lookup_expr="isnull")
    stands = django_filters.BooleanFilter(
        method="of_standing", label="whether such a line is on file; with year, household or partner"
    )

    def of_standing(self, rows: "QuerySet[Any]", _name: str, value: object) -> "QuerySet[Any]":
        """Look the line of each link up, which is for no whole county. Raises: DomainError."""
        given = self.data or {}
        if not any(given.get(name) for name in ("year", "household", "partner")):
            message = _("Name a year, a household or a partner too: the line of each link is looked up.")
            raise DomainError("benefit.stands_of_what", message, field="year")
        return rows.filter(stands=value)

    class Meta:
        model = BenefitLink
        fields: ClassVar[list[str]] = []


class MarkFilter(_InArea):
    """Narrow the marks."""

    household = django_filters.UUIDFilter(field_name="household_id")
    in_force = django_filters.BooleanFilter(field_name="withdrawn_on", lookup_expr="isnull")

    class Meta:
        model = DemonstrationMark
        fields: ClassVar[list[str]] = []
