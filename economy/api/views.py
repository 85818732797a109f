"""The collective ledger: entries, reversals, the year of villages, and the county's goals."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.domain.files import neutral_name
from economy.api import shapes
from economy.domain.goals import amend_income_goal, set_income_goal
from economy.domain.ledger import EntryDraft, Paper, book_entry, read_entry_paper, reverse_entry
from economy.models import IncomeGoal, LedgerEntry
from economy.queries.goals import goal_of
from economy.queries.ledger import (
    VillageBalance,
    balance_of,
    entry_rows,
    figures_of_year,
    find_entry,
    villages_of_year,
)
from households.queries.lists import in_division
from registry.api.base import TenantAPIView
from registry.api.files import BODIES
from registry.domain.files import MOST_BYTES
from registry.lib.periods import today
from villages.queries.villages import find_village

_YEAR = "of which year; this one where it is left out"


class _Question(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)
    division = serializers.CharField(max_length=12, required=False)
    under_goal = serializers.BooleanField(required=False)


def _asked(request: Request) -> dict[str, Any]:
    """Read the parameters. Raises: ValidationError for a value that is none."""
    question = _Question(data=request.GET.dict())
    question.is_valid(raise_exception=True)
    return {"year": today().year, **question.validated_data}


class _EntryView(TenantAPIView):
    """A view that shows one entry."""

    def answer(self, row: LedgerEntry, *, status: int = 200) -> Response:
        """Show the entry."""
        return self.row(entry_rows(LedgerEntry.objects.filter(pk=row.pk)).get(), status=status)


class EntryList(_EntryView):
    """The entries of the villages in the token's area."""

    actions: ClassVar = {"GET": "economy.view", "POST": "economy.book"}
    filters: ClassVar = shapes.EntryFilter
    paged: ClassVar = True
    parser_classes = BODIES

    @extend_schema(operation_id="ledger_entries_list", responses=shapes.EntryRow(many=True))
    def get(self, request: Request) -> Response:
        """List entries, those that were reversed and their reversals too."""
        return self.page(self.filtered(LedgerEntry.objects.all()), entry_rows)

    @extend_schema(operation_id="ledger_entries_create", request=shapes.EntryShape, responses={201: shapes.EntryRow})
    def post(self, request: Request) -> Response:
        """Book an income or a cost, with its paper where one is sent."""
        wanted = self.shape(shapes.EntryShape)
        village_id, file = wanted.pop("village_id"), wanted.pop("file", None)
        # One byte too many is enough for the domain to refuse it with its sentence.
        paper = Paper(file.read(MOST_BYTES + 1), file.name) if file else None
        return self.answer(book_entry(village_id, EntryDraft(**wanted), actor=self.actor, paper=paper), status=201)


class EntryDetail(_EntryView):
    """One entry."""

    actions: ClassVar = {"GET": "economy.view"}

    @extend_schema(operation_id="ledger_entries_retrieve", responses=shapes.EntryRow)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """Show an entry."""
        return self.answer(find_entry(entry_id))


class EntryReversalView(_EntryView):
    """The reversal of one entry."""

    actions: ClassVar = {"POST": "economy.book"}
    # An entry never changes, and is reversed once.
    versioned: ClassVar = False

    @extend_schema(
        operation_id="ledger_entries_reverse", request=shapes.EntryReversal, responses={201: shapes.EntryRow}
    )
    def post(self, request: Request, entry_id: UUID) -> Response:
        """Take an entry back by its mirror; both stay on file."""
        reason = self.shape(shapes.EntryReversal)["reason"]
        return self.answer(reverse_entry(entry_id, reason=reason, actor=self.actor), status=201)


class EntryFileView(TenantAPIView):
    """The file that supports an entry."""

    actions: ClassVar = {"GET": "economy.view"}

    @extend_schema(
        operation_id="ledger_entries_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, entry_id: UUID) -> HttpResponseBase:
        """Download the file; that it was read is audited."""
        document, content = read_entry_paper(entry_id, actor=self.actor)
        name = neutral_name("ledger", document.sha256, document.media_type)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type=document.media_type, headers=headers)


