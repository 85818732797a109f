"""Gather the rows of a roster into households, and find what is wrong inside the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from exchange.queries.places import Places
from exchange.queries.workplaces import LEVELS, Workplaces, workplaces
from exchange.sheets.columns import LENIENT
from exchange.sheets.problems import Problem
from exchange.sheets.reading import Run, is_household_column
from households.enums import HEAD_RELATION, HEALTHY, NOT_AT_SCHOOL, HouseholdStatus, MonitoringState
from registry.lib.periods import LooseDate, Precision
from registry.tenancy.models import new_id

MOST_ROWS_OF_A_HOUSEHOLD: Final = 50

# The values that a household has once; its facts are a tuple of them in this order.
FACTS: Final = (
    "village_code", "group_name", "address", "household_kind", "standard", "attribute", "main_cause", "other_cause_1",
    "other_cause_2", "identified_on", "monitoring_category", "risk_removed", "monitored_on", "risk_removed_on",
    "household_phone", "account", "bank_name", "is_servicemans_family", "planned_lifting_year", "person_count",
    "wage_income", "business_income", "property_income",
    "transfer_income", "business_cost", "net_income", "net_per_head", "income_from", "income_until",
    "dangerous_housing", "safe_water", "helper_name", "helper_unit_name", "helper_phone", "helper_starts_on",
)  # fmt: skip
Facts = tuple[Any, ...]
_NOTHING: Final = (None, "")  # a cell left empty beside the row of the head says nothing else than that row
_PLACE: Final = {name: number for number, name in enumerate(FACTS)}


@dataclass(slots=True)
class Group:
    """The rows of one household; `facts` are those of the head's row, or of the first one until the head is met."""

    id: UUID
    number: str
    first_row: int
    facts: Facts
    rows: int = 0
    head_row: int = 0
    head_name: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    others: list[tuple[int, Facts]] = field(default_factory=list)

    def fact(self, name: str) -> Any:  # noqa: ANN401 - the columns have values of different types
        """Give one value of the household."""
        return self.facts[_PLACE[name]]


@dataclass(slots=True)
class Lines:
    """The rows of the draft tables as they were copied, to be kept until the roster is decided on."""

    persons: list[bytes] = field(default_factory=list)
    households: dict[UUID, bytes] = field(default_factory=dict)


