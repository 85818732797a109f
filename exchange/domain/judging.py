"""Judge the households of a staged roster against the register: new, changed, same, refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from exchange.domain.grouping import Group, Grouping
from exchange.domain.roster import accepted
from exchange.domain.staging import drop_drafts
from exchange.enums import Verdict
from exchange.queries.drafts_on_file import (
    households_on_file,
    lead_helpers,
    numbers_elsewhere,
    posting_kind,
    versions_on_file,
)
from exchange.sheets.problems import Problem
from households.domain.near import in_whole_county
from households.domain.update import drafts_of_closed_years, households_that_would_change
from households.enums import PostingKind
from households.queries.drafts import DraftFinding, absent_members, draft_differences, draft_problems
from households.queries.near import near_drafts
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

# In which column the office looks for the cause of a finding about drafts.
_COLUMN_OF_FINDING: Final = {
    "village_unknown": "village_code",
    "village_differs": "village_code",
    "number_twice": "household_number",
    "household_elsewhere": "household_number",
    "no_member": "household_number",
    "no_head": "relation",
    "two_heads": "relation",
    "relation_differs": "relation",
    "member_added": "document_number",
    "person_twice": "document_number",
    "person_elsewhere": "document_number",
    "person_in_another_household": "document_number",
    "start_unknown": "starts_on",
    "person_dead": "document_number",
    "person_sent_away": "person_number",
    "person_of_another_name": "name",
    "income_has_lines": "net_per_head",
    "income_counted_elsewhere": "net_per_head",
    "name_differs": "name",
    "person_number_twice": "person_number",
    "person_number_of_another": "person_number",
    "starts_before_birth": "starts_on",
    "starts_after_the_day": "starts_on",
    "born_after_the_day": "document_number",
    "identified_after_the_day": "identified_on",
    "monitored_after_the_day": "monitored_on",
    "risk_removed_before_monitored": "risk_removed_on",
    "monitored_without_category": "monitoring_category",
    "status_differs": "household_kind",
    "monitoring_differs": "monitoring_category",
    "monitored_candidate": "monitoring_category",
    "closed_from_the_start": "household_kind",
    "helper_differs": "helper_name",
    "year_closed": "net_per_head",
}


@dataclass(slots=True)
class Judgement:
    """The verdict on each household by the draft's id, and what is listed and not applied.

    `to_write` are the households of which applying the roster writes something.
    """

    kind: PostingKind
    verdicts: dict[UUID, Verdict]
    to_write: frozenset[UUID]
    notes: dict[UUID, list[Problem]] = field(default_factory=dict)
    absent: dict[UUID, list[UUID]] = field(default_factory=dict)


def judge(grouping: Grouping, *, actor: Actor, on: date) -> Judgement:
    """Judge every household of the staged roster; refused ones leave the draft tables."""
    _refuse(grouping, impossible_drafts(actor=actor, on=on))
    on_file = households_on_file()
    _warn_of_near(grouping, actor=actor)
    notes, absent = _notes(grouping, actor=actor, on=on)
    writing = _changing(on_file, actor=actor, on=on)
    changing = writing | notes.keys()
    verdicts = {
        group.id: _verdict(group, is_on_file=group.id in on_file, changes=group.id in changing)
        for group in grouping.all_groups()
    }
    to_write = frozenset(writing | {id_ for id_, verdict in verdicts.items() if verdict is Verdict.NEW})
    return Judgement(posting_kind(tenant_id=actor.tenant_id, on=on), verdicts, to_write, notes, absent)


def impossible_drafts(*, actor: Actor, on: date) -> list[DraftFinding]:
    """List what the register does not admit, in the actor's part of the county and in the rest of it."""
    return draft_problems(tenant_id=actor.tenant_id, on=on) + _elsewhere(actor)


def overtaken_drafts(seen: Mapping[UUID, str], *, actor: Actor, on: date) -> list[UUID]:
    """Give the draft households that were changed, or came on file, since their versions were seen by the check.

    Those of which the roster would write nothing, and which it tells the same of, are none.
    """
    now = versions_on_file(tenant_id=actor.tenant_id)
    overtaken = {id_ for id_, version in now.items() if seen.get(id_) != version}
    if not overtaken:
        return []
    writing = _changing(households_on_file(), actor=actor, on=on)
    findings = draft_differences(tenant_id=actor.tenant_id) + absent_members(tenant_id=actor.tenant_id)
    return sorted(overtaken & (writing | {finding.household_id for finding in findings}))


