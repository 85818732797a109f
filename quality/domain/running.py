"""Run the rules: over a county as one job, and over one household when it was saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from quality.definitions import Rule, rule
from quality.domain import statements
from quality.enums import RuleObject, Severity
from quality.queries.parameters import rules_with_values
from quality.queries.sentences import sentence_of
from registry.audit import record
from registry.jobs import Progress
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor

# The kind of advisory lock that runs of one county take; rosters take another.
_LOCK_KIND: Final = 0x5155


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run over a county asked and did."""

    rules: int
    offences: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Offence:
    """What a household breaks at the moment; `state` is that of the finding on file, if there is one."""

    rule_code: str
    person_id: UUID | None
    scope_code: str
    state: str | None


class RuleBroken(DomainError):
    """A save that newly breaks a rule which is refused at entry."""


def run_rules(*, actor: Actor, on: date | None = None, progress: Progress | None = None) -> RunResult:
    """Ask every rule of the whole area in scope as of the day (today), and settle the findings with what they give.

    All rules see one moment, which one statement reads. What is broken and was not is a new finding; what is right
    again is closed; what was closed and is broken again is new once more. One run of a county at a time.
    """
    day = on or today()
    active, values = rules_with_values(day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_KIND, actor.tenant_id])
        for statement in statements.MAKE_TABLES:
            cursor.execute(statement, values)
        cursor.execute(statements.FILL_FACTS, values)
        for statement in statements.COUNT_ROWS:
            cursor.execute(statement)
        for number, one in enumerate(active, start=1):
            cursor.execute(statements.find_offences(one), values)
            if progress is not None:
                progress.report(number, len(active) + 1)
        cursor.execute("ANALYZE pg_temp.quality_offence")
        cursor.execute(statements.SETTLE_COUNTY, values | _facts_of(active))
        opened, closed, offences = cursor.fetchone()
    result = RunResult(len(active), offences, opened, closed)
    changes = {"opened": (None, opened), "closed": (None, closed), "data_date": (None, day)}
    record("quality.run_rules", None, actor=actor, changes=changes, count=len(active))
    return result


def check_household(
    household_id: UUID | None, *, person_id: UUID | None = None, on: date | None = None
) -> list[Offence]:
    """Check one household, or that of a person, after a save: refuse what newly breaks a rule, keep the warnings.

    What was broken before the save stays a finding and refuses nothing: else nobody could put one thing right after
    the other. At most three queries.

    Raises: RuleBroken with the rule's sentence.
    """
    day = on or today()
    active, values = rules_with_values(day)
    asked = [one for one in active if one.at_entry and one.object != RuleObject.VILLAGE]
    values |= {"household": household_id, "person": person_id, **_facts_of(asked)}
    with connection.cursor() as cursor:
        cursor.execute(statements.check_household(asked), values)
        rows = cursor.fetchall()
        offences = [Offence(*row[1:]) for row in rows if row[1] is not None]
        _refuse_new(offences, values)
        if len(offences) < len(rows) or any(offence.state is None for offence in offences):
            cursor.execute(statements.SETTLE_HOUSEHOLD, values | _lists_of(offences) | {"household": rows[0][0]})
    return offences


def _refuse_new(offences: Iterable[Offence], values: dict[str, Any]) -> None:
    for offence in offences:
        one = rule(offence.rule_code)
        if one.severity == Severity.REFUSE and offence.state is None:
            given = {name: values[one.place(name)] for name in one.parameters}
            raise RuleBroken(f"quality.{one.code}", sentence_of(one, given))


def _facts_of(asked: Iterable[Rule]) -> dict[str, Any]:
    """Give what is kept of each rule beside a finding, as lists of equal length."""
    ordered = list(asked)
    return {
        "codes": [one.code for one in ordered],
        "versions": [one.version for one in ordered],
        "severities": [str(one.severity) for one in ordered],
        "sectors": [one.sector for one in ordered],
    }


def _lists_of(offences: Iterable[Offence]) -> dict[str, Any]:
    ordered = list(offences)
    return {
        "broken": [offence.rule_code for offence in ordered],
        "persons": [offence.person_id for offence in ordered],
        "scope_code": ordered[0].scope_code if ordered else "",
    }
