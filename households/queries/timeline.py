"""The timeline of a household: verbs with who and why, what changed, status, monitoring and members, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from households.models import Household, HouseholdSpell, Membership, MonitoringSpell
from households.queries.history import persons_last_in
from registry.access import role_may
from registry.lib.periods import start_of
from registry.models import AuditDetail, User
from registry.queries.audit import FieldChange, fields_of
from registry.queries.versions import RowChange, changes_below
from registry.tenancy.context import Actor

LOOK: Final = "households.reveal"
# What these tables say is told by the spells and memberships themselves.
_TOLD: Final = {
    HouseholdSpell._meta.db_table: None,
    MonitoringSpell._meta.db_table: None,
    Membership._meta.db_table: frozenset({"ends_on", "end_reason_code"}),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `kind` is change, look, status, monitoring, joined or left; `on` the day of a fact without a moment.

    `verb` is empty for work on many households at once, which names none of them in the audit trail. `code` is the
    status, category, relation or reason that a fact is about; `name` the person.
    """

    kind: str
    at: datetime | None
    on: date | None
    verb: str = ""
    who: str = ""
    reason: str = ""
    code: str = ""
    name: str = ""
    village_code: str = ""
    changes: tuple[FieldChange, ...] = ()


def timeline(household: Household, *, actor: Actor) -> list[Entry]:
    """Give every line of a household and of the persons who live in it or lived in it last, the newest first.

    Who looked at sealed values is told to those whom the rules table names (`households.view_reveals`).
    """
    owners = [household.id, *persons_last_in(household)]
    entries = [*_changes(owners, actor), *_spells(household), *_members(household)]
    dated = sorted((entry for entry in entries if entry.at or entry.on), key=_moment, reverse=True)
    return [*dated, *(entry for entry in entries if not (entry.at or entry.on))]


def _moment(entry: Entry) -> datetime:
    return entry.at or start_of(entry.on or date.min)


def _changes(owners: list[UUID], actor: Actor) -> Iterator[Entry]:
    """Join what the audit trail tells with what the rows say that the same transaction changed."""
    rows: dict[tuple[datetime, UUID], list[RowChange]] = {}
    for change in changes_below(owners):
        rows.setdefault((change.version.at, change.version.owner_id), []).append(change)
    for detail in AuditDetail.objects.filter(object_id__in=owners).order_by("at", "id"):
        if detail.verb == LOOK:
            if role_may(actor, "households.view_reveals"):
                yield _of_detail(detail, "look", fields_of(detail))
            continue
        own = fields_of(detail)
        same = rows.pop((detail.transaction_at, detail.object_id), []) if detail.transaction_at else []  # type: ignore[arg-type]  # an object was asked for
        named = {field.label for field in own}
        yield _of_detail(detail, "change", (*own, *(field for field in _telling(same) if field.label not in named)))
    yield from _in_bulk(rows)


def _of_detail(detail: AuditDetail, kind: str, fields: tuple[FieldChange, ...]) -> Entry:
    return Entry(kind, detail.at, None, detail.verb, detail.username, detail.reason, changes=fields)


def _in_bulk(rows: dict[tuple[datetime, UUID], list[RowChange]]) -> Iterator[Entry]:
    """Tell what no event names: rosters, and other work on many households at once."""
    names = User.objects.in_bulk({change.version.user_id for same in rows.values() for change in same} - {None})
    for (at, _owner), same in rows.items():
        fields = tuple(_telling(same))
        if fields:
            user = names.get(same[0].version.user_id)
            yield Entry("change", at, None, who=user.username if user else "", changes=fields)


def _telling(changes: Iterable[RowChange]) -> Iterator[FieldChange]:
    for change in changes:
        told = _TOLD.get(change.version.table_name, frozenset())
        if told is not None:
            yield from (field for field in change.fields if field.label not in told)


def _spells(household: Household) -> Iterator[Entry]:
    for spell in HouseholdSpell.objects.filter(household=household):
        yield Entry("status", None, spell.starts_on, code=spell.status, village_code=spell.village_code)
    for risk in MonitoringSpell.objects.filter(household=household):
        yield Entry("monitoring", None, risk.starts_on, code=risk.category_code)
        if risk.ends_on:
            yield Entry("monitoring_ended", None, risk.ends_on, code=risk.end_code)


def _members(household: Household) -> Iterator[Entry]:
    for stay in Membership.objects.filter(household=household).select_related("person"):
        yield Entry("joined", None, stay.starts_on, code=stay.relation_code, name=stay.person.name)
        if stay.ends_on:
            yield Entry("left", None, stay.ends_on, code=stay.end_reason_code, name=stay.person.name)
