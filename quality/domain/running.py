"""Run the rules: over a county as one job, and over the households that were saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from quality.definitions import Rule, rule
from quality.domain import statements
from quality.domain.prepared import execute_prepared
from quality.enums import RuleObject, Severity
from quality.queries.parameters import rules_with_values
from quality.queries.sentences import sentence_of
from registry.access import require
from registry.audit import record
from registry.jobs import Progress
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor, Notice, current_state
from registry.tenancy.models import new_id

# The kind of advisory lock that runs of one county take; rosters take another.
_LOCK_KIND: Final = 0x5155
# How many warnings a person is shown after a save; the rest stand among the findings.
_MOST_TOLD: Final = 5
_MORE: Final = _("%(count)s further warnings stand among the findings of the household.")


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

    household_id: UUID
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

    Raises: NotAllowed.
    """
    require(actor, "quality.run")
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


def check_households(object_type: str, object_ids: Sequence[UUID], *, on: date | None = None) -> list[Offence]:
    """Check the households of what was saved: refuse what newly breaks a rule, keep and tell the warnings.

    The objects are households, persons, records of work or measures. What was broken before the save stays a finding
    and refuses nothing: else nobody could put one thing right after the other. At most three queries, however many
    households.

    Raises: RuleBroken with the rule's sentence.
    """
    active, values = rules_with_values(on or today())
    asked = tuple(one for one in active if one.at_entry and one.object != RuleObject.VILLAGE)
    values |= {"objects": list(object_ids), **_facts_of(asked)}
    with connection.cursor() as cursor:
        execute_prepared(cursor, _statement(tuple(one.code for one in asked), object_type), values)
        rows = cursor.fetchall()
        offences = [Offence(*row) for row in rows if row[1] is not None]
        fresh = [offence for offence in offences if offence.state is None]
        _refuse_new(fresh, values)
        if fresh or len(offences) < len(rows):
            households = list({row[0] for row in rows})
            cursor.execute(statements.SETTLE_HOUSEHOLDS, values | _lists_of(offences) | {"households": households})
    _tell(fresh, values)
    return offences


@lru_cache(maxsize=64)
def _statement(codes: tuple[str, ...], object_type: str) -> str:
    """Give the statement of a set of rules: counties that switched none off share it."""
    return statements.check_households([rule(code) for code in codes], object_type)


def _refuse_new(fresh: Iterable[Offence], values: dict[str, Any]) -> None:
    for offence in fresh:
        one = rule(offence.rule_code)
        if one.severity == Severity.REFUSE:
            raise RuleBroken(f"quality.{one.code}", sentence_of(one, _figures(one, values)))


def _tell(fresh: Iterable[Offence], values: dict[str, Any]) -> None:
    """Leave for the door what the save newly broke; one sentence a rule, and none names a person."""
    told = [rule(code) for code in dict.fromkeys(offence.rule_code for offence in fresh)]
    notices = current_state().notices
    notices += [Notice(f"quality.{one.code}", sentence_of(one, _figures(one, values))) for one in told[:_MOST_TOLD]]
    if len(told) > _MOST_TOLD:
        notices.append(Notice("quality.more", _MORE % {"count": len(told) - _MOST_TOLD}))


def _figures(one: Rule, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[one.place(name)] for name in one.parameters}


def _facts_of(asked: Iterable[Rule]) -> dict[str, Any]:
    """Give what is kept of each rule beside a finding, as lists of equal length, and how new findings' ids begin."""
    ordered = list(asked)
    return {
        "ids": new_id().hex[:24],
        "codes": [one.code for one in ordered],
        "versions": [one.version for one in ordered],
        "severities": [str(one.severity) for one in ordered],
        "sectors": [one.sector for one in ordered],
    }


def _lists_of(offences: Sequence[Offence]) -> dict[str, Any]:
    return {
        "broken": [offence.rule_code for offence in offences],
        "persons": [offence.person_id for offence in offences],
        "of_households": [offence.household_id for offence in offences],
        "scope_codes": [offence.scope_code for offence in offences],
    }
