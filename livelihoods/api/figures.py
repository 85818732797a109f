"""The county's figures of training and of posts."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from livelihoods.api import shapes
from livelihoods.definitions.figures import TrainingFigures
from livelihoods.definitions.posts import PostFigures
from livelihoods.domain.figures import amend_post_rule, amend_training_rule, set_post_rule, set_training_rule
from livelihoods.models import PostRule, TrainingRule
from registry.api.base import TenantAPIView


def _rules(rows: "QuerySet[TrainingRule]") -> "QuerySet[Any, Any]":
    return rows.values(
        "id", "from_year", "youngest_age", "oldest_age", "least_percent", "needs_certificate", "counted_since",
        "source", "version",
    )  # fmt: skip


class RuleList(TenantAPIView):
    """The county's own figures; before the first ones those that come with the product hold."""

    actions: ClassVar = {"GET": "livelihoods.view_coverage", "POST": "livelihoods.manage_figures"}
    paged: ClassVar = True

    @extend_schema(operation_id="training_rules_list", responses=shapes.TrainingFiguresRow(many=True))
    def get(self, request: Request) -> Response:
        """List the figures by year."""
        return self.page(TrainingRule.objects.all(), _rules)

    @extend_schema(
        operation_id="training_rules_create",
        request=shapes.TrainingFiguresShape,
        responses={201: shapes.TrainingFiguresRow},
    )
    def post(self, request: Request) -> Response:
        """Enter the figures that hold from a year on."""
        wanted = self.shape(shapes.TrainingFiguresShape)
        row = set_training_rule(wanted.pop("from_year"), TrainingFigures(**wanted), actor=self.actor)
        return self.row(_rules(TrainingRule.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class RuleDetail(TenantAPIView):
    """The figures of one year."""

    actions: ClassVar = {"PUT": "livelihoods.manage_figures"}

    @extend_schema(
        operation_id="training_rules_amend",
        request=shapes.TrainingFiguresAmendment,
        responses=shapes.TrainingFiguresRow,
    )
    def put(self, request: Request, training_rule_id: UUID) -> Response:
        """Correct figures."""
        wanted = TrainingFigures(**self.shape(shapes.TrainingFiguresAmendment))
        row = amend_training_rule(training_rule_id, wanted, actor=self.actor, version=self.version())
        return self.row(_rules(TrainingRule.objects.filter(pk=row.pk)).get(), version=row.version)


def _post_rules(rows: "QuerySet[PostRule]") -> "QuerySet[Any, Any]":
    return rows.values(
        "id", "from_year", "youngest_age", "oldest_age", "most_months", "asked_days", "source", "version"
    )


class PostRuleList(TenantAPIView):
    """The county's own figures of posts; before the first ones those that come with the product hold."""

    actions: ClassVar = {"GET": "livelihoods.view_coverage", "POST": "livelihoods.manage_figures"}
    paged: ClassVar = True

    @extend_schema(operation_id="post_rules_list", responses=shapes.PostFiguresRow(many=True))
    def get(self, request: Request) -> Response:
        """List the figures by year."""
        return self.page(PostRule.objects.all(), _post_rules)

    @extend_schema(
        operation_id="post_rules_create", request=shapes.PostFiguresShape, responses={201: shapes.PostFiguresRow}
    )
    def post(self, request: Request) -> Response:
        """Enter the figures that hold from a year on."""
        wanted = self.shape(shapes.PostFiguresShape)
        row = set_post_rule(wanted.pop("from_year"), PostFigures(**wanted), actor=self.actor)
        return self.row(_post_rules(PostRule.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class PostRuleDetail(TenantAPIView):
    """The figures of posts of one year."""

    actions: ClassVar = {"PUT": "livelihoods.manage_figures"}

    @extend_schema(
        operation_id="post_rules_amend", request=shapes.PostFiguresAmendment, responses=shapes.PostFiguresRow
    )
    def put(self, request: Request, post_rule_id: UUID) -> Response:
        """Correct figures."""
        wanted = PostFigures(**self.shape(shapes.PostFiguresAmendment))
        row = amend_post_rule(post_rule_id, wanted, actor=self.actor, version=self.version())
        return self.row(_post_rules(PostRule.objects.filter(pk=row.pk)).get(), version=row.version)
