"""Apply a checked roster: in one transaction, by the verbs of households and assistance."""

from collections import defaultdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from assistance.domain.assign import assign_helpers
from exchange.domain.decisions import settle
from exchange.domain.judging import impossible_drafts, overtaken_drafts
from exchange.domain.kept_drafts import restore_drafts
from exchange.domain.staging import drop_drafts
from exchange.enums import Verdict
from exchange.models import ImportBatch, ImportHousehold
from exchange.queries.drafts_on_file import posting_kind
from exchange.sheets.problems import Problem
from exchange.workflow import transition
from households.domain.register import apply_drafts, match_drafts
from households.domain.update import update_contacts_and_years
from registry import audit
from registry.domain.versions import lock_version
from registry.jobs import Progress
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_LOCK_KIND: Final = 0x526F7374  # "Rost": names the lock among those of other subjects
_STEPS: Final = 3


def apply_batch(batch_id: UUID, *, actor: Actor, progress: Progress) -> ImportBatch:
    """Write what the preview showed; a household that the register changed or no longer admits is left out and listed.

    One roster of a county is applied at a time. Locks: the batch. Raises: DomainError; then nothing is written.
    """
    batch = lock_version(ImportBatch.objects.all(), batch_id, None)
    step = transition("finish_apply", present=batch.state)
    _wait_for_turn(actor)
    seen = restore_drafts(batch, actor=actor)
    match_drafts(actor=actor)
    overtaken = overtaken_drafts(seen, actor=actor, on=_day(batch))
    left_out = _leave_out(batch, {id_: ["changed_meanwhile"] for id_ in overtaken})
    progress.report(1, _STEPS)
    batch.result = _write(batch, actor=actor, left_out=left_out)
    progress.report(2, _STEPS)
    batch.state = step.target
    settle(batch, actor=actor)
    audit.record(
        "exchange.apply_roster",
        batch,
        actor=actor,
        changes={name: (None, number) for name, number in batch.result.items()},
        count=batch.result["households"] + batch.result["updated"],
    )
    return batch


def _wait_for_turn(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_KIND, actor.tenant_id])


def _day(batch: ImportBatch) -> date:
    return batch.data_date or date.max  # a checked roster has one


def _write(batch: ImportBatch, *, actor: Actor, left_out: int) -> dict[str, Any]:
    on = _day(batch)
    reason = _("Roster of %(day)s") % {"day": on.isoformat()}
    kind = posting_kind(tenant_id=actor.tenant_id, on=on)
    try:
        with savepoint():
            written = apply_drafts(actor=actor, on=on, kind=kind, reason=reason)
    except DomainError:
        left_out += _leave_out(batch, _impossible(actor=actor, on=on))
        written = apply_drafts(actor=actor, on=on, kind=kind, reason=reason)
    updated = update_contacts_and_years(actor=actor, reason=reason)
    assigned = assign_helpers(actor=actor, on=on, reason=reason)
    return {
        "households": written.households,
        "persons": written.persons,
        "postings": written.postings,
        "updated": len(updated),
        "units": assigned.units,
        "helpers": assigned.helpers,
        "pairings": assigned.pairings,
        "left_out": left_out + batch.count("refused_households"),
        "posting_kind": str(kind),
    }


def _impossible(*, actor: Actor, on: date) -> dict[UUID, list[str]]:
    """Give the households that the register does not admit any more, with the codes of the findings."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for finding in impossible_drafts(actor=actor, on=on):
        found[finding.household_id].append(finding.code)
    return dict(found)


def _leave_out(batch: ImportBatch, found: dict[UUID, list[str]]) -> int:
    """Take households out of the drafts and note why; give their number."""
    drop_drafts(list(found))
    households = list(ImportHousehold.objects.filter(batch=batch, id__in=list(found)))
    for household in households:
        codes = dict.fromkeys(found[household.pk])
        household.verdict = Verdict.REFUSED
        household.notes += [Problem(household.first_row, "", code).to_text() for code in codes]
    ImportHousehold.objects.bulk_update(households, ["verdict", "notes"], batch_size=1000)
    return len(households)
