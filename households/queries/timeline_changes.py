"""What the audit trail and the former versions of rows tell in a timeline: each change with who, when and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet, Value
from django.utils.translation import gettext as _

from households.enums import HouseholdStatus
from households.models import Household, HouseholdSpell, Membership, MonitoringSpell, Person
from households.queries.history import persons_last_in
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.domain.audit_labels import verb_label
from registry.domain.readable import ShownChange, history_of, may_view
from registry.models import AuditDetail, User
from registry.queries.audit import FieldChange, fields_of
from registry.queries.versions import MASK, RowChange, changes_below
from registry.tenancy.context import Actor
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel

LOOK: Final = "households.reveal"
# What these tables say is told by the spells and memberships themselves.
_TOLD: Final = {
    HouseholdSpell._meta.db_table: None,
    MonitoringSpell._meta.db_table: None,
    Membership._meta.db_table: frozenset({"ends_on", "end_reason_code"}),
}
Named = tuple[type[Model], FieldChange]


@dataclass(frozen=True, slots=True)
class _Whose:
    """The row that a change is about: its model, and the household or person to whom it belongs."""

    model: type[Model]
    owner_id: UUID
    name: str = ""


@dataclass(slots=True)
class _Draft:
    """A line before its fields are put in words."""

    entry: Entry
    model: type[Model]
    fields: list[Named]


@tell
def changes_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Join what the audit trail tells with what the rows say that the same transaction changed."""
    names = dict(Person.objects.filter(id__in=persons_last_in(household)).values_list("id", "name"))
    whose = _rows_below(household, names, actor)
    drafts = list(_drafts(whose, [household.id, *names], actor))
    users = _names_of_users(drafts)
    shown = _in_words(drafts)
    for number, draft in enumerate(drafts):
        entry = draft.entry
        yield replace(
            entry,
            who_name=users.get(entry.who, ""),
            changes=tuple(field for _model, field in draft.fields),
            shown=tuple(shown.get(number, ())),
        )


def _rows_below(household: Household, names: dict[UUID, str], actor: Actor) -> dict[UUID, _Whose]:
    """Give every row that points at the household or at one of its persons and may be seen, by one query."""
    whose = {household.id: _Whose(Household, household.id)}
    whose |= {person: _Whose(Person, person, name) for person, name in names.items()}
    models = {
        model._meta.label_lower: model
        for model in apps.get_models()
        if issubclass(model, TenantModel) and may_view(actor, model)
    }
    parts = [part for label, model in models.items() for part in _pointing(label, model, household, names)]
    for label, row_id, owner_id in parts[0].union(*parts[1:], all=True):
        whose.setdefault(row_id, _Whose(models[label], owner_id, names.get(owner_id, "")))
    return whose


def _pointing(
    label: str, model: type[TenantModel], household: Household, names: dict[UUID, str]
) -> "Iterator[QuerySet[TenantModel, tuple[str, UUID, UUID]]]":
    owners = {Household: [household.id], Person: list(names)}
    fields = {
        field.remote_field.model: field.name
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey) and field.remote_field.model in owners
    }
    # Rows of both are the household's: a membership, a finding on a person.
    target = Household if Household in fields else Person
    if target in fields:
        rows = model.objects.filter(**{f"{fields[target]}__in": owners[target]}).order_by()
        yield rows.values_list(Value(label), "id", f"{fields[target]}_id")


def _drafts(whose: dict[UUID, _Whose], owners: list[UUID], actor: Actor) -> Iterator[_Draft]:
    """Give a draft for each event, with the fields that the rows of its transaction add; then what no event names."""
    rows: dict[tuple[datetime, UUID], list[RowChange]] = defaultdict(list)
    for change in changes_below(owners):
        rows[change.version.at, change.version.owner_id].append(change)
    sees_looks = role_may(actor, "households.view_reveals")
    seen = Q(object_id__in=[*whose]) & (Q() if sees_looks else ~Q(verb=LOOK))
    for detail in AuditDetail.objects.filter(seen).order_by("at", "id"):
        subject = whose[detail.object_id] if detail.object_id else _Whose(Household, owners[0])
        own = [(subject.model, field) for field in fields_of(detail)]
        same = rows.pop((detail.transaction_at, subject.owner_id), []) if detail.transaction_at else []
        named = {field.label for _model, field in own}
        if detail.verb == LOOK:
            rows[detail.transaction_at or detail.at, subject.owner_id] += same
            yield _of_detail(detail, subject, Topic.LOOK, "look", own)
        else:
            added = [pair for pair in _telling(same, actor) if pair[1].label not in named]
            yield _of_detail(detail, subject, Topic.CHANGE, "change", [*own, *added])
    yield from _in_bulk(rows, whose, actor)


