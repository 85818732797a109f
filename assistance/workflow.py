"""The life of a household's plan as a table: Python, the admin's buttons, the docs and a trigger read the same."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from assistance.enums import HouseholdPlanState
from villages.workflow import Change

HOUSEHOLD_PLAN_CHANGES: Final = (
    Change(
        "adopt",
        _("Adopt"),
        frozenset({HouseholdPlanState.DRAFTED, HouseholdPlanState.AMENDED}),
        HouseholdPlanState.ADOPTED,
    ),
    Change("amend", _("Amend"), frozenset({HouseholdPlanState.ADOPTED}), HouseholdPlanState.AMENDED),
    Change("close", _("Close a household plan"), frozenset({HouseholdPlanState.ADOPTED}), HouseholdPlanState.CLOSED),
    Change(
        "withdraw",
        _("Withdraw a household plan"),
        frozenset({HouseholdPlanState.DRAFTED, HouseholdPlanState.ADOPTED, HouseholdPlanState.AMENDED}),
        HouseholdPlanState.WITHDRAWN,
    ),
)