class Grouping:
    """Gathers run after run; the lists of rows run parallel, so that a person is found again by position."""

    def __init__(self, places: Places, *, on: date) -> None:
        self.groups: dict[str, Group] = {}
        self.loose: list[Group] = []
        self.row_numbers: list[int] = []
        self.row_groups: list[Group] = []
        self.person_ids: list[UUID] = []
        self.lines = Lines()
        self._places = places
        self._workplaces = workplaces()
        self._on = on
        self._documents: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def add(self, run: Run) -> tuple[list[UUID], list[UUID]]:
        """Take the rows of a run; give the ids of their persons and of their households."""
        start = len(self.row_numbers)
        doubts = self._settle_villages(run)
        _settle_workplaces(run, self._workplaces)
        groups = self._gather(run)
        ids = [new_id() for _row in run.rows]
        self.row_numbers += run.rows
        self.row_groups += groups
        self.person_ids += ids
        self._note_faults(run, groups, doubts)
        self._compare_documents(run, groups)
        _settle_facts(run, groups)
        self._find_doubles(run, start)
        return ids, [group.id for group in groups]

    def finish(self) -> None:
        """Say what is wrong with the households as a whole, once every row is there."""
        for group in self.groups.values():
            group.problems += _household_problems(group)
            group.warnings += _household_warnings(group)

    def all_groups(self) -> Iterator[Group]:
        """Give every household, and every row that belongs to none, in the order of the sheet."""
        yield from sorted([*self.groups.values(), *self.loose], key=lambda group: group.first_row)

    # --- one run ------------------------------------------------------------------------------------------------------
    def _settle_villages(self, run: Run) -> dict[int, str]:
        """Replace codes and names by the code of the village they mean."""
        values = run.values
        said = zip(values["village_code"], values["township_name"], values["village_name"], strict=True)
        found = [self._places.find(*names) for names in said]
        values["village_code"] = [place.code for place in found]
        for number, place in enumerate(found):
            if place.fault and not any(name == "village_code" for name, _code in run.faults.get(number, ())):
                run.faults.setdefault(number, []).append(("village_code", place.fault))
        return {number: place.doubt for number, place in enumerate(found) if place.doubt}

    def _gather(self, run: Run) -> list[Group]:
        values, known, gathered = run.values, self.groups, []
        facts_of_rows = zip(*(values[name] for name in FACTS), strict=True)
        told = zip(run.rows, values["household_number"], values["relation"], values["name"], facts_of_rows, strict=True)
        for row, number, relation, name, facts in told:
            group = known.get(number)
            if group is None:
                group = self._open(row, number, facts)
            group.rows += 1
            if relation == HEAD_RELATION:
                _take_head(group, row, name, facts)
            elif not group.head_row or facts != group.facts:
                group.others.append((row, facts))
            gathered.append(group)
        return gathered

    def _open(self, row: int, number: str, facts: Facts) -> Group:
        group = Group(new_id(), number, row, facts)
        if number:
            self.groups[number] = group
        else:
            self.loose.append(group)
        return group

    def _note_faults(self, run: Run, groups: Sequence[Group], doubts: dict[int, str]) -> None:
        for number, found in run.faults.items():
            group, row = groups[number], run.rows[number]
            is_head = run.values["relation"][number] == HEAD_RELATION
            for column, code in found:
                if is_household_column(column) and column != "household_number" and not is_head:
                    if code in {
                        "cell.empty",
                        "village.empty",
                    }:  # told by the row of the head, as often below a merged cell
                        continue
                    group.warnings.append(Problem(row, column, "household_value.unreadable"))
                elif column in LENIENT:
                    group.warnings.append(Problem(row, column, "person_value.unknown"))
                else:
                    group.problems.append(Problem(row, column, code))
        for number, code in doubts.items():
            if groups[number].head_row == run.rows[number]:
                groups[number].warnings.append(Problem(run.rows[number], "village_name", code))
        self._compare_data_dates(run, groups)

    def _compare_data_dates(self, run: Run, groups: Sequence[Group]) -> None:
        if all(said is None or _agrees(said, self._on) for said in set(run.values["data_date"])):
            return
        for row, group, said in zip(run.rows, groups, run.values["data_date"], strict=True):
            if said is not None and not _agrees(said, self._on):
                group.problems.append(Problem(row, "data_date", "data_date.differs"))

    def _compare_documents(self, run: Run, groups: Sequence[Group]) -> None:
        """Hold sex and birth against the document, and take them from it where the row does not tell them."""
        values = run.values
        sexes, births, documents = values["sex"], values["birth_on"], values["document_number"]
        for number, document in enumerate(documents):
            if document is None:
                continue
            if not document.sex_code:
                if not sexes[number]:
                    groups[number].problems.append(Problem(run.rows[number], "sex", "sex.empty"))
                continue
            if sexes[number] != document.sex_code:
                if sexes[number] in {"1", "2"}:
                    groups[number].problems.append(Problem(run.rows[number], "sex", "sex.differs"))
                sexes[number] = document.sex_code
            said = births[number]
            if said is not None and not _agrees(said, document.birth_on):
                groups[number].problems.append(Problem(run.rows[number], "birth_on", "birth.differs"))
            births[number] = LooseDate(document.birth_on, Precision.DAY)

    def _find_doubles(self, run: Run, start: int) -> None:
        documents, numbers = self._documents, self._numbers
        for place, (document, number) in enumerate(
            zip(run.values["document_number"], run.values["person_number"], strict=True), start=start
        ):
            if document is not None and not document.is_placeholder:
                first = documents.setdefault(document.key, place)
                if first != place:
                    self._note_double(first, place, "document_number", "person.twice")
            if number:
                first = numbers.setdefault(number, place)
                if first != place:
                    self._note_double(first, place, "person_number", "person_number.twice")

    def _note_double(self, first: int, second: int, column: str, code: str) -> None:
        """Refuse both rows: nobody can tell which of the two is right."""
        for here, there in ((first, second), (second, first)):
            problem = Problem(self.row_numbers[here], column, code, self.row_numbers[there])
            self.row_groups[here].problems.append(problem)


