"""Changes that a second person decides: worklist, proposal, decision; and the county's rule."""

from typing import Any, ClassVar
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from households.api.income import IncomeShape, lines_from
from households.api.year_shapes import HouseholdYearShape, PersonYearShape, year_of
from households.domain.change_requests import (
    approve_change,
    propose_account,
    propose_identity,
    rebase_change,
    refuse_change,
    withdraw_change,
)
from households.domain.change_rules import set_change_rule
from households.domain.facts import PersonYearDraft
from households.domain.figure_requests import propose_household_year, propose_income, propose_person_year
from households.domain.income import IncomeDraft
from households.domain.status_requests import propose_status
from households.enums import PRECISION_CHOICES, ChangeKind, ChangeState
from households.models import ChangeRequest
from households.queries.change_requests import (
    change_rule_detail,
    find_request,
    request_detail,
    request_rows,
    requests_visible_to,
)
from households.workflow import MONITORING_TRANSITIONS, STATUS_TRANSITIONS
from registry.api.base import TenantAPIView


class IdentityProposal(serializers.Serializer[Any]):
    """What is proposed of a person; fields left out stay. Sex and birth follow the document."""

    name = serializers.CharField(max_length=60, required=False)
    sex_code = serializers.CharField(max_length=1, required=False)
    birth_on = serializers.DateField(required=False, allow_null=True)
    birth_precision = serializers.ChoiceField(PRECISION_CHOICES, required=False, allow_blank=True)
    document_number = serializers.CharField(max_length=40, required=False)
    reason = serializers.CharField(max_length=200)


class AccountProposal(serializers.Serializer[Any]):
    """The bank account that is proposed, or its bank; an empty one clears it, and one left out stays."""

    account = serializers.CharField(max_length=40, required=False, allow_blank=True)
    bank_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=200)


class StatusProposal(serializers.Serializer[Any]):
    """A transition of status or monitoring that is proposed.

    `code` is the category or manner of one of monitoring, or the cause of a return where it is known.
    """

    transition = serializers.ChoiceField([line.name for line in (*STATUS_TRANSITIONS, *MONITORING_TRANSITIONS)])
    on = serializers.DateField()
    code = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200)


class HouseholdFiguresProposal(HouseholdYearShape):
    """The facts of a closed year of a household as they should be, and why."""

    reason = serializers.CharField(max_length=200)


class IncomeProposal(IncomeShape):
    """The whole income of a closed year as it should be, and why."""

    year = serializers.IntegerField(min_value=2000, max_value=2100)
    reason = serializers.CharField(max_length=200)


class PersonFiguresProposal(PersonYearShape):
    """The facts of a closed year of a person as they should be, and why."""

    reason = serializers.CharField(max_length=200)

    @override
    def get_fields(self) -> dict[str, Any]:
        """Leave out the visit: a correction comes from none."""
        return {name: one for name, one in super().get_fields().items() if name != "visit_id"}


class ChangeDecision(serializers.Serializer[Any]):
    """Why the change is approved or withdrawn; may be empty."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ChangeRefusal(serializers.Serializer[Any]):
    """Why the change is refused."""

    reason = serializers.CharField(max_length=200)


class ChangeRequestRow(serializers.Serializer[Any]):
    """A change request."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ChangeKind.choices)
    state = serializers.ChoiceField(ChangeState.choices)
    person_id = serializers.UUIDField(allow_null=True)
    household_id = serializers.UUIDField(allow_null=True)
    year = serializers.IntegerField(allow_null=True)
    proposal = serializers.DictField(help_text="Of a change of status: the transition, its day and its code.")
    seen_version = serializers.IntegerField()
    reason = serializers.CharField()
    proposed_by = serializers.UUIDField()
    proposed_at = serializers.DateTimeField()
    decided_by = serializers.UUIDField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField()
    version = serializers.IntegerField()


