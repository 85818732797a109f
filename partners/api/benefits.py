"""Benefit links, where an income comes from, and demonstration households, by REST."""

from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.queries.visibility import find_household
from partners.api import shapes
from partners.domain.benefits import BenefitDraft, carry_benefits, restate_benefit, state_benefit, withdraw_benefit
from partners.domain.choices import link_text
from partners.domain.demonstrations import mark_demonstration, withdraw_demonstration
from partners.models import BenefitLink, DemonstrationMark
from partners.queries.benefits import (
    IncomeSources,
    SourcedLine,
    benefit_rows,
    income_sources,
    links_visible_to,
    with_stands,
)
from partners.queries.demonstrations import mark_rows
from registry.api.base import TenantAPIView
from registry.lib.periods import today


class _Year(serializers.Serializer[Any]):
    year = serializers.IntegerField(min_value=2000, max_value=2100, required=False)


def _line(one: SourcedLine) -> dict[str, Any]:
    line, link = one.line, one.link
    return {
        "item_code": line.item_code,
        "product": line.product,
        "month": line.month,
        "line_source": line.source,
        "amount_yuan": line.amount_yuan,
        "counts_toward_net": line.counts_toward_net,
        "link_id": link.pk if link else None,
        "benefit_code": link.benefit_code if link else None,
        "source_text": link_text(link) if link else None,
    }


def _sources(household_id: UUID, found: IncomeSources) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "year": found.year,
        "earned": [_line(one) for one in found.earned],
        "handed_out": [_line(one) for one in found.handed_out],
        "by_benefit": [{"benefit_code": code, "amount_yuan": total} for code, total in found.by_benefit],
        "earned_yuan": found.earned_yuan,
        "linked_yuan": found.linked_yuan,
        "unlinked_yuan": found.unlinked_yuan,
        "unlinked_percent": found.unlinked_percent,
        "handed_out_yuan": found.handed_out_yuan,
        "loose_link_ids": [link.pk for link in found.loose],
    }


class HouseholdSources(TenantAPIView):
    """Where the income of one household comes from."""

    actions: ClassVar = {"GET": "partners.view_benefits"}
    parameters: ClassVar = {"year": "of which year; this one where it is left out"}

    @extend_schema(operation_id="households_income_sources", responses=shapes.IncomeSourcesRow)
    def get(self, request: Request, household_id: UUID) -> Response:
        """Show each line of a year with its source, and the sums."""
        household = find_household(household_id, actor=self.actor)
        question = _Year(data=request.GET.dict())
        question.is_valid(raise_exception=True)
        year = question.validated_data.get("year", today().year)
        return self.row(_sources(household.pk, income_sources(household.pk, year)))


class HouseholdCarrying(TenantAPIView):
    """Taking the sources of the year before over."""

    actions: ClassVar = {"POST": "partners.state_benefit"}

    @extend_schema(
        operation_id="households_income_carry", request=shapes.BenefitCarrying, responses=shapes.CarriedBenefitsRow
    )
    def post(self, request: Request, household_id: UUID) -> Response:
        """Name for lines of a year the sources that the same lines had the year before."""
        year = self.shape(shapes.BenefitCarrying)["year"]
        rows = carry_benefits(household_id, year, actor=self.actor, version=self.version())
        made = benefit_rows(BenefitLink.objects.filter(id__in=[row.pk for row in rows])).order_by("id")
        return self.row({"links": list(made)})


class _BenefitView(TenantAPIView):
    """A view that shows one edition of a link."""

    def answer(self, row: BenefitLink, *, status: int = 200) -> Response:
        """Show the edition."""
        shown = benefit_rows(BenefitLink.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class BenefitList(_BenefitView):
    """The benefit links of the households in the token's area."""

    actions: ClassVar = {"GET": "partners.view", "POST": "partners.state_benefit"}
    filters: ClassVar = shapes.BenefitFilter
    paged: ClassVar = True

    @extend_schema(operation_id="benefit_links_list", responses=shapes.BenefitRow(many=True))
    def get(self, request: Request) -> Response:
        """List links, past editions too."""
        return self.page(self.filtered(with_stands(links_visible_to(self.actor))), benefit_rows)

    @extend_schema(operation_id="benefit_links_create", request=shapes.BenefitShape, responses={201: shapes.BenefitRow})
    def post(self, request: Request) -> Response:
        """Name the source of a line of income."""
        wanted = self.shape(shapes.BenefitShape)
        household_id, year = wanted.pop("household_id"), wanted.pop("year")
        return self.answer(state_benefit(household_id, year, BenefitDraft(**wanted), actor=self.actor), status=201)


class BenefitEditions(_BenefitView):
    """The editions of one link."""

    actions: ClassVar = {"POST": "partners.state_benefit"}

    @extend_schema(
        operation_id="benefit_links_restate", request=shapes.BenefitEdition, responses={201: shapes.BenefitRow}
    )
    def post(self, request: Request, benefit_id: UUID) -> Response:
        """Give a link another source, kind or line by a further edition."""
        draft = BenefitDraft(**self.shape(shapes.BenefitEdition))
        row = restate_benefit(benefit_id, draft, actor=self.actor, version=self.version())
        return self.answer(row, status=201)


class BenefitWithdrawal(_BenefitView):
    """The withdrawal of one link."""

    actions: ClassVar = {"POST": "partners.state_benefit"}

    @extend_schema(
        operation_id="benefit_links_withdraw", request=shapes.PartnersWithdrawal, responses=shapes.BenefitRow
    )
    def post(self, request: Request, benefit_id: UUID) -> Response:
        """Take a link back; it stays on file."""
        reason = self.shape(shapes.PartnersWithdrawal)["reason"]
        return self.answer(withdraw_benefit(benefit_id, reason=reason, actor=self.actor, version=self.version()))


class _MarkView(TenantAPIView):
    """A view that shows one mark."""

    def answer(self, row: DemonstrationMark, *, status: int = 200) -> Response:
        """Show the mark."""
        shown = mark_rows(DemonstrationMark.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class MarkList(_MarkView):
    """The demonstration households in the token's area."""

    actions: ClassVar = {"GET": "partners.view", "POST": "partners.mark_demonstration"}
    filters: ClassVar = shapes.MarkFilter
    paged: ClassVar = True

    @extend_schema(operation_id="demonstrations_list", responses=shapes.DemonstrationRow(many=True))
    def get(self, request: Request) -> Response:
        """List marks, withdrawn ones too."""
        return self.page(self.filtered(DemonstrationMark.objects.all()), mark_rows)

    @extend_schema(
        operation_id="demonstrations_create",
        request=shapes.DemonstrationShape,
        responses={201: shapes.DemonstrationRow},
    )
    def post(self, request: Request) -> Response:
        """Mark a household by the result of a year."""
        wanted = self.shape(shapes.DemonstrationShape)
        household_id = wanted.pop("household_id")
        return self.answer(mark_demonstration(household_id, actor=self.actor, **wanted), status=201)


class MarkWithdrawal(_MarkView):
    """The withdrawal of one mark."""

    actions: ClassVar = {"POST": "partners.mark_demonstration"}

    @extend_schema(
        operation_id="demonstrations_withdraw", request=shapes.PartnersWithdrawal, responses=shapes.DemonstrationRow
    )
    def post(self, request: Request, demonstration_id: UUID) -> Response:
        """Withdraw a mark; it stays on file."""
        reason = self.shape(shapes.PartnersWithdrawal)["reason"]
        row = withdraw_demonstration(demonstration_id, reason=reason, actor=self.actor, version=self.version())
        return self.answer(row)