def _of_detail(detail: AuditDetail, subject: _Whose, topic: Topic, kind: str, fields: list[Named]) -> _Draft:
    text = verb_label(detail.verb) if detail.verb else _("A change")
    if subject.name:
        text = _("%(deed)s: %(name)s") % {"deed": text, "name": subject.name}
    entry = Entry(
        f"event-{detail.id}", topic, kind, detail.at, None, text, deed=str(detail.transaction_at or detail.id),
        verb=detail.verb, who=detail.username, role=detail.role, reason=detail.reason, name=subject.name,
    )  # fmt: skip
    return _Draft(entry, subject.model, list(_without_end(fields)))


def _in_bulk(
    rows: dict[tuple[datetime, UUID], list[RowChange]], whose: dict[UUID, _Whose], actor: Actor
) -> Iterator[_Draft]:
    """Tell what no event names: rosters, and other work on many households at once."""
    accounts = {user_id for same in rows.values() for change in same if (user_id := change.version.user_id)}
    users = dict(User.objects.filter(id__in=accounts).values_list("id", "username"))
    for (at, owner_id), same in rows.items():
        fields = list(_without_end(list(_telling(same, actor))))
        subject = whose.get(owner_id)
        if fields and subject:
            text = _("Changed together with other households")
            text = _("%(deed)s: %(name)s") % {"deed": text, "name": subject.name} if subject.name else text
            who = users.get(same[0].version.user_id, "") if same[0].version.user_id else ""
            key = f"row-{same[0].version.id}"
            entry = Entry(key, Topic.CHANGE, "change", at, None, text, deed=str(at), who=who, name=subject.name)
            yield _Draft(entry, subject.model, fields)


def _without_end(fields: list[Named]) -> Iterator[Named]:
    """Leave the state of monitoring out where the household was closed: its spell tells how it ended."""
    own = {field.label: field.after for model, field in fields if model is Household}
    hidden = "monitoring_state" if own.get("status") == HouseholdStatus.CLOSED else ""
    yield from ((model, field) for model, field in fields if model is not Household or field.label != hidden)


def _telling(changes: Iterable[RowChange], actor: Actor) -> Iterator[Named]:
    models = {model._meta.db_table: model for model in apps.get_models()}
    for change in changes:
        table = change.version.table_name
        told = _TOLD.get(table, frozenset())
        if told is not None and table in models and may_view(actor, models[table]):
            yield from ((models[table], field) for field in change.fields if field.label not in told)


def _names_of_users(drafts: Iterable[_Draft]) -> dict[str, str]:
    """Give the names of people by their user names."""
    accounts = {draft.entry.who for draft in drafts} - {""}
    return dict(User.objects.filter(username__in=accounts).values_list("username", "name"))


def _in_words(drafts: list[_Draft]) -> dict[int, list[ShownChange]]:
    """Put the fields of all lines in words, model by model, so that ids are looked up once for each."""
    by_model: dict[type[Model], list[tuple[int, FieldChange]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        for model, field in draft.fields:
            by_model[model].append((number, field))
    shown: dict[int, list[ShownChange]] = defaultdict(list)
    for model, found in by_model.items():
        words = history_of(model, otherwise=Household).shown([[field] for _number, field in found], model)
        for (number, _field), said in zip(found, words, strict=True):
            shown[number].extend(said)
    return {number: [one for one in words if _says_something(one)] for number, words in shown.items()}


def _says_something(change: ShownChange) -> bool:
    """Leave out what stayed the same, and that the row belongs to the household whose timeline it is."""
    is_same = change.before == change.after and change.raw.after != MASK
    return not is_same and change.raw.label != "household"
