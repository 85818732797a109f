"""The years that the county has closed: their figures change only as a second person decides."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.domain.closed_years import close_year, reopen_year
from households.models import ClosedYear
from households.queries.change_requests import name_of
from registry.admin.base import TenantModelAdmin
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm


class ReopenForm(VersionedForm):
    """Why the year is opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


def _is_closed(row: ClosedYear) -> bool:
    return row.reopened_on is None


def _reopen(row: ClosedYear, values: dict[str, Any], actor: Actor) -> ClosedYear:
    return reopen_year(row.pk, actor=actor, **values)


@admin.register(ClosedYear)
class ClosedYearAdmin(TenantModelAdmin):
    """Close a year, and open it again; nothing else of it is edited."""

    view_action, add_action = "households.view_closed_years", "households.close_year"
    list_display = ("year", "closed_on", "reopened_on")
    fields = ("year", "closed_on")
    verbs: ClassVar = (
        Verb(
            "reopen",
            _("Open the year again"),
            "households.close_year",
            run=_reopen,
            form=ReopenForm,
            offered=_is_closed,
            icon="lock_open",
            danger=True,
            intro=_("The facts and the income of the year are then recorded directly as before."),
        ),
    )

    @override
    def get_fields(self, request: Any, obj: Any = None) -> Any:
        return (*self.fields, "closer", "reopened_on", "reopener", "reason") if obj else self.fields

    @override
    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description=_("closed by"))
    def closer(self, row: ClosedYear) -> str:
        """Show who closed the year."""
        return name_of(row.closed_by) or self.get_empty_value_display()

    @admin.display(description=_("opened again by"))
    def reopener(self, row: ClosedYear) -> str:
        """Show who opened it again."""
        return name_of(row.reopened_by) or self.get_empty_value_display()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ClosedYear:
        return close_year(values["year"], on=values["closed_on"], actor=actor)
