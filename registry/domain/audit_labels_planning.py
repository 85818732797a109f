"""What the audit page calls the verbs of plans."""

from typing import Final

from django.utils.translation import gettext_lazy as _

PLANNING_VERBS: Final = {
    "planning.accept_part": _("Accept a part of a dispatch plan"),
    "planning.add_unit": _("Enter a unit to be sent"),
    "planning.amend_helper_plan": _("Amend a plan of helpers"),
    "planning.amend_plan": _("Amend a dispatch plan"),
    "planning.amend_unit": _("Amend a unit to be sent"),
    "planning.change_by_hand": _("Change a proposal by hand"),
    "planning.choose_helper": _("Choose a helper by hand"),
    "planning.confirm_helpers": _("Confirm a part of a plan of helpers"),
    "planning.decline_helpers": _("Decline a part of a plan of helpers"),
    "planning.decline_part": _("Decline a part of a dispatch plan"),
    "planning.end_helper_plan": _("End a plan of helpers"),
    "planning.make_helper_plan": _("Begin a plan of helpers"),
    "planning.make_plan": _("Begin a dispatch plan"),
    "planning.propose": _("Reckon a proposal"),
    "planning.propose_helpers": _("Reckon a proposal of helpers"),
    "planning.publish_helper_plan": _("Publish a plan of helpers"),
    "planning.publish_needs": _("Publish figures of need"),
    "planning.publish_plan": _("Publish a dispatch plan"),
    "planning.receive_answer": _("Receive a county's answer"),
    "planning.receive_part": _("Receive a part of a dispatch plan"),
    "planning.say_related": _("Say that two are related"),
    "planning.station_teams": _("Send the teams of a dispatch plan"),
    "planning.take_back_related": _("Take back that two are related"),
    "planning.take_needs": _("Take figures of need into a plan"),
    "planning.withdraw_helper_plan": _("Withdraw a plan of helpers"),
    "planning.withdraw_plan": _("Withdraw a dispatch plan"),
}
