"""What a county asks before a risk is removed by support: its months, and the evidence in the case."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from dossiers.models.case import ASSURED, MonitoringCase
from dossiers.queries.cases import confirmed_case
from dossiers.queries.templates import county_procedure
from households.domain.removal import guard_removals
from households.models import Household, MonitoringSpell
from households.queries.labour import has_labour
from registry.lib.errors import Conflict
from registry.lib.periods import months_after


def require_months_and_evidence(household: Household, spell: MonitoringSpell, on: date) -> None:
    """Refuse a removal before the county's months have passed, or of a case whose end is not evidenced.

    The day of identification is that of the case: monitoring of a household that came back from another county counts
    here from its return alone. Source: eliminations after 2022-04: six months after identification at the earliest.
    Raises: Conflict.
    """
    case = confirmed_case(household)
    start = (case.confirmed_on if case else None) or spell.starts_on
    months = county_procedure().removal_months
    if start is not None and on < months_after(start, months):
        message = _("The risk may be removed %(months)s months after identification, from %(day)s at the earliest.")
        earliest = months_after(start, months).isoformat()
        raise Conflict("removal.too_early", message % {"months": months, "day": earliest})
    if case is not None:
        _require_evidence(case, household, on)


def _require_evidence(case: MonitoringCase, household: Household, on: date) -> None:
    if case.is_without_labour and has_labour(household) is None:
        message = _(
            "By the case nobody in the household is able to work. Enter the ability to work of its members, or keep "
            "it monitored."
        )
        raise Conflict("removal.without_labour", message)
    if case.checked_on is None or case.net_per_head_yuan is None or case.line_yuan is None or case.checked_on > on:
        message = _(
            "The case has no check before removal up to that day. Enter income, schooling, care, housing, water."
        )
        raise Conflict("removal.not_checked", message)
    if case.net_per_head_yuan < case.line_yuan:
        message = _("By the check the income per person is below the monitoring line of the year. The risk stays.")
        raise Conflict("removal.below_the_line", message)
    if not all(getattr(case, name) for name in ASSURED):
        message = _("By the check schooling, medical care, housing or water is not assured. The risk stays.")
        raise Conflict("removal.not_assured", message)


guard_removals(require_months_and_evidence)
