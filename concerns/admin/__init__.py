"""Pages of requests and grievances on the admin site."""

from django.utils.translation import gettext_lazy as _

from concerns.admin.above import above_acknowledge, above_answer, above_detail, above_page, above_reply
from concerns.admin.grievances import GrievanceAdmin, file_page, sheet_page
from concerns.admin.pasting import paste_page, upload_page
from concerns.admin.periods import ConcernPeriodAdmin
from concerns.admin.requests import (
    ENTER_REQUEST,
    ENTER_VILLAGE_REQUEST,
    HelpRequestAdmin,
    HelpRequestInline,
    board_page,
    request_file,
)
from households.admin.households import HouseholdAdmin
from registry.admin.site import SitePage, site
from villages.admin.villages import VillageAdmin

__all__ = ["ConcernPeriodAdmin", "GrievanceAdmin", "HelpRequestAdmin"]

# The pages of households and villages belong to apps below, which know nothing of requests.
HouseholdAdmin.inlines = (*HouseholdAdmin.inlines, HelpRequestInline)
HouseholdAdmin.verbs = (*HouseholdAdmin.verbs, ENTER_REQUEST)
HouseholdAdmin.open_pages = (
    *HouseholdAdmin.open_pages,
    ("file-grievance", "concerns.file_grievance", _("File a grievance"), "gavel"),
)
VillageAdmin.verbs = (*VillageAdmin.verbs, ENTER_VILLAGE_REQUEST)

_ABOVE = "concerns/above/<uuid:grievance_id>/"

for page in (
    SitePage("help-request-board", "concerns/board/", "concerns.view_board", board_page, "concerns",
             _("Open requests by village and kind"), "view_kanban"),
    SitePage("help-requests-paste", "concerns/requests/paste/", "concerns.enter_requests", paste_page, "concerns",
             _("Requests from a sheet"), "content_paste"),
    SitePage("help-requests-upload", "concerns/requests/upload/", "concerns.enter_requests", upload_page, "concerns",
             _("Requests from a file"), "upload_file"),
    SitePage("help-request-file", "concerns/requests/<uuid:request_id>/file/", "concerns.view_requests", request_file,
             "concerns"),
    SitePage("file-grievance", "concerns/households/<uuid:household_id>/grievance/", "concerns.file_grievance",
             file_page, "concerns"),
    SitePage("grievance-sheet", "concerns/grievances/<uuid:grievance_id>/sheet/", "concerns.view_grievances",
             sheet_page, "concerns"),
    SitePage("grievances-above", "concerns/above/", "concerns.view_above", above_page, "concerns",
             _("Grievances about the county office"), "balance"),
    SitePage("grievance-above", _ABOVE, "concerns.view_above", above_detail, "concerns"),
    SitePage("grievance-above-acknowledge", f"{_ABOVE}acknowledge/", "concerns.answer_above", above_acknowledge,
             "concerns"),
    SitePage("grievance-above-answer", f"{_ABOVE}answer/", "concerns.answer_above", above_answer, "concerns"),
    SitePage("grievance-above-reply", f"{_ABOVE}reply/", "concerns.answer_above", above_reply, "concerns"),
):  # fmt: skip
    site.add_page(page)