def _refuse(grouping: Grouping, findings: Iterable[DraftFinding]) -> None:
    found = list(findings)
    if not found:
        return
    by_id = {group.id: group for group in accepted(grouping)}
    rows = _rows_of_persons(grouping)
    for finding in found:
        group = by_id[finding.household_id]
        group.problems.append(_problem(finding, group, rows))
    drop_drafts(list({finding.household_id for finding in found}))


def _problem(finding: DraftFinding, group: Group, rows: dict[UUID, int]) -> Problem:
    row = rows.get(finding.person_id) if finding.person_id else None
    return Problem(row or group.head_row, _COLUMN_OF_FINDING.get(finding.code, ""), finding.code)


def _rows_of_persons(grouping: Grouping) -> dict[UUID, int]:
    return dict(zip(grouping.person_ids, grouping.row_numbers, strict=True))


def _elsewhere(actor: Actor) -> list[DraftFinding]:
    """Ask the whole county for numbers on file that the actor does not see; nothing else is learned of them."""
    if actor.covers_county:
        return []
    whole = county_actor(Tenant.objects.get(pk=actor.tenant_id), origin=actor.origin)
    with tenant_scope(whole):
        found = numbers_elsewhere(tenant_id=actor.tenant_id)
    households = [DraftFinding("household_elsewhere", id_, None) for id_ in found.households]
    return households + [DraftFinding("person_elsewhere", *ids) for ids in found.persons]


def _warn_of_near(grouping: Grouping, *, actor: Actor) -> None:
    """Warn of new persons who look like somebody on file in the county, whom the warning does not name."""
    with in_whole_county(actor):
        found = near_drafts(tenant_id=actor.tenant_id)
    if not found:
        return
    places = zip(grouping.row_numbers, grouping.row_groups, strict=True)
    by_id = dict(zip(grouping.person_ids, places, strict=True))
    for person_id, why in found:
        row, group = by_id[person_id]
        group.warnings.append(Problem(row, "name", f"near.{why}"))


def _notes(grouping: Grouping, *, actor: Actor, on: date) -> tuple[dict[UUID, list[Problem]], dict[UUID, list[UUID]]]:
    """List what differs from the register and is not applied, and the members whom the roster does not name."""
    by_id = {group.id: group for group in accepted(grouping)}
    differing = lead_helpers(tenant_id=actor.tenant_id, on=on).differing
    findings = draft_differences(tenant_id=actor.tenant_id)
    findings += [DraftFinding("helper_differs", id_, None) for id_ in differing]
    findings += [DraftFinding("year_closed", id_, None) for id_ in drafts_of_closed_years(actor=actor)]
    absent: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for finding in absent_members(tenant_id=actor.tenant_id):
        if finding.person_id is not None:
            absent[finding.household_id].append(finding.person_id)
    findings += [DraftFinding("member_absent", id_, None) for id_ in absent]
    rows = _rows_of_persons(grouping) if findings else {}
    notes: defaultdict[UUID, list[Problem]] = defaultdict(list)
    for finding in findings:
        notes[finding.household_id].append(_problem(finding, by_id[finding.household_id], rows))
    return dict(notes), dict(absent)


def _changing(on_file: dict[UUID, UUID], *, actor: Actor, on: date) -> set[UUID]:
    """Give the draft households on file of which applying would write something."""
    if not on_file:
        return set()
    changed = households_that_would_change(actor=actor)
    unpaired = lead_helpers(tenant_id=actor.tenant_id, on=on).unpaired
    return {id_ for id_, household_id in on_file.items() if household_id in changed} | unpaired


def _verdict(group: Group, *, is_on_file: bool, changes: bool) -> Verdict:
    if group.problems:
        return Verdict.REFUSED
    if not is_on_file:
        return Verdict.NEW
    return Verdict.CHANGED if changes else Verdict.SAME
