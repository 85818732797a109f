"""Policies: how each stands in the county, and the figures that the county sets."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from entitlements.api.shapes import PolicyFigureShape, PolicyRow
from entitlements.domain.figures import figures_version, find_policy, set_figure
from entitlements.enums import EntitlementKind
from entitlements.queries.policies import PolicyShown, policies_shown
from entitlements.queries.words import found_by, policy_name
from registry.api.base import TenantAPIView
from registry.lib.periods import today


def policy_row(shown: PolicyShown) -> dict[str, Any]:
    """Give the plain values of a policy."""
    policy = shown.policy
    return {
        "code": policy.code,
        "version": policy.version,
        "object": str(policy.object),
        "sector": policy.sector,
        "name": policy_name(policy.code, {policy.code: policy}),
        "due": found_by(policy, EntitlementKind.DUE_NOT_RECEIVED, shown.values),
        "received": found_by(policy, EntitlementKind.RECEIVED_NOT_DUE, shown.values),
        "source": policy.source,
        "is_proposal": policy.is_proposal,
        "is_asked": shown.is_asked,
        "figures": [
            {
                "name": one.name,
                "default": f"{one.default:.2f}",
                "value": f"{one.value:.2f}",
                "is_own": one.is_own,
                "source": one.source,
            }
            for one in shown.figures
        ],
    }


class PolicyList(TenantAPIView):
    """The policies."""

    actions: ClassVar = {"GET": "entitlements.view"}

    @extend_schema(operation_id="entitlement_policies_list", responses=PolicyRow(many=True))
    def get(self, request: Request) -> Response:
        """List all policies as they stand this year; there is one page."""
        return self.row({"next": None, "results": [policy_row(shown) for shown in policies_shown(today().year)]})


class PolicyView(TenantAPIView):
    """One policy."""

    actions: ClassVar = {"GET": "entitlements.view", "PUT": "entitlements.set_figures"}

    @extend_schema(operation_id="entitlement_policies_retrieve", responses=PolicyRow)
    def get(self, request: Request, code: str) -> Response:
        """Show a policy as it stands this year."""
        return self.answer(code)

    @extend_schema(operation_id="entitlement_policies_set", request=PolicyFigureShape, responses=PolicyRow)
    def put(self, request: Request, code: str) -> Response:
        """Set one figure of the policy from a year on."""
        set_figure(code, actor=self.actor, version=self.version(), **self.shape(PolicyFigureShape))
        return self.answer(code)

    def answer(self, code: str) -> Response:
        """Show the policy; the version is that of the county's figures."""
        policy = find_policy(code)
        (shown,) = (one for one in policies_shown(today().year) if one.policy.code == policy.code)
        return self.row(policy_row(shown), version=figures_version(policy))
