"""Apply a checked roster: in one transaction, by the verbs of households and assistance."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from assistance.domain.assign import assign_helpers
from exchange.domain.checking import read_roster
from exchange.domain.decisions import settle
from exchange.domain.grouping import Grouping
from exchange.domain.judging import refuse_impossible
from exchange.domain.roster import accepted, stage_roster
from exchange.domain.staging import drop_drafts
from exchange.models import ImportBatch
from exchange.queries.batches import accepted_numbers
from exchange.queries.drafts_on_file import posting_kind
from exchange.sheets.problems import Problem
from exchange.workflow import transition
from households.domain.register import apply_drafts
from households.domain.update import update_contacts_and_years
from registry import audit
from registry.domain.versions import lock_version
from registry.jobs import Progress
from registry.tenancy.context import Actor

_LOCK_KIND: Final = 0x526F7374  # "Rost": names the lock among those of other subjects


def apply_batch(batch_id: UUID, *, actor: Actor, progress: Progress) -> ImportBatch:
    """Write what the preview showed. The file is read again, and each household judged by the register as it is now.

    A household that the check refused, or that the register no longer admits, is left out and counted. One roster of a
    county is applied at a time. Locks: the batch. Raises: DomainError; then nothing is written.
    """
    batch = lock_version(ImportBatch.objects.all(), batch_id, None)
    step = transition("finish_apply", present=batch.state)
    _wait_for_turn(actor)
    roster = read_roster(batch, actor=actor)
    grouping = stage_roster(roster, actor=actor, progress=progress)
    _keep_to_preview(grouping, accepted_numbers(batch))
    refuse_impossible(grouping, actor=actor, on=roster.data_date)
    batch.result = _write(batch, grouping, actor=actor, on=roster.data_date)
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


def _keep_to_preview(grouping: Grouping, numbers: set[str]) -> None:
    """Leave out what was refused in the preview, even if the register would admit it now: nobody saw it accepted."""
    unseen = [group for group in accepted(grouping) if group.number not in numbers]
    for group in unseen:
        group.problems.append(Problem(group.first_row, "", "decided_otherwise"))
    drop_drafts(unseen)


def _write(batch: ImportBatch, grouping: Grouping, *, actor: Actor, on: date) -> dict[str, Any]:
    reason = _("Roster of %(day)s") % {"day": on.isoformat()}
    kind = posting_kind(tenant_id=actor.tenant_id, on=on)
    written = apply_drafts(actor=actor, on=on, kind=kind, reason=reason)
    updated = update_contacts_and_years(actor=actor, reason=reason)
    assigned = assign_helpers(actor=actor, on=on, reason=reason)
    left_out = sum(1 for group in grouping.all_groups() if group.problems)
    return {
        "households": written.households,
        "persons": written.persons,
        "postings": written.postings,
        "updated": len(updated),
        "units": assigned.units,
        "helpers": assigned.helpers,
        "pairings": assigned.pairings,
        "left_out": left_out,
        "posting_kind": str(kind),
    }
