"""The exit of villages: the county's standards, the check as of a day, and the decisions."""

from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.domain.exits import StandardDraft, add_standard, amend_standard, decide_exit
from assistance.models import ExitStandard, VillageExit
from assistance.queries.exits import check_of, exit_rows, find_standard, standard_rows
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError
from registry.lib.periods import today
from villages.api.drafts import VillageRowsFilter

_VIEW = "assistance.view_exits"


class StandardShape(serializers.Serializer[Any]):
    """What a village must fulfil from a year on; 3 percent are 0.03."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)
    poverty_ratio_below = serializers.DecimalField(max_digits=5, decimal_places=4)
    collective_income_least_yuan = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0)
    needed_facts = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    zero_facts = serializers.ListField(child=serializers.CharField(max_length=40), default=list)
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]  # the field's own name hides that of the base


class StandardRow(StandardShape):
    """A standard of the county."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class ConditionRow(serializers.Serializer[Any]):
    """One line of the check; `is_met` is null where nothing is known. Figures are texts, yes and no are booleans."""

    fact = serializers.CharField()
    comparison = serializers.CharField()
    threshold = serializers.CharField(allow_null=True)
    value = serializers.JSONField(help_text="A figure as a text, yes or no as a boolean, null where nothing is known.")
    is_met = serializers.BooleanField(allow_null=True)
    facts_of = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # as above
    told_by = serializers.CharField(
        required=False, help_text="form, or the source of the fact where the form says nothing: collective_ledger"
    )


class CheckRow(serializers.Serializer[Any]):
    """The check of a village as of a day."""

    checked_on = serializers.DateField()
    may_exit = serializers.BooleanField()
    poor_household_count = serializers.IntegerField()
    poor_person_count = serializers.IntegerField()
    rural_person_count = serializers.IntegerField(allow_null=True)
    is_own_standard = serializers.BooleanField()
    conditions = ConditionRow(many=True)


class ExitShape(serializers.Serializer[Any]):
    """A decision on the figures of a day."""

    village_id = serializers.UUIDField()
    on = serializers.DateField()
    is_exit = serializers.BooleanField()
    reason = serializers.CharField(max_length=300)


class ExitRow(serializers.Serializer[Any]):
    """A decision with the check as it was shown."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    checked_on = serializers.DateField()
    is_exit = serializers.BooleanField()
    poor_person_count = serializers.IntegerField()
    rural_person_count = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    conditions = ConditionRow(many=True)
    decided_at = serializers.DateTimeField()


class StandardList(TenantAPIView):
    """The county's standards."""

    actions: ClassVar = {"GET": _VIEW, "POST": "assistance.manage_exit_standards"}
    paged: ClassVar = True

    @extend_schema(operation_id="exit_standards_list", responses=StandardRow(many=True))
    def get(self, request: Request) -> Response:
        """List the county's own standards."""
        return self.page(standard_rows())

    @extend_schema(operation_id="exit_standards_create", request=StandardShape, responses={201: StandardRow})
    def post(self, request: Request) -> Response:
        """Write a standard from a year on."""
        row = add_standard(_draft(self.shape(StandardShape)), actor=self.actor)
        return self.row(standard_rows().get(pk=row.pk), version=row.version, status=201)


class StandardView(TenantAPIView):
    """One standard."""

    actions: ClassVar = {"GET": _VIEW, "PUT": "assistance.manage_exit_standards"}

    def answer(self, row: ExitStandard) -> Response:
        """Show the standard as it is now, with its version."""
        return self.row(standard_rows().get(pk=row.pk), version=row.version)

    @extend_schema(operation_id="exit_standards_retrieve", responses=StandardRow)
    def get(self, request: Request, standard_id: UUID) -> Response:
        """Show a standard."""
        return self.answer(find_standard(standard_id))

    @extend_schema(operation_id="exit_standards_amend", request=StandardShape, responses=StandardRow)
    def put(self, request: Request, standard_id: UUID) -> Response:
        """Amend a standard; decisions keep the thresholds of their day."""
        draft = _draft(self.shape(StandardShape))
        return self.answer(amend_standard(standard_id, draft, actor=self.actor, version=self.version()))


class VillageExitCheckView(TenantAPIView):
    """The check of one village."""

    actions: ClassVar = {"GET": _VIEW}
    parameters: ClassVar = {"on": "the data date; today without it"}

    @extend_schema(operation_id="villages_exit_check", responses=CheckRow)
    def get(self, request: Request, village_id: UUID) -> Response:
        """Check a village as of a day: each condition with its value, threshold and source."""
        check = check_of(village_id, _day(request.GET.get("on", "")))
        row = {
            "checked_on": check.checked_on,
            "may_exit": check.may_exit,
            "poor_household_count": check.poor_household_count,
            "poor_person_count": check.poor_person_count,
            "rural_person_count": check.rural_person_count,
            "is_own_standard": check.standard.is_own,
        }
        conditions = [{**asdict(one), "value": _plain(one.value)} for one in check.conditions]
        return self.row({**row, "conditions": conditions})


class VillageExitList(TenantAPIView):
    """The decisions on the area's villages."""

    actions: ClassVar = {"GET": _VIEW, "POST": "assistance.decide_exit"}
    filters: ClassVar = VillageRowsFilter
    paged: ClassVar = True

    @extend_schema(operation_id="village_exits_list", responses=ExitRow(many=True))
    def get(self, request: Request) -> Response:
        """List decisions."""
        return self.page(exit_rows(self.filtered(VillageExit.objects.all())))

    @extend_schema(operation_id="village_exits_decide", request=ExitShape, responses={201: ExitRow})
    def post(self, request: Request) -> Response:
        """Decide on the exit of a village."""
        wanted = self.shape(ExitShape)
        row = decide_exit(wanted.pop("village_id"), **wanted, actor=self.actor)
        return self.row(exit_rows(VillageExit.objects.filter(pk=row.pk)).get(), status=201)


def _draft(wanted: dict[str, Any]) -> StandardDraft:
    lists = {name: tuple(wanted[name]) for name in ("needed_facts", "zero_facts")}
    return StandardDraft(**wanted | lists)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DomainError("api.invalid_day", _("Give the day as 2021-03-01."), field="on") from error
