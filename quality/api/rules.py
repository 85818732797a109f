"""Rules: how each stands in the county, and the figures that the county sets."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from quality.domain.parameters import find_rule, set_parameter, version_of
from quality.enums import RuleObject, Severity
from quality.queries.parameters import RuleShown, parameters_of, rules_shown
from quality.queries.sentences import remedy_of, wrong_of
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class FigureRow(serializers.Serializer[Any]):
    """A parameter: the default of the data, and what counts in the county this year."""

    name = serializers.CharField()
    default = serializers.DecimalField(max_digits=14, decimal_places=2)
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    is_own = serializers.BooleanField()


class RuleRow(serializers.Serializer[Any]):
    """A rule with its sentences in the reader's language."""

    code = serializers.CharField()
    group = serializers.IntegerField()
    object = serializers.ChoiceField(RuleObject.choices)
    severity = serializers.ChoiceField(Severity.choices)
    wrong = serializers.CharField()
    remedy = serializers.CharField()
    is_enabled = serializers.BooleanField()
    figures = FigureRow(many=True)


class ParameterShape(serializers.Serializer[Any]):
    """A figure from a year on; `enabled` 0 switches the rule off."""

    name = serializers.CharField(max_length=40)
    from_year = serializers.IntegerField(min_value=2014, max_value=2100)
    value = serializers.DecimalField(max_digits=14, decimal_places=2)
    reason = serializers.CharField(max_length=300)


def rule_row(shown: RuleShown) -> dict[str, Any]:
    """Give the plain values of a rule."""
    rule = shown.rule
    return {
        "code": rule.code,
        "group": rule.group,
        "object": str(rule.object),
        "severity": str(rule.severity),
        "wrong": wrong_of(rule, shown.values),
        "remedy": remedy_of(rule, shown.values),
        "is_enabled": shown.is_enabled,
        "figures": [
            {"name": one.name, "default": f"{one.default:.2f}", "value": f"{one.value:.2f}", "is_own": one.is_own}
            for one in shown.figures
        ],
    }


class RuleList(TenantAPIView):
    """The rules."""

    actions: ClassVar = {"GET": "quality.view"}

    @extend_schema(operation_id="quality_rules_list", responses=RuleRow(many=True))
    def get(self, request: Request) -> Response:
        """List all rules as they stand this year; there is one page."""
        return self.row({"next": None, "results": [rule_row(shown) for shown in rules_shown(today().year)]})


class RuleView(TenantAPIView):
    """One rule."""

    actions: ClassVar = {"GET": "quality.view", "PUT": "quality.set_parameters"}

    @extend_schema(operation_id="quality_rules_retrieve", responses=RuleRow)
    def get(self, request: Request, code: str) -> Response:
        """Show a rule as it stands this year."""
        return self.answer(code)

    @extend_schema(operation_id="quality_rules_set", request=ParameterShape, responses=RuleRow)
    def put(self, request: Request, code: str) -> Response:
        """Set one figure of the rule from a year on."""
        set_parameter(code, actor=self.actor, version=self.version(), **self.shape(ParameterShape))
        return self.answer(code)

    def answer(self, code: str) -> Response:
        """Show the rule; the version is that of the county's figures."""
        rule = find_rule(code)
        (shown,) = (one for one in rules_shown(today().year) if one.rule.code == code)
        return self.row(rule_row(shown), version=version_of(parameters_of(rule)))