class VillageIncomeList(TenantAPIView):
    """The collective income of each village in a year, beside the goal."""

    actions: ClassVar = {"GET": "economy.view"}
    paged: ClassVar = True
    parameters: ClassVar = {
        "year": _YEAR,
        "division": "12 digits; all below it",
        "under_goal": "true for those under the goal alone, false for those that reach it",
    }

    @extend_schema(operation_id="collective_incomes_list", responses=shapes.VillageIncomeRow(many=True))
    def get(self, request: Request) -> Response:
        """List the villages by code."""
        asked = _asked(request)
        year = asked["year"]
        goal = goal_of(year)
        rows = villages_of_year(year, goal)
        if "division" in asked:
            rows = in_division(rows, asked["division"])
        if "under_goal" in asked:
            rows = rows.filter(meets_goal=not asked["under_goal"])
        return self.page(rows, lambda chosen: figures_of_year(chosen, year, goal))


class VillageEconomy(TenantAPIView):
    """The year of one village's collective."""

    actions: ClassVar = {"GET": "economy.view"}
    parameters: ClassVar = {"year": _YEAR}

    @extend_schema(operation_id="villages_economy", responses=shapes.VillageBalanceRow)
    def get(self, request: Request, village_id: UUID) -> Response:
        """Show income by source, balance, and whether the goal is met."""
        village = find_village(village_id)
        return self.row(_balance_row(village_id, balance_of(village, _asked(request)["year"])))


def _balance_row(village_id: UUID, found: VillageBalance) -> dict[str, Any]:
    own, aid = (
        [{"source_code": code, "amount_yuan": total} for code, total in sums] for sums in (found.own, found.aid)
    )
    return {
        "village_id": village_id,
        "year": found.year,
        "own": own,
        "aid": aid,
        "own_yuan": found.own_yuan,
        "aid_yuan": found.aid_yuan,
        "cost_yuan": found.cost_yuan,
        "carried_yuan": found.carried_yuan,
        "balance_yuan": found.balance_yuan,
        "closing_yuan": found.closing_yuan,
        "goal_yuan": found.goal.goal_yuan,
        "goal_source": found.goal.source,
        "meets_goal": found.meets_goal,
        "stated_yuan": found.stated_yuan,
        "difference_yuan": found.difference_yuan,
    }


def _goals(rows: "QuerySet[IncomeGoal]") -> "QuerySet[Any, Any]":
    return rows.values("id", "from_year", "goal_yuan", "source", "version")


class GoalList(TenantAPIView):
    """The county's own goals; before the first one the goal that comes with the product holds."""

    actions: ClassVar = {"GET": "economy.view", "POST": "economy.manage_goals"}
    paged: ClassVar = True

    @extend_schema(operation_id="income_goals_list", responses=shapes.GoalRow(many=True))
    def get(self, request: Request) -> Response:
        """List the goals."""
        return self.page(IncomeGoal.objects.all(), _goals)

    @extend_schema(operation_id="income_goals_create", request=shapes.GoalShape, responses={201: shapes.GoalRow})
    def post(self, request: Request) -> Response:
        """Enter the goal that holds from a year on."""
        row = set_income_goal(actor=self.actor, **self.shape(shapes.GoalShape))
        return self.row(_goals(IncomeGoal.objects.filter(pk=row.pk)).get(), version=row.version, status=201)


class GoalDetail(TenantAPIView):
    """One goal."""

    actions: ClassVar = {"PUT": "economy.manage_goals"}

    @extend_schema(operation_id="income_goals_amend", request=shapes.GoalAmendment, responses=shapes.GoalRow)
    def put(self, request: Request, goal_id: UUID) -> Response:
        """Correct a goal."""
        wanted = self.shape(shapes.GoalAmendment)
        row = amend_income_goal(goal_id, actor=self.actor, version=self.version(), **wanted)
        return self.row(_goals(IncomeGoal.objects.filter(pk=row.pk)).get(), version=row.version)
