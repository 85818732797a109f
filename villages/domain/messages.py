"""What people read where the database refuses a row of this app, by the name of the constraint."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACE: Final = _(
    "Longitude and latitude go together, in degrees: longitude from 73 to 136, latitude from 3 to 54. Check both."
)
CONSTRAINTS: Final[Mapping[str, str | Promise]] = {
    "prioritycategory_code_once": _("There is a category with this code already. Amend that one."),
    "prioritycategory_has_its_shape": _("The code has 1 to 20 letters or digits. Check the code."),
    "villagefacility_once": _("This facility has a goal already. Amend that one."),
    "committeemember_telephone_ends_with_the_term": _(
        "A term that has an end keeps no telephone. Leave one of the two empty."
    ),
    "committeemember_once_a_day": _("This person has the post on that day already. Check the days."),
    "settlementpoint_name_once": _("The village has a place of this name already. Amend that one."),
    "settlementpoint_is_a_place": PLACE,
    "village_is_a_place": PLACE,
    "infrastructure_name_once": _("The village has a project of this name already. Amend that one."),
    "projectupkeep_one_a_day": _("Somebody keeps the project up on these days already. End that first."),
    "villageplan_year_once": _("The village has a plan for this year already. Amend that one."),
    "planproject_name_once": _("The plan has a project of this name already. Amend that one."),
    "villages_plan_is_open": _("This plan is closed, and stays as it is."),
}
