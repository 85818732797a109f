"""What stands below a household on its page, for reading."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.links import income_link, person_link, proposal_link
from households.enums import VisitSection
from households.models import HouseholdSpell, HouseholdYear, Membership, MonitoringSpell, Posting, Visit
from households.queries.income import HAS_LINES, IS_CLOSED, with_has_lines
from households.queries.lists import VILLAGE_NAME, with_village_name
from registry.access import allowed
from registry.admin.base import TenantTabularInline
from registry.admin.site import actor_at
from villages.admin.labels import code_label


class MemberInline(TenantTabularInline):
    """The members, those who left too."""

    model = Membership
    view_action = "households.view"
    fields = ("person_name", "relation_label", "starts_on", "ends_on", "end_reason_label")
    ordering = ("ends_on", "relation_code")
    relation_label = code_label(Membership, "relation_code", "relation")
    end_reason_label = code_label(Membership, "end_reason_code", "membership_change", "closing_reason")

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return cast("QuerySet[Membership]", super().get_queryset(request)).select_related("person")

    @admin.display(description=_("Name"))
    def person_name(self, membership: Membership) -> str:
        """Show the person's name with the link to their page."""
        return person_link(membership.person)


class YearInline(TenantTabularInline):
    """The yearly facts."""

    model = HouseholdYear
    may_propose = False
    view_action = "households.view"
    fields = (
        "year",
        "person_count",
        "net_per_head_yuan",
        "income_link",
        "is_declared",
        "source",
        "dangerous_housing",
        "safe_water",
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HouseholdYear]:
        self.may_propose = allowed(actor_at(request), "households.propose_change")
        return with_has_lines(cast("QuerySet[HouseholdYear]", super().get_queryset(request)))

    @admin.display(description=_("Derivation"))
    def income_link(self, year: HouseholdYear) -> str:
        """Lead to how the net income comes about, or to proposing another one for a closed year without lines."""
        if getattr(year, HAS_LINES):
            return income_link(year)
        if getattr(year, IS_CLOSED) and self.may_propose:
            return proposal_link(year)
        return str(self.get_empty_value_display())


class VisitInline(TenantTabularInline):
    """The visits: who asked, when, from what, and what was unchanged."""

    model = Visit
    view_action = "households.view"
    fields = ("visited_on", "year", "collector_name", "source", "confirmed_labels", "confirmed_from_year")

    @admin.display(description=_("confirmed as unchanged"))
    def confirmed_labels(self, visit: Visit) -> str:
        """Name the sections."""
        named = ", ".join(str(VisitSection(name).label) for name in visit.confirmed_sections)
        return named or str(self.get_empty_value_display())


class _VillageInline(TenantTabularInline):
    """Rows that state a village by its code."""

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_village_name(cast("QuerySet[Any]", super().get_queryset(request)))

    @admin.display(description=_("village"))
    def village_name(self, row: Any) -> str:  # noqa: ANN401  (a row of either model)
        """Show the village's name, or the code of one outside the area."""
        return str(getattr(row, VILLAGE_NAME) or row.village_code)


class SpellInline(_VillageInline):
    """The status over time."""

    model = HouseholdSpell
    view_action = "households.view"
    fields = ("status", "cause_label", "village_name", "starts_on", "ends_on")
    cause_label = code_label(HouseholdSpell, "cause_code", "poverty_cause")


class MonitoringInline(TenantTabularInline):
    """The monitoring over time."""

    model = MonitoringSpell
    view_action = "households.view"
    fields = ("category_label", "starts_on", "ends_on", "end_label")
    category_label = code_label(MonitoringSpell, "category_code", "monitoring_category")
    end_label = code_label(MonitoringSpell, "end_code", "risk_removal", "closing_reason")


class PostingInline(_VillageInline):
    """The ledger of this household."""

    model = Posting
    view_action = "households.view_ledger"
    fields = ("effective_on", "kind", "stock", "households_delta", "persons_delta", "village_name", "reason")
