"""The county's figures of training and of posts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from livelihoods.definitions.figures import TrainingFigures
from livelihoods.definitions.posts import PostFigures
from livelihoods.domain.figures import amend_post_rule, amend_training_rule, set_post_rule, set_training_rule
from livelihoods.models import PostRule, TrainingRule
from registry.admin.base import TenantModelAdmin
from registry.tenancy.context import Actor


@admin.register(TrainingRule)
class TrainingRuleAdmin(TenantModelAdmin):
    """The figures by year; the year of some is entered once."""

    view_action, add_action = "livelihoods.view_coverage", "livelihoods.manage_figures"
    change_action = "livelihoods.manage_figures"
    fields: ClassVar = (
        "from_year", "youngest_age", "oldest_age", "least_percent", "needs_certificate", "counted_since", "source",
    )  # fmt: skip
    list_display = fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("from_year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> TrainingRule:
        return set_training_rule(values.pop("from_year"), TrainingFigures(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> TrainingRule:
        return amend_training_rule(record.pk, TrainingFigures(**values), actor=actor, version=version)


@admin.register(PostRule)
class PostRuleAdmin(TenantModelAdmin):
    """The figures of posts by year; the year of some is entered once."""

    view_action, add_action = "livelihoods.view_coverage", "livelihoods.manage_figures"
    change_action = "livelihoods.manage_figures"
    fields: ClassVar = ("from_year", "youngest_age", "oldest_age", "most_months", "asked_days", "source")
    list_display = fields

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("from_year",) if obj else ()

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> PostRule:
        return set_post_rule(values.pop("from_year"), PostFigures(**values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> PostRule:
        return amend_post_rule(record.pk, PostFigures(**values), actor=actor, version=version)
