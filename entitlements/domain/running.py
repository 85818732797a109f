"""Ask every policy of a county who is due and who receives, and settle the findings with what that gives."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from entitlements.definitions import Policy
from entitlements.domain import statements
from entitlements.queries.policies import policies_with_values
from registry.access import require
from registry.audit import record
from registry.jobs import Progress
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id

# The kind of advisory lock that runs of one county take; those of the rules take another.
_LOCK_KIND: Final = 0x5156


@dataclass(frozen=True, slots=True)
class PolicyCount:
    """How many are due a policy by what is on file, and how many receive it."""

    policy_code: str
    due: int
    received: int


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run over a county asked and did."""

    policies: int
    cases: int
    opened: int
    closed: int
    counts: tuple[PolicyCount, ...]


def run_policies(*, actor: Actor, on: date | None = None, progress: Progress | None = None) -> RunResult:
    """Ask every policy of the whole county as of the day (today), and settle the findings.

    All policies see one moment. Where eligibility and receipt do not agree and nobody knew of it stands a new finding;
    where they agree it is closed; where an answer has had its time it is new again. Nothing else is written: no fact
    changes, and nothing that somebody receives stops. One run of a county at a time.

    Locks: the county's runs; the open findings, in the order of their ids. Raises: NotAllowed.
    """
    require(actor, "entitlements.run")
    day = on or today()
    asked, values = policies_with_values(actor, day)
    counts = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_KIND, actor.tenant_id])
        for statement in statements.MAKE_TABLES:
            cursor.execute(statement, values)
        cursor.execute(statements.FILL_FACTS, values)
        for statement in statements.COUNT_ROWS:
            cursor.execute(statement)
        for number, policy in enumerate(asked, start=1):
            cursor.execute(statements.find_cases(policy), values)
            counts.append(PolicyCount(policy.code, *cursor.fetchone()))
            if progress is not None:
                progress.report(number, len(asked) + 1)
        cursor.execute("ANALYZE pg_temp.due_case")
        cursor.execute(statements.LOCK_OPEN, values)
        cursor.execute(statements.SETTLE, values | _facts_of(asked))
        opened, closed, cases = cursor.fetchone()
    changes = {"opened": (None, opened), "closed": (None, closed), "data_date": (None, day)}
    record("entitlements.run", None, actor=actor, changes=changes, count=len(asked))
    return RunResult(len(asked), cases, opened, closed, tuple(counts))


def _facts_of(asked: list[Policy]) -> dict[str, Any]:
    """Give what is kept of each policy beside a finding, as lists of equal length, and how new findings' ids begin."""
    return {
        "ids": new_id().hex[:24],
        "codes": [policy.code for policy in asked],
        "versions": [policy.version for policy in asked],
        "sectors": [policy.sector for policy in asked],
    }
