"""The monitoring of households as it is shown: of one that was closed at risk, that it ended with the household."""

from collections.abc import Collection
from typing import Final

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from households.enums import ENDED_AT_RISK, HouseholdStatus, MonitoringState
from households.models import Household, MonitoringSpell
from registry.domain.codes import code_list

END_CODE: Final = "monitoring_end_code"
_CLOSING: Final = "closing_reason"


def with_monitoring_end(rows: "QuerySet[Household]") -> "QuerySet[Household]":
    """Add to each closed household the code by which its last monitoring ended, as `END_CODE`; empty for the others."""
    return rows.annotate(**{END_CODE: _end_code()})


def in_monitoring(rows: "QuerySet[Household]", states: Collection[str]) -> "QuerySet[Household]":
    """Keep the households whose monitoring is shown as one of the states, `ENDED_AT_RISK` among them."""
    stored = {MonitoringState.REMOVED.value if state == ENDED_AT_RISK else state for state in states}
    found = rows.filter(monitoring_state__in=sorted(stored))
    if (ENDED_AT_RISK in states) == (MonitoringState.REMOVED in states):
        return found
    ended, removed = Q(ended_by__in=_closings()), Q(monitoring_state=MonitoringState.REMOVED)
    # A name of its own: rows that show the end keep what they select.
    return found.alias(ended_by=_end_code()).filter(ended | ~removed if ENDED_AT_RISK in states else ~ended)


def monitoring_shown() -> Case:
    """Give the state as it is shown, for rows of `with_monitoring_end`."""
    ended = When(**{f"{END_CODE}__in": _closings()}, then=Value(ENDED_AT_RISK))
    return Case(ended, default=F("monitoring_state"), output_field=CharField())


def _end_code() -> Case:
    """Look the end up for closed households alone: the others cost nothing."""
    spells = MonitoringSpell.objects.filter(household_id=OuterRef("id"), tenant_id=OuterRef("tenant_id"))
    latest = spells.order_by(F("starts_on").desc(nulls_last=True)).values("end_code")[:1]
    closed = When(
        status=HouseholdStatus.CLOSED,
        monitoring_state=MonitoringState.REMOVED,
        then=Coalesce(Subquery(latest), Value("")),
    )
    return Case(closed, default=Value(""), output_field=CharField())


def _closings() -> list[str]:
    return list(code_list(_CLOSING).entries)
