"""Pages of the sample checks on the admin site."""

from django.utils.translation import gettext_lazy as _

from registry.admin.site import SitePage, site
from sampling.admin.checks import SampleCheckAdmin, SampledHouseholdAdmin
from sampling.admin.results import file_page, frame_page, list_page, results_page

__all__ = ["SampleCheckAdmin", "SampledHouseholdAdmin"]

site.add_page(
    SitePage("sample-results", "sampling/<uuid:sample_id>/results/", "sampling.view", results_page, "sampling")
)
site.add_page(SitePage("sample-list", "sampling/<uuid:sample_id>/list/", "sampling.view", list_page, "sampling"))
site.add_page(SitePage("sample-file", "sampling/<uuid:sample_id>/file/", "sampling.view", file_page, "sampling"))
site.add_page(SitePage("sample-frame", "sampling/<uuid:sample_id>/frame/", "sampling.manage", frame_page, "sampling"))

SampleCheckAdmin.pages = (
    ("sample-results", "sampling.view", _("Results"), "percent"),
    ("sample-list", "sampling.view", _("Households drawn"), "checklist"),
    ("sample-frame", "sampling.manage", _("List to draw from"), "download"),
)
