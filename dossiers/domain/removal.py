"""When a risk may be removed by support; natural removal (the household died out or left) is excepted."""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.models.case import NATURALLY
from dossiers.queries.templates import county_procedure
from households.models import Household, PersonYear
from households.queries.history import current_monitoring, present_members
from registry.lib.errors import Conflict
from registry.lib.periods import Month

# 丧失劳动力 and 无劳动力 of the list labour_skill.
WITHOUT_LABOUR: Final = frozenset({"3", "4"})


def months_after(day: date, months: int) -> date:
    """Give the same day some months later; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    month = Month(index // 12, index % 12 + 1)
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def require_removable(household: Household, manner_code: str, *, on: date) -> None:
    """Refuse to remove a risk by support before the county's months have passed, or without anybody able to work.

    Source: eliminations after 2022-04: six months after identification at the earliest; a household wholly without
    labour is kept and supported. Raises: Conflict.
    """
    if manner_code == NATURALLY:
        return
    spell = current_monitoring(household)
    months = county_procedure().removal_months
    if spell is not None and spell.starts_on is not None and on < months_after(spell.starts_on, months):
        message = _("The risk may be removed %(months)s months after identification, from %(day)s at the earliest.")
        earliest = months_after(spell.starts_on, months).isoformat()
        raise Conflict("removal.too_early", message % {"months": months, "day": earliest})
    if is_without_labour(household):
        message = _("Nobody in the household is able to work: it stays monitored and supported.")
        raise Conflict("removal.without_labour", message)


def is_without_labour(household: Household) -> bool:
    """Tell whether the latest known ability to work of every member is lost or none."""
    persons = list(present_members(household).values_list("person_id", flat=True))
    years = PersonYear.objects.filter(person__in=persons).exclude(skill_code="").order_by("year")
    latest: dict[UUID, str] = dict(years.values_list("person_id", "skill_code"))
    return bool(persons) and all(latest.get(person) in WITHOUT_LABOUR for person in persons)
