"""Partners and whom they help, by REST."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partners.api import shapes
from partners.domain.links import end_link, help_household, help_village
from partners.domain.partners import add_partner, amend_partner, end_partner
from partners.models import Partner, PartnerLink
from partners.queries.partners import find_partner, link_rows, links_visible_to, partner_rows, years_of_partner
from registry.api.base import TenantAPIView
from registry.lib.errors import DomainError


class _PartnerView(TenantAPIView):
    """A view that shows one partner."""

    def answer(self, row: Partner, *, status: int = 200) -> Response:
        """Show the partner."""
        shown = partner_rows(Partner.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class PartnerList(_PartnerView):
    """The county's partners."""

    actions: ClassVar = {"GET": "partners.view", "POST": "partners.manage"}
    filters: ClassVar = shapes.PartnerFilter
    paged: ClassVar = True

    @extend_schema(operation_id="partners_list", responses=shapes.PartnerRow(many=True))
    def get(self, request: Request) -> Response:
        """List the partners, those that ended too."""
        return self.page(self.filtered(Partner.objects.all()), partner_rows)

    @extend_schema(operation_id="partners_create", request=shapes.PartnerShape, responses={201: shapes.PartnerRow})
    def post(self, request: Request) -> Response:
        """Enter a partner."""
        wanted = self.shape(shapes.PartnerShape)
        on = wanted.pop("starts_on")
        return self.answer(add_partner(wanted, on=on, actor=self.actor), status=201)


class PartnerDetail(_PartnerView):
    """One partner."""

    actions: ClassVar = {"GET": "partners.view", "PATCH": "partners.manage"}

    @extend_schema(operation_id="partners_retrieve", responses=shapes.PartnerRow)
    def get(self, request: Request, partner_id: UUID) -> Response:
        """Show a partner."""
        return self.answer(find_partner(partner_id))

    @extend_schema(operation_id="partners_amend", request=shapes.PartnerAmendment, responses=shapes.PartnerRow)
    def patch(self, request: Request, partner_id: UUID) -> Response:
        """Amend a partner."""
        wanted = self.shape(shapes.PartnerAmendment)
        return self.answer(amend_partner(partner_id, wanted, actor=self.actor, version=self.version()))


class PartnerEnd(_PartnerView):
    """The end of one partner."""

    actions: ClassVar = {"POST": "partners.manage"}

    @extend_schema(operation_id="partners_end", request=shapes.PartnersEnding, responses=shapes.PartnerRow)
    def post(self, request: Request, partner_id: UUID) -> Response:
        """End a partner and all its links."""
        wanted = self.shape(shapes.PartnersEnding)
        return self.answer(end_partner(partner_id, actor=self.actor, version=self.version(), **wanted))


class PartnerFigures(TenantAPIView):
    """What one partner paid by year."""

    actions: ClassVar = {"GET": "partners.view"}

    @extend_schema(operation_id="partners_figures", responses=shapes.PartnerYears)
    def get(self, request: Request, partner_id: UUID) -> Response:
        """Show households and sums by year, of the token's area."""
        partner = find_partner(partner_id)
        years = [asdict(one) for one in years_of_partner(partner.pk)]
        return self.row({"partner_id": partner.pk, "years": years})


class _LinkView(TenantAPIView):
    """A view that shows one link."""

    def answer(self, row: PartnerLink, *, status: int = 200) -> Response:
        """Show the link."""
        shown = link_rows(PartnerLink.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class LinkList(_LinkView):
    """Whom partners help, in the token's area."""

    actions: ClassVar = {"GET": "partners.view", "POST": "partners.link"}
    filters: ClassVar = shapes.LinkFilter
    paged: ClassVar = True

    @extend_schema(operation_id="partner_links_list", responses=shapes.PartnerLinkRow(many=True))
    def get(self, request: Request) -> Response:
        """List links, past ones too."""
        return self.page(self.filtered(links_visible_to(self.actor)), link_rows)

    @extend_schema(
        operation_id="partner_links_create", request=shapes.PartnerLinkShape, responses={201: shapes.PartnerLinkRow}
    )
    def post(self, request: Request) -> Response:
        """Link a partner with a household, or with a village."""
        wanted: dict[str, Any] = self.shape(shapes.PartnerLinkShape)
        partner_id, household_id, village_id = (
            wanted.pop(name, None) for name in ("partner_id", "household_id", "village_id")
        )
        if (household_id is None) == (village_id is None):
            message = _("Name either a household or a village.")
            raise DomainError("partnerlink.one_of_two", message, field="household_id")
        if household_id is not None:
            row = help_household(partner_id, household_id, actor=self.actor, **wanted)
        else:
            row = help_village(partner_id, village_id, actor=self.actor, **wanted)
        return self.answer(row, status=201)


class LinkEnd(_LinkView):
    """The end of one link."""

    actions: ClassVar = {"POST": "partners.link"}

    @extend_schema(operation_id="partner_links_end", request=shapes.PartnersEnding, responses=shapes.PartnerLinkRow)
    def post(self, request: Request, partner_link_id: UUID) -> Response:
        """End a link."""
        wanted = self.shape(shapes.PartnersEnding)
        return self.answer(end_link(partner_link_id, actor=self.actor, version=self.version(), **wanted))
