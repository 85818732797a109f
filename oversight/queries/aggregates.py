"""Count what a county publishes of a period, by village: whole numbers, and nothing of a person or household.

Stocks, causes, coverage and collective income are counted from the frozen facts, flows from the books; deadlines and
training from the register as it was known when the period was frozen, and findings as they were counted then. So it is
all one whenever the period is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, DecimalField, F, Func, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from assistance.queries.coverage import HELPER
from dossiers.enums import CaseState
from dossiers.models import MonitoringCase
from households.enums import Stock
from livelihoods.models import Enrolment
from oversight.definitions.figures import Numbers
from oversight.queries.findings import findings_at
from oversight.queries.places import village_in_picture, village_of_person
from periods.models import FrozenHousehold, FrozenVillage, Snapshot
from periods.queries.known import known_rows
from quality.enums import Severity

NO_CAUSE: Final = "none"
_FILED: Final = Q(stock__in=[Stock.NOT_LIFTED, Stock.LIFTED])


@dataclass(slots=True)
class Counted:
    """The numbers of each division by section; `names` holds the villages that stood on the day.

    `rules` holds the households with open findings of each rule by severity and village.
    """

    names: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, dict[str, Numbers]] = field(default_factory=dict)
    rules: dict[str, dict[str, Numbers]] = field(default_factory=dict)

    def add(self, section: str, code: str, name: str, value: int) -> None:
        """Add to one number of a division."""
        if value:
            here = self.numbers.setdefault(section, {}).setdefault(code, {})
            here[name] = here.get(name, 0) + value

    def add_rows(self, section: str, rows: Iterable[tuple[str, dict[str, int]]]) -> None:
        """Add the numbers of many divisions."""
        for code, values in rows:
            for name, value in values.items():
                self.add(section, code, name, int(value or 0))


def count_snapshot(snapshot: Snapshot) -> Counted:
    """Count the frozen facts by village: stocks, causes, coverage, collective income. One statement each."""
    counted = Counted()
    households = FrozenHousehold.objects.filter(snapshot=snapshot)
    counted.add_rows("stocks", _by(households, "village_code", _stock_sums()))
    counted.add_rows("coverage", _by(households, "village_code", _coverage_sums()))
    for code, cause, count, persons in _causes(households, F("main_cause_code")):
        counted.add("causes", code, f"main_{cause or NO_CAUSE}_households", count)
        counted.add("causes", code, f"main_{cause or NO_CAUSE}_persons", persons)
    for code, cause, count, _persons in _causes(households, Func(F("other_cause_codes"), function="unnest")):
        counted.add("causes", code, f"other_{cause}_households", count)
    villages = FrozenVillage.objects.filter(snapshot=snapshot)
    counted.names = dict(villages.values_list("village_code", "name"))
    counted.add_rows("coverage", _by(villages, "village_code", _team_sums()))
    counted.add_rows("work", _by(villages, "village_code", _income_sums()))
    return counted


def count_register(counted: Counted, snapshot: Snapshot, first: date, last: date) -> None:
    """Count deadlines, training and open findings by village, as was known when the picture was taken.

    A household counts in the village that it has in the picture. One statement each.
    """
    known_at = snapshot.taken_at
    for step, rows in _deadlines(first, last):
        sums = {f"{step}_{name}": condition for name, condition in _outcomes(last).items()}
        counted.add_rows("monitoring", _known(rows, village_in_picture(snapshot), sums, known_at))
    trained = _known(_trained(first, last), village_of_person(snapshot), _training_sums(), known_at)
    counted.add_rows("work", trained)
    for found in findings_at(snapshot):
        counted.add("quality", found.village_code, "open", found.open_count)
        counted.add("quality", found.village_code, "late", found.late_count)
        counted.add("quality", found.village_code, f"severity_{found.severity}", found.open_count)
        rule = f"rule_{found.rule_code or 'list'}"
        counted.add("quality", found.village_code, rule, found.open_count)
        if found.severity == Severity.REFUSE:
            counted.add("quality", found.village_code, "late_refuse", found.late_count)
        counted.rules.setdefault(found.severity, {}).setdefault(found.village_code, {})[rule] = found.household_count


def _known(
    rows: "QuerySet[Any, Any]",
    place: Coalesce,
    sums: dict[str, Any],
    known_at: datetime | None,
) -> list[tuple[str, dict[str, int]]]:
    query = rows.order_by().annotate(place_code=place).values("place_code").annotate(**sums)
    counted = known_rows(query.values_list("place_code", *sums), known_at=known_at)
    return [(code, dict(zip(sums, values, strict=True))) for code, *values in counted]


def _by(rows: "QuerySet[Any, Any]", place: str, sums: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    counted = rows.order_by().values(place_code=F(place)).annotate(**sums)
    return [(row.pop("place_code"), row) for row in counted]


def _stock_sums() -> dict[str, Any]:
    conditions = {
        "not_lifted": Q(stock=Stock.NOT_LIFTED),
        "lifted": Q(stock=Stock.LIFTED),
        "filed": _FILED,
        "monitored": Q(is_monitored=True),
        "any": _FILED | Q(is_monitored=True),
    }
    sums: dict[str, Any] = {}
    for name, condition in conditions.items():
        sums[f"{name}_households"] = Count("id", filter=condition)
        sums[f"{name}_persons"] = Coalesce(Sum("person_count", filter=condition), Value(0))
    return sums


def _coverage_sums() -> dict[str, Any]:
    must = ~Q(cover="")
    return {"must": Count("id", filter=must), "helped": Count("id", filter=Q(cover=HELPER))}


def _team_sums() -> dict[str, Any]:
    return {
        "villages": Count("id"),
        "with_team": Count("id", filter=Q(has_team=True)),
        "team_members": Coalesce(Sum("team_member_count"), Value(0)),
    }


def _income_sums() -> dict[str, Any]:
    """Sum the ledgers in fen, so that the numbers are whole."""
    fen = Sum(F("ledger_income_yuan") * 100, output_field=DecimalField(max_digits=20, decimal_places=2))
    known = Q(ledger_income_yuan__isnull=False, income_goal_yuan__isnull=False)
    return {
        "income_villages": Count("id", filter=known),
        "income_met": Count("id", filter=known & Q(ledger_income_yuan__gte=F("income_goal_yuan"))),
        "income_fen": Coalesce(fen, Value(0), output_field=DecimalField(max_digits=20, decimal_places=2)),
    }


def _causes(households: "QuerySet[FrozenHousehold]", cause: Any) -> Any:  # noqa: ANN401  (tuples of the database)
    rows = households.filter(_FILED).order_by().annotate(cause=cause).values_list("village_code", "cause")
    return rows.annotate(count=Count("id"), persons=Coalesce(Sum("person_count"), Value(0)))


# Of each step of monitoring: until when, and since when it is done.
_STEPS: Final = {
    "decision": ("due_on", Coalesce("confirmed_on", "ended_on")),
    "measure": ("measures_due_on", F("measured_on")),
    "development": ("development_due_on", F("developed_on")),
}


def _deadlines(first: date, last: date) -> "Iterable[tuple[str, QuerySet[MonitoringCase, Any]]]":
    """Give the cases of which each step was due in the period; what ended before it was due, and undone, is not."""
    for step, (due, done) in _STEPS.items():
        rows = MonitoringCase.objects.annotate(due=F(due), done=done).filter(due__gte=first, due__lte=last)
        if step != "decision":
            rows = rows.filter(Q(done__isnull=False) | Q(ended_on__isnull=True) | Q(ended_on__gt=F("due")))
            rows = rows.exclude(state=CaseState.DROPPED)
        if step == "development":
            rows = rows.filter(is_without_labour=False)
        yield step, rows


def _outcomes(last: date) -> dict[str, Any]:
    """Count what was due, done in time, done late, and not done by the last day of the period."""
    return {
        "due": Count("id"),
        "met": Count("id", filter=Q(done__lte=F("due"))),
        "late": Count("id", filter=Q(done__gt=F("due"), done__lte=last)),
        "open": Count("id", filter=Q(done__isnull=True) | Q(done__gt=last)),
    }


def _trained(first: date, last: date) -> "QuerySet[Enrolment]":
    return Enrolment.objects.filter(last_on__gte=first, last_on__lte=last, withdrawn_on__isnull=True)


def _training_sums() -> dict[str, Any]:
    return {
        "trained_persons": Count("person_id", distinct=True, filter=Q(attended_days__gte=1)),
        "certified_persons": Count("person_id", distinct=True, filter=Q(certified_on__isnull=False)),
    }
