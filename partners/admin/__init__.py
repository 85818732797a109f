"""Pages of partners and benefit links on the admin site."""

from django.utils.translation import gettext_lazy as _

from households.admin import HouseholdAdmin
from partners.admin.benefits import BenefitLinkAdmin, carry_page, line_page, move_page, sources_page
from partners.admin.demonstrations import DemonstrationMarkAdmin
from partners.admin.partners import PartnerAdmin, PartnerLinkAdmin, PartnerLinkInline, figures_page
from registry.admin.site import SitePage, site
from villages.admin import VillageAdmin

__all__ = ["BenefitLinkAdmin", "DemonstrationMarkAdmin", "PartnerAdmin", "PartnerLinkAdmin"]

# The household's page belongs to the app below, which does not know of partners.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines[:4], PartnerLinkInline, *HouseholdAdmin.inlines[4:])
HouseholdAdmin.pages = (
    *HouseholdAdmin.pages,
    ("household-income-sources", "partners.view_benefits", _("Where the income comes from"), "account_tree"),
)
# Nor does the village's page know of who helps the village as a whole.
VillageAdmin.inlines = (*VillageAdmin.inlines, PartnerLinkInline)

_SOURCES = "partners/households/<uuid:household_id>/sources/"
site.add_page(SitePage("household-income-sources", _SOURCES, "partners.view_benefits", sources_page, "partners"))
site.add_page(SitePage("household-income-carry", f"{_SOURCES}carry/", "partners.state_benefit", carry_page, "partners"))
site.add_page(
    SitePage(
        "income-line-source",
        "partners/income-lines/<uuid:income_line_id>/source/",
        "partners.state_benefit",
        line_page,
        "partners",
    )
)
site.add_page(
    SitePage(
        "benefit-link-move",
        "partners/benefit-links/<uuid:benefit_id>/move/",
        "partners.state_benefit",
        move_page,
        "partners",
    )
)
site.add_page(
    SitePage(
        "partner-figures", "partners/partners/<uuid:partner_id>/figures/", "partners.view", figures_page, "partners"
    )
)