class DifferenceRow(serializers.Serializer[Any]):
    """One field before, as proposed, and now where it became something else; numbers are masks."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    now = serializers.JSONField(allow_null=True)
    is_stale = serializers.BooleanField()
    changed_at = serializers.DateTimeField(allow_null=True)
    changed_by = serializers.CharField()


class ChangeRequestDetailRow(ChangeRequestRow):
    """A change request with what it would change."""

    differences = DifferenceRow(many=True)


class ChangeRuleShape(serializers.Serializer[Any]):
    """Which changes a second person decides."""

    identity_by_two = serializers.BooleanField(required=False)
    account_by_two = serializers.BooleanField(required=False)
    status_by_two = serializers.BooleanField(required=False)
    covers_candidates = serializers.BooleanField(required=False)


class ChangeRequestFilter(django_filters.FilterSet):
    """Narrow the worklist."""

    kind = django_filters.MultipleChoiceFilter(choices=ChangeKind.choices)
    state = django_filters.MultipleChoiceFilter(choices=ChangeState.choices)
    person = django_filters.UUIDFilter(field_name="person_id")
    household = django_filters.UUIDFilter(field_name="household_id")

    class Meta:
        model = ChangeRequest
        fields: ClassVar[list[str]] = []


class _ChangeView(TenantAPIView):
    """A view that answers with one change request."""

    def answer(self, request_id: UUID, *, status: int = 200) -> Response:
        """Show the request as it is now, with its version."""
        found = find_request(request_id, actor=self.actor)
        return self.row(request_detail(found), version=found.version, status=status)


class ChangeRequestList(TenantAPIView):
    """The worklist of changes that a second person decides."""

    actions: ClassVar = {"GET": "households.view_change_requests"}
    filters: ClassVar = ChangeRequestFilter
    paged: ClassVar = True

    @extend_schema(operation_id="change_requests_list", responses=ChangeRequestRow(many=True))
    def get(self, request: Request) -> Response:
        """List change requests, decided ones too."""
        return self.page(self.filtered(requests_visible_to(self.actor)), request_rows)


class ChangeRequestDetail(_ChangeView):
    """One change request."""

    actions: ClassVar = {"GET": "households.view_change_requests"}

    @extend_schema(operation_id="change_requests_retrieve", responses=ChangeRequestDetailRow)
    def get(self, request: Request, change_request_id: UUID) -> Response:
        """Show what it would change, and what became something else meanwhile."""
        return self.answer(change_request_id)


class PersonChangeRequest(_ChangeView):
    """The proposal to change the identity of one person."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="persons_propose_change", request=IdentityProposal, responses={201: ChangeRequestDetailRow}
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        """Propose another name, sex, birth or document."""
        wanted = self.shape(IdentityProposal)
        reason = wanted.pop("reason")
        proposed = propose_identity(person_id, wanted, actor=self.actor, version=self.version(), reason=reason)
        return self.answer(proposed.pk, status=201)


class HouseholdChangeRequest(_ChangeView):
    """The proposal to change the bank account of one household."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="households_propose_change", request=AccountProposal, responses={201: ChangeRequestDetailRow}
    )
    def post(self, request: Request, household_id: UUID) -> Response:
        """Propose another bank account, or another bank."""
        wanted = self.shape(AccountProposal)
        reason = wanted.pop("reason")
        proposed = propose_account(household_id, wanted, actor=self.actor, version=self.version(), reason=reason)
        return self.answer(proposed.pk, status=201)


class HouseholdStatusRequest(_ChangeView):
    """The proposal to change status or monitoring of one household."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="households_propose_status", request=StatusProposal, responses={201: ChangeRequestDetailRow}
    )
    def post(self, request: Request, household_id: UUID) -> Response:
        """Propose a transition; it is done by its own verb when a second person approves."""
        wanted = self.shape(StatusProposal)
        name = wanted.pop("transition")
        proposed = propose_status(household_id, name, actor=self.actor, version=self.version(), **wanted)
        return self.answer(proposed.pk, status=201)


