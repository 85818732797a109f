"""The shapes of industry projects, their money, assets and wages."""

from decimal import Decimal
from typing import Any, ClassVar, Final

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from economy.enums import AssetOwner, AssetState, Payer, ProjectState
from economy.models import IndustryProject, ProjectAsset, ProjectWork
from economy.queries.assets import kept_up_by_nobody
from economy.queries.projects import stopped_with_money
from economy.workflow import PROJECT_CHANGES
from households.queries.lists import in_division
from registry.lib.periods import today

_MAYBE: Final[dict[str, Any]] = {"required": False, "allow_null": True}
_NAMELESS: Final = "No names or numbers of persons."


def _yuan(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **more)


class ProjectShape(serializers.Serializer[Any]):
    """A project of the library (lists `industry_project_kind`, `enrichment_action`) with the villages it reaches."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    action_code = serializers.CharField(max_length=20, default="", allow_blank=True)
    library_year = serializers.IntegerField(min_value=2000, max_value=2100)
    village_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)
    content = serializers.CharField(max_length=500, default="", allow_blank=True, help_text=_NAMELESS)
    planned_from = serializers.DateField(**_MAYBE)
    planned_until = serializers.DateField(**_MAYBE)
    household_count = serializers.IntegerField(**_MAYBE, min_value=0, max_value=10_000_000)


class ProjectRow(serializers.Serializer[Any]):
    """A project on file with the sums of its money; `division_code` is the smallest that holds its villages."""

    id = serializers.UUIDField()
    division_code = serializers.CharField()
    name = serializers.CharField()
    kind_code = serializers.CharField()
    action_code = serializers.CharField(allow_blank=True)
    content = serializers.CharField(allow_blank=True)
    library_year = serializers.IntegerField()
    planned_from = serializers.DateField(allow_null=True)
    planned_until = serializers.DateField(allow_null=True)
    household_count = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=ProjectState.choices)
    state_on = serializers.DateField()
    result = serializers.CharField(allow_blank=True)
    gaining_count = serializers.IntegerField(allow_null=True)
    planned_yuan = _yuan()
    arrived_yuan = _yuan()
    spent_yuan = _yuan()
    folded_yuan = _yuan()
    returned_yuan = _yuan()
    version = serializers.IntegerField()


class ReachedVillage(serializers.Serializer[Any]):
    """A village that a project reaches."""

    village_id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class PublishedStep(serializers.Serializer[Any]):
    """A state with its day."""

    state = serializers.ChoiceField(choices=ProjectState.choices)
    entered_on = serializers.DateField()


class ProjectStepRow(PublishedStep):
    """A state with its day and note."""

    note = serializers.CharField(allow_blank=True)


class ProjectMoneyRow(serializers.Serializer[Any]):
    """What one source planned and sent, where it went, and the rest that is not accounted for."""

    source_code = serializers.CharField()
    planned = _yuan()
    arrived = _yuan()
    spent = _yuan()
    folded = _yuan()
    returned = _yuan()
    rest = _yuan()


class ProjectDetail(ProjectRow):
    """A project with villages, states and money by source."""

    villages = ReachedVillage(many=True)
    steps = ProjectStepRow(many=True)
    money = ProjectMoneyRow(many=True)


class ProjectAdvance(serializers.Serializer[Any]):
    """One change of the state; decisions take a note, completion a result."""

    change = serializers.ChoiceField(choices=[line.name for line in PROJECT_CHANGES])
    on = serializers.DateField()
    note = serializers.CharField(max_length=300, default="", allow_blank=True, help_text=_NAMELESS)
    result = serializers.CharField(max_length=500, default="", allow_blank=True, help_text=_NAMELESS)
    gaining_count = serializers.IntegerField(**_MAYBE, min_value=0, max_value=10_000_000)


class ProjectMoneyShape(serializers.Serializer[Any]):
    """Money from one source (list `funding_source`) since the entry before; negative amounts take back."""

    source_code = serializers.CharField(max_length=20)
    noted_on = serializers.DateField()
    planned_yuan = _yuan(default=Decimal(0))
    arrived_yuan = _yuan(default=Decimal(0))
    spent_yuan = _yuan(default=Decimal(0))
    returned_yuan = _yuan(default=Decimal(0))
    note = serializers.CharField(max_length=200, default="", allow_blank=True, help_text=_NAMELESS)


class FoldShape(serializers.Serializer[Any]):
    """Money of one source that becomes shares of a fund; a negative amount takes back."""

    fund_id = serializers.UUIDField()
    source_code = serializers.CharField(max_length=20)
    noted_on = serializers.DateField()
    amount_yuan = _yuan()
    note = serializers.CharField(max_length=200, default="", allow_blank=True, help_text=_NAMELESS)


class AssetShape(serializers.Serializer[Any]):
    """A thing that a project's money became (list `project_asset_kind`); a village's names the village."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    value_yuan = _yuan()
    acquired_on = serializers.DateField()
    owner = serializers.ChoiceField(choices=AssetOwner.choices)
    village_id = serializers.UUIDField(**_MAYBE)
    owner_name = serializers.CharField(max_length=100, default="", allow_blank=True)
    custodian = serializers.CharField(max_length=100, help_text="A unit, the village committee or a post.")
    is_idle = serializers.BooleanField(default=False)


