"""The county's goals for the income of villages' collectives."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from economy.domain.goals import amend_income_goal, set_income_goal
from economy.models import IncomeGoal
from registry.admin.base import TenantModelAdmin
from registry.tenancy.context import Actor


@admin.register(IncomeGoal)
class IncomeGoalAdmin(TenantModelAdmin):
    """The goals by year; the year of one is entered once."""

    view_action, add_action, change_action = "economy.view", "economy.manage_goals", "economy.manage_goals"
    fields: ClassVar = ("from_year", "goal_yuan", "source")
    list_display = fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("from_year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> IncomeGoal:
        return set_income_goal(actor=actor, **values)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> IncomeGoal:
        goal, source = values["goal_yuan"], values["source"]
        return amend_income_goal(record.pk, goal_yuan=goal, source=source, actor=actor, version=version)
