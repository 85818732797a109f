"""Filters of the list of dossiers: whose turn it is, what happens next, and by when."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from dossiers.domain.templates import STEP_ROLES
from dossiers.enums import Form
from dossiers.queries.waiting import NEAR, at_form, due_by, marked_before_exit, waiting_for
from registry.lib.periods import today

_MARKED: Final = "marked"
_LATE, _NEAR = "late", "near"


class TurnFilter(admin.SimpleListFilter):
    """Narrow by who does the next step."""

    title = _("Who does the next step")
    parameter_name = "waits_for"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(role.value, str(role.label)) for role in STEP_ROLES]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        role = self.value()
        return waiting_for(queryset, role) if role in STEP_ROLES else queryset


class NextFormFilter(admin.SimpleListFilter):
    """Narrow by what happens in the next step, or to those that bear the mark before exit."""

    title = _("Next step")
    parameter_name = "next_form"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((form.value, str(form.label)) for form in Form), (_MARKED, str(_("Marked before exit")))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == _MARKED:
            return marked_before_exit(queryset)
        return at_form(queryset, chosen) if chosen in Form.values else queryset


class StepDueFilter(admin.SimpleListFilter):
    """Narrow to what is late, or has its last day soon."""

    title = _("Last day of the next step")
    parameter_name = "due"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(_NEAR, str(_("Within three days"))), (_LATE, str(pgettext_lazy("a last day", "Passed")))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        day = today()
        if self.value() == _NEAR:
            return due_by(queryset, day + NEAR, first=day)
        return due_by(queryset, day - timedelta(days=1)) if self.value() == _LATE else queryset