def _settle_workplaces(run: Run, known: Workplaces) -> None:
    """Replace province, prefecture, county and township of work by the code of the county, or of what lies above it.

    In words the place stands where the row does not tell it otherwise. Who works abroad works in no division.
    """
    values = run.values
    for number, said in enumerate(zip(*(values[name] for name in (*LEVELS, "work_township")), strict=True)):
        if not any(said):
            continue
        place = known.find(*said)
        if place.unknown:
            run.faults.setdefault(number, []).append((place.unknown, "person_value.unknown"))
        values["work_division"][number] = "" if values["works_abroad"][number] else place.code
        values["work_place"][number] = values["work_place"][number] or place.text[:100]


def _settle_facts(run: Run, groups: Sequence[Group]) -> None:
    """Leave out what cannot be true beside what the row states too, with a warning.

    Education is blank for those at school (rule 13 of the provincial checks), and health "healthy" stands alone: the
    stage of school and the illness stay, as on the forms of a single person they must be told apart by the clerk.
    """
    educations, schools, healths = (run.values[name] for name in ("education", "school", "health"))
    for number, row in enumerate(run.rows):
        if educations[number] and schools[number] not in NOT_AT_SCHOOL:
            educations[number] = ""
            groups[number].warnings.append(Problem(row, "education", "education.of_student"))
        codes = healths[number]
        if codes and HEALTHY in codes and len(codes) > 1:
            healths[number] = tuple(code for code in codes if code != HEALTHY) or (HEALTHY,)
            groups[number].warnings.append(Problem(row, "health", "health.healthy_and_ill"))


def _agrees(said: LooseDate, day: date | None) -> bool:
    if day is None or said.precision == Precision.DAY:
        return said.on == day
    return (said.on.year, said.on.month) == (day.year, day.month)


def _take_head(group: Group, row: int, name: str, facts: Facts) -> None:
    if group.head_row:
        group.problems.append(Problem(row, "relation", "household.two_heads", group.head_row))
        return
    group.head_row, group.head_name, group.facts = row, name, facts


def _household_problems(group: Group) -> Iterator[Problem]:
    row = group.head_row or group.first_row
    if not group.head_row:
        yield Problem(row, "relation", "household.no_head")
    if group.rows > MOST_ROWS_OF_A_HOUSEHOLD:
        yield Problem(row, "household_number", "household.too_many")
    category, removed = group.fact("monitoring_category"), group.fact("risk_removed")
    if not category:
        if removed == MonitoringState.IDENTIFIED or group.fact("monitored_on") or group.fact("risk_removed_on"):
            yield Problem(row, "monitoring_category", "monitoring.category_missing")
        elif group.fact("household_kind") == HouseholdStatus.ORDINARY:
            yield Problem(row, "monitoring_category", "ordinary_unmonitored")
    elif group.fact("risk_removed_on") and removed != MonitoringState.REMOVED:
        yield Problem(row, "risk_removed", "monitoring.removal_missing")


def _household_warnings(group: Group) -> Iterator[Problem]:
    row = group.head_row or group.first_row
    for other_row, facts in group.others:
        for name, counts, said in zip(FACTS, group.facts, facts, strict=True):
            if said not in _NOTHING and counts != said:
                yield Problem(other_row, name, "household_value.differs", row)
    if group.fact("person_count") not in {None, group.rows}:
        yield Problem(row, "person_count", "person_count.differs")
    causes = [group.fact(name) for name in ("main_cause", "other_cause_1", "other_cause_2") if group.fact(name)]
    if len(causes) != len(set(causes)):
        yield Problem(row, "other_cause_1", "cause.twice")
    if bool(group.fact("helper_name")) != bool(group.fact("helper_unit_name")):
        yield Problem(row, "helper_unit_name", "helper.unit_missing")
