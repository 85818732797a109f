"""Name by hand whom a line of a list from above is about, where nothing on file matched it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from households.models import Household
from households.queries.visibility import find_household, memberships_visible_to
from quality.domain.suspicions import line_finding
from quality.models import Finding, SuspicionLine, SuspicionList
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor


def match_line(
    line_id: UUID, *, household_id: UUID, person_id: UUID | None = None, actor: Actor, version: int | None = None
) -> Finding:
    """Say that a line is about a household, or about a person who lives or lived in it: it becomes a finding.

    A list that was returned is open again, since a line of it waits for its answer.
    Locks: the list, then the line. Raises: NotAllowed, NotFound, StaleVersion; Conflict for a line that names somebody
    already, or whose list is emptied; DomainError for a person of another household.
    """
    require(actor, "quality.match_line")
    lines: QuerySet[SuspicionLine] = SuspicionLine.objects.all()
    known = lines.filter(pk=line_id).values_list("suspicion_list_id", flat=True)
    kept = SuspicionList.objects.select_for_update(of=("self",)).filter(pk__in=known).first()
    line = lock_version(lines, line_id, version)
    household = find_household(household_id, actor=actor)
    _require_member(household, person_id, actor)
    if line.household_id is not None:
        raise Conflict("line.named", _("The line names a household already. Load the page again."))
    if kept is None or kept.emptied_on is not None:
        raise Conflict("list.emptied", _("The list was returned, and what its sender wrote is no longer kept."))
    line.household, line.person_id, line.scope_code = household, person_id, household.scope_code
    line.matched_by = actor.user_id
    line.touch().save(update_fields=["household", "person", "scope_code", "matched_by", "version", "updated_at"])
    finding = line_finding(kept, line)
    finding.save()
    if kept.returned_on is not None:
        kept.returned_on = None
        kept.touch().save(update_fields=["returned_on", "version", "updated_at"])
    changes: dict[str, tuple[object, object]] = {
        "household": (None, household.pk),
        "person": (None, person_id),
        "line_number": (None, line.line_number),
    }
    record("quality.match_line", finding, actor=actor, changes=changes)
    return finding


def _require_member(household: Household, person_id: UUID | None, actor: Actor) -> None:
    if person_id is None:
        return
    if not memberships_visible_to(actor).filter(household=household, person=person_id).exists():
        message = _("This person neither lives nor lived in the household. Choose one of its members.")
        raise DomainError("line.person_elsewhere", message, field="person_id")
