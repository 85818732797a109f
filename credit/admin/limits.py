"""The county's limits of micro-credit."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from credit.domain.limits import LimitDraft, amend_loan_limit, set_loan_limit
from credit.models import LoanLimit
from registry.admin.base import TenantModelAdmin
from registry.tenancy.context import Actor


@admin.register(LoanLimit)
class LoanLimitAdmin(TenantModelAdmin):
    """The limits by year; the year of one is entered once."""

    view_action, add_action, change_action = "credit.view", "credit.manage_limits", "credit.manage_limits"
    fields: ClassVar = ("from_year", "most_yuan", "most_months", "source")
    list_display = fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("from_year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> LoanLimit:
        year = values.pop("from_year")
        return set_loan_limit(year, LimitDraft(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> LoanLimit:
        names = LimitDraft.__dataclass_fields__
        draft = LimitDraft(**{name: values[name] for name in names})
        return amend_loan_limit(record.pk, draft, actor=actor, version=version)