class AssetRow(serializers.Serializer[Any]):
    """An asset on file."""

    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    kind_code = serializers.CharField()
    value_yuan = _yuan()
    acquired_on = serializers.DateField()
    owner = serializers.ChoiceField(choices=AssetOwner.choices)
    village_id = serializers.UUIDField(allow_null=True)
    owner_name = serializers.CharField(allow_blank=True)
    custodian = serializers.CharField()
    state = serializers.ChoiceField(choices=AssetState.choices)
    disposed_on = serializers.DateField(allow_null=True)
    disposed_yuan = _yuan(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class AssetUpkeepShape(serializers.Serializer[Any]):
    """Who keeps an asset up, and with what money a year (list `funding_source`)."""

    keeper = serializers.CharField(max_length=100)
    source_code = serializers.CharField(max_length=20)
    yearly_yuan = _yuan(min_value=0)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(**_MAYBE)


class AssetUpkeepRow(AssetUpkeepShape):
    """A period of upkeep."""

    id = serializers.UUIDField()
    asset_id = serializers.UUIDField()
    version = serializers.IntegerField()


class AssetDetail(AssetRow):
    """An asset with its periods of upkeep."""

    upkeep = AssetUpkeepRow(many=True)


class AssetDisposal(serializers.Serializer[Any]):
    """How an asset went, and for what."""

    on = serializers.DateField()
    received_yuan = _yuan(min_value=0)
    reason = serializers.CharField(max_length=200, help_text=_NAMELESS)


class EntryError(serializers.Serializer[Any]):
    """Why an entry was wrong."""

    reason = serializers.CharField(max_length=200, help_text=_NAMELESS)


class ProjectWorkShape(serializers.Serializer[Any]):
    """Days that a person worked on a project, and the wage paid for them."""

    person_id = serializers.UUIDField()
    day_count = serializers.DecimalField(max_digits=5, decimal_places=1)
    wage_yuan = _yuan()
    paid_on = serializers.DateField()


class ProjectWorkRow(ProjectWorkShape):
    """A wage on file; one that was withdrawn counts no more."""

    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    household_id = serializers.UUIDField()
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawal_reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class DividendBooking(serializers.Serializer[Any]):
    """Who paid the dividend, on which depends what is booked."""

    payer = serializers.ChoiceField(choices=Payer.choices)
    source_code = serializers.CharField(max_length=20, required=False, help_text="Source of the village's own part.")


class ShareTotal(serializers.Serializer[Any]):
    """How many shares a fund has; null where it is not said."""

    share_total = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)


class PublishedAsset(serializers.Serializer[Any]):
    """An asset as it is published."""

    name = serializers.CharField()
    kind_code = serializers.CharField()
    value_yuan = _yuan()
    owner = serializers.ChoiceField(choices=AssetOwner.choices)
    owner_label = serializers.CharField()
    custodian = serializers.CharField()
    state = serializers.ChoiceField(choices=AssetState.choices)
    state_label = serializers.CharField()
    disposed_yuan = _yuan(allow_null=True)


class PublishedFund(serializers.Serializer[Any]):
    """A fund of shares as it is published."""

    name = serializers.CharField()
    folded_yuan = _yuan(allow_null=True)
    share_total = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)


class ProjectTotals(serializers.Serializer[Any]):
    """The money of all sources together."""

    planned = _yuan()
    arrived = _yuan()
    spent = _yuan()
    folded = _yuan()
    returned = _yuan()
    rest = _yuan()


class PublishedProject(serializers.Serializer[Any]):
    """What the villages that a project reaches are shown: it counts persons and households, and names none.

    Numbers and amounts of one or two households are null.
    """

    project = ProjectRow()
    villages = ReachedVillage(many=True)
    steps = PublishedStep(many=True)
    money = ProjectMoneyRow(many=True)
    totals = ProjectTotals()
    assets = PublishedAsset(many=True)
    worker_count = serializers.IntegerField(allow_null=True)
    worker_household_count = serializers.IntegerField(allow_null=True)
    wage_yuan = _yuan(allow_null=True)
    funds = PublishedFund(many=True)
    shareholding_count = serializers.IntegerField(allow_null=True)
    dividend_yuan = _yuan(allow_null=True)
    dividend_household_count = serializers.IntegerField(allow_null=True)


class ProjectFilter(django_filters.FilterSet):
    """Narrow the projects."""

    kind = django_filters.CharFilter(field_name="kind_code")
    state = django_filters.ChoiceFilter(choices=ProjectState.choices)
    library_year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")
    money = django_filters.ChoiceFilter(
        method="of_money", choices=[("left", "left")], label="left: stopped with money that is not accounted for"
    )

    class Meta:
        model = IndustryProject
        fields: ClassVar[list[str]] = []

    def of_money(self, rows: "QuerySet[IndustryProject]", _name: str, _value: str) -> "QuerySet[IndustryProject]":
        """Ask for what was stopped with money left."""
        return stopped_with_money(rows)

    def of_division(self, rows: "QuerySet[Any]", _name: str, code: str) -> "QuerySet[Any]":
        """Compare code ranges."""
        return in_division(rows, code)


class AssetFilter(django_filters.FilterSet):
    """Narrow the assets."""

    project = django_filters.UUIDFilter(field_name="project_id")
    state = django_filters.ChoiceFilter(choices=AssetState.choices)
    upkeep = django_filters.ChoiceFilter(
        method="of_upkeep", choices=[("none", "none")], label="none: kept up by nobody"
    )

    class Meta:
        model = ProjectAsset
        fields: ClassVar[list[str]] = []

    def of_upkeep(self, rows: "QuerySet[ProjectAsset]", _name: str, _value: str) -> "QuerySet[ProjectAsset]":
        """Ask for what stands and nobody keeps up today."""
        return kept_up_by_nobody(rows, today())


class WorkFilter(django_filters.FilterSet):
    """Narrow the wages."""

    project = django_filters.UUIDFilter(field_name="project_id")
    household = django_filters.UUIDFilter(field_name="household_id")

    class Meta:
        model = ProjectWork
        fields: ClassVar[list[str]] = []
