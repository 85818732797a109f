"""When measures for a monitored household began. The app above, which keeps the measures, tells it here."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from households.queries.labour import has_labour

FirstMeasures = Callable[[UUID, date], tuple[date | None, date | None]]
_NOTED: Final = ("measured_on", "developed_on", "is_without_labour")
_tellers: Final[list[FirstMeasures]] = []


def tell_first_measures(teller: FirstMeasures) -> None:
    """Let `teller` say of a household when, from a day on, a measure and a development measure were first under way."""
    _tellers[:] = [teller]


def first_measures(household_id: UUID, since: date) -> tuple[date | None, date | None]:
    """Give the days of the first measure and of the first development measure since a day, as far as there are any."""
    return _tellers[0](household_id, since) if _tellers else (None, None)


def note_measures(household_id: UUID) -> None:
    """Write into the household's confirmed case when its measures began; called after every change of a measure.

    Whether somebody is able to work is read anew too. Nothing is typed twice, and the verb that changed the measure
    audits it. Locks: the case.
    """
    rows = MonitoringCase.objects.filter(household=household_id, state=CaseState.CONFIRMED)
    case = rows.select_for_update(of=("self",)).first()
    if case is None or case.confirmed_on is None:
        return
    known = has_labour(case.household)
    told = (*first_measures(household_id, case.confirmed_on), case.is_without_labour if known is None else not known)
    if told != (case.measured_on, case.developed_on, case.is_without_labour):
        case.measured_on, case.developed_on, case.is_without_labour = told
        case.touch().save(update_fields=[*_NOTED, "version", "updated_at"])