class HouseholdFiguresRequest(_ChangeView):
    """The proposal to correct facts of a closed year of one household."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="households_propose_figures",
        request=HouseholdFiguresProposal,
        responses={201: ChangeRequestDetailRow},
    )
    def post(self, request: Request, household_id: UUID) -> Response:
        """Propose other facts of a closed year."""
        wanted = self.shape(HouseholdFiguresProposal)
        reason = wanted.pop("reason")
        facts, living = year_of(wanted)
        proposed = propose_household_year(
            household_id, facts, living=living, actor=self.actor, version=self.version(), reason=reason
        )
        return self.answer(proposed.pk, status=201)


class HouseholdIncomeRequest(_ChangeView):
    """The proposal to correct the income of a closed year of one household."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="households_propose_income", request=IncomeProposal, responses={201: ChangeRequestDetailRow}
    )
    def post(self, request: Request, household_id: UUID) -> Response:
        """Propose another income of a closed year, with all its lines."""
        wanted = self.shape(IncomeProposal)
        reason = wanted.pop("reason")
        wanted["lines"] = lines_from(wanted["lines"])
        draft = IncomeDraft(household_id=household_id, version=self.version(), **wanted)
        return self.answer(propose_income(draft, actor=self.actor, reason=reason).pk, status=201)


class PersonFiguresRequest(_ChangeView):
    """The proposal to correct facts of a closed year of one person."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(
        operation_id="persons_propose_figures", request=PersonFiguresProposal, responses={201: ChangeRequestDetailRow}
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        """Propose other facts of a closed year."""
        wanted = self.shape(PersonFiguresProposal)
        reason = wanted.pop("reason")
        facts = PersonYearDraft(**{**wanted, "health_codes": tuple(wanted.get("health_codes", ()))})
        proposed = propose_person_year(person_id, facts, actor=self.actor, version=self.version(), reason=reason)
        return self.answer(proposed.pk, status=201)


class ChangeApproval(_ChangeView):
    """The decision for one change."""

    actions: ClassVar = {"POST": "households.decide_change"}

    @extend_schema(operation_id="change_requests_approve", request=ChangeDecision, responses=ChangeRequestDetailRow)
    def post(self, request: Request, change_request_id: UUID) -> Response:
        """Approve the change: it is applied at once."""
        approve_change(change_request_id, actor=self.actor, version=self.version(), **self.shape(ChangeDecision))
        return self.answer(change_request_id)


class ChangeRefusalView(_ChangeView):
    """The decision against one change."""

    actions: ClassVar = {"POST": "households.decide_change"}

    @extend_schema(operation_id="change_requests_refuse", request=ChangeRefusal, responses=ChangeRequestDetailRow)
    def post(self, request: Request, change_request_id: UUID) -> Response:
        """Refuse the change: nothing is applied."""
        refuse_change(change_request_id, actor=self.actor, version=self.version(), **self.shape(ChangeRefusal))
        return self.answer(change_request_id)


class ChangeWithdrawal(_ChangeView):
    """The withdrawal of one change by who proposed it."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(operation_id="change_requests_withdraw", request=ChangeDecision, responses=ChangeRequestDetailRow)
    def post(self, request: Request, change_request_id: UUID) -> Response:
        """Take an own proposal back."""
        withdraw_change(change_request_id, actor=self.actor, version=self.version(), **self.shape(ChangeDecision))
        return self.answer(change_request_id)


class ChangeRebase(_ChangeView):
    """The comparison of one change with what is on file now."""

    actions: ClassVar = {"POST": "households.propose_change"}

    @extend_schema(operation_id="change_requests_rebase", request=None, responses=ChangeRequestDetailRow)
    def post(self, request: Request, change_request_id: UUID) -> Response:
        """Freeze the difference anew from what is on file now."""
        rebase_change(change_request_id, actor=self.actor, version=self.version())
        return self.answer(change_request_id)


class ChangeRuleView(TenantAPIView):
    """The county's rule of the second person."""

    actions: ClassVar = {"GET": "households.view_change_rule", "PUT": "households.manage_change_rule"}

    @extend_schema(operation_id="change_rule_retrieve", responses=ChangeRuleShape)
    def get(self, request: Request) -> Response:
        """Show which changes a second person decides; none where the county set no rule (version 0)."""
        return self.answer()

    @extend_schema(operation_id="change_rule_set", request=ChangeRuleShape, responses=ChangeRuleShape)
    def put(self, request: Request) -> Response:
        """Set which changes a second person decides."""
        set_change_rule(self.shape(ChangeRuleShape), actor=self.actor, version=self.version())
        return self.answer()

    def answer(self) -> Response:
        """Show the rule as it is now, with its version."""
        row, version = change_rule_detail()
        return self.row(row, version=version)
