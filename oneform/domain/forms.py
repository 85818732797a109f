"""Receive a form, say what its columns mean, count what it asks of each village, mark parts as done, and close it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from oneform.enums import ColumnUse, FormState, Subjects
from oneform.models import FormAlias, FormColumn, FormPart, FormRequest
from oneform.queries.forms import columns_asked, counts_of, find_picture
from oneform.queries.matching import held_columns, is_refused, matches_of
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.column_labels import label_key
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from reports.enums import RowLevel

MOST_COLUMNS: Final = 200
_AMEND = "oneform.amend"


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as it came: `labels` are the headings of its columns in their order.

    `replaces_id` names the edition before, whose columns keep their meaning.
    """

    title: str
    sender: str
    received_on: date
    due_on: date | None
    level: str
    subjects: str
    labels: tuple[str, ...]
    replaces_id: UUID | None = None


def receive_form(draft: FormDraft, *, actor: Actor) -> FormRequest:
    """Enter a form and match its columns to those of the register; the edition before is closed by it.

    Locks: the edition before. Raises: NotAllowed, also to replace a form of another office; NotFound for an edition
    that is none; Conflict for a title on file, or an edition replaced before; DomainError that names the field.
    """
    require(actor, "oneform.receive")
    labels = _labels(draft.labels)
    level, subjects = _kind(draft)
    former = _former(draft.replaces_id, actor)
    row = FormRequest(
        scope_code=actor.tenant_code,
        title=former.title if former else _named(draft.title, "title"),
        edition=former.edition + 1 if former else 1,
        sender=_named(draft.sender, "sender"),
        received_on=_received(draft),
        due_on=draft.due_on,
        level=level,
        subjects=subjects,
        replaces=former,
        received_by_code=actor.tenant_code if actor.covers_county else actor.ranges[0].lo,
    )
    _save(row)
    if former is not None and former.state == FormState.OPEN:
        _close(former, actor)
    columns = _columns(row, labels, former)
    FormColumn.objects.bulk_create(columns)
    names = ("title", "edition", "sender", "received_on", "due_on", "level", "subjects")
    changes = {name: (None, getattr(row, name)) for name in names}
    record("oneform.receive", row, actor=actor, changes=changes, count=len(columns))
    return row


def _labels(texts: Sequence[str]) -> list[str]:
    labels = [clean(text) for text in texts if clean(text)]
    if not labels:
        message = _("The form has no columns. Write one heading a line, or upload the table.")
        raise DomainError("oneform.no_columns", message, field="labels")
    if len(labels) > MOST_COLUMNS or any(len(label) > 100 for label in labels):
        message = _("A form has %(most)s columns at most, each with a heading of 100 characters at most.")
        raise DomainError("oneform.too_wide", message % {"most": MOST_COLUMNS}, field="labels")
    return labels


def _kind(draft: FormDraft) -> tuple[RowLevel, Subjects]:
    if draft.level not in RowLevel.values:
        message = _("Choose whether a row stands for a household, a person or a village.")
        raise DomainError("oneform.level", message, field="level")
    if draft.subjects not in Subjects.values or (draft.level == RowLevel.VILLAGE and draft.subjects != Subjects.ALL):
        message = _("Choose of whom the form has rows; one about villages is about all of them.")
        raise DomainError("oneform.subjects", message, field="subjects")
    return RowLevel(draft.level), Subjects(draft.subjects)


def _named(text: str, field: str) -> str:
    name = clean(text)
    if not name or len(name) > 100:
        message = _("Write the name of the form and of the office, in 100 characters at most.")
        raise DomainError("oneform.name", message, field=field)
    return name


def _received(draft: FormDraft) -> date:
    if draft.received_on > today():
        raise DomainError("oneform.received", _("The day of receipt is still to come."), field="received_on")
    if draft.due_on is not None and draft.due_on < draft.received_on:
        raise DomainError("oneform.due", _("A form is not due before it came. Check both days."), field="due_on")
    return draft.received_on


def _former(form_id: UUID | None, actor: Actor) -> FormRequest | None:
    if form_id is None:
        return None
    row = FormRequest.objects.select_for_update(of=("self",), no_key=True).filter(pk=form_id).first()
    if row is None:
        raise NotFound("oneform.unknown", _("There is no such form."), field="replaces_id")
    require(actor, _AMEND, row)
    return row


def _save(row: FormRequest) -> None:
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        message = _("This form is on file. A changed table is entered as the next edition of the latest one.")
        raise Conflict("oneform.on_file", message, field="title") from error


def _columns(row: FormRequest, labels: Sequence[str], former: FormRequest | None) -> list[FormColumn]:
    """Match the labels; one that stood in the edition before keeps the meaning that it had there."""
    kept: dict[str, FormColumn] = {}
    if former is not None and former.level == row.level:
        kept = {label_key(one.label): one for one in columns_asked(former) if one.use != ColumnUse.REFUSED}
    columns = []
    for place, (label, match) in enumerate(zip(labels, matches_of(labels, RowLevel(row.level)), strict=True), start=1):
        before = None if match.use == ColumnUse.REFUSED else kept.get(label_key(label))
        use, key = (before.use, before.column_key) if before else (match.use, match.column_key)
        columns.append(
            FormColumn(scope_code=row.scope_code, form=row, place=place, label=label, use=use, column_key=key)
        )
    return columns


def map_column(
    form_id: UUID, place: int, column_key: str, *, is_remembered: bool, actor: Actor, version: int | None = None
) -> FormRequest:
    """Say which column of the register fills a column of a form; without one it is filled by hand.

    Remembered, the spelling means the same in all forms to come. The counts of the form are those of before until it is
    counted anew. Locks: the form. Raises: NotFound; NotAllowed for a form of another office, and to remember for the
    county; StaleVersion; Conflict for a closed form; DomainError.
    """
    if is_remembered:
        require(actor, "oneform.remember")
    row = _open_form(form_id, _AMEND, actor, version)
    column = FormColumn.objects.filter(form=row, place=place).first()
    if column is None:
        raise NotFound("oneform.no_such_column", _("The form has no such column."), field="place")
    if is_refused(column.label):
        message = _("The register does not hold this about a person, and does not fill it.")
        raise DomainError("oneform.refused", message, field="column_key")
    if column_key and column_key not in held_columns(RowLevel(row.level)):
        message = _("The register has no such column for this form. Choose one of the list.")
        raise DomainError("oneform.unknown_column", message, field="column_key")
    before, column.column_key = column.column_key, column_key
    column.use = ColumnUse.HELD if column_key else ColumnUse.BY_HAND
    column.save(update_fields=["use", "column_key"])
    if is_remembered:
        _remember(row, column.label, column_key)
    row.touch().save(update_fields=["version", "updated_at"])
    record("oneform.map_column", row, actor=actor, changes={"column_key": (before, column_key)}, count=place)
    return row


def _remember(row: FormRequest, label: str, column_key: str) -> None:
    """Keep what the spelling means from now on; without a column it is filled by hand, whatever was said before."""
    known, is_new = FormAlias.objects.select_for_update(of=("self",)).get_or_create(
        level=row.level,
        label_key=label_key(label)[:100],
        defaults={"scope_code": row.scope_code, "column_key": column_key},
    )
    if not is_new and known.column_key != column_key:
        known.column_key = column_key
        known.touch().save(update_fields=["column_key", "version", "updated_at"])


def count_form(form_id: UUID, snapshot_id: UUID, *, actor: Actor, version: int | None = None) -> FormRequest:
    """Count for each village what the register fills and what is left, by the facts of a snapshot of the county.

    Locks: the form. Raises: NotFound; NotAllowed, also for who does not cover the county; StaleVersion; Conflict.
    """
    row = _open_form(form_id, "oneform.count", actor, version)
    snapshot = find_picture(snapshot_id)
    if snapshot.scope_code != actor.tenant_code or not actor.covers_county:
        raise NotFound("oneform.no_picture", _("This snapshot does not show the whole county. Choose another one."))
    _write_parts(row, {one.village_code: one for one in counts_of(row, snapshot, actor.tenant_code)})
    row.picture_id, row.counted_of = snapshot.pk, snapshot.as_of
    row.touch().save(update_fields=["picture_id", "counted_of", "version", "updated_at"])
    record("oneform.count", row, actor=actor, changes={"counted_of": (None, row.counted_of)})
    return row


_COUNTS: Final = ("row_count", "filled_count", "empty_count", "by_hand_count")


def _write_parts(row: FormRequest, counted: "dict[str, object]") -> None:
    """Write the counts; a village that has no rows any more keeps its part with none."""
    parts = {part.village_code: part for part in FormPart.objects.select_for_update(of=("self",)).filter(form=row)}
    new = [FormPart(scope_code=code, form=row, village_code=code) for code in counted if code not in parts]
    for part in (*parts.values(), *new):
        one = counted.get(part.village_code)
        for name in _COUNTS:
            setattr(part, name, getattr(one, name) if one else 0)
    FormPart.objects.bulk_create(new)
    FormPart.objects.bulk_update([part.touch() for part in parts.values()], [*_COUNTS, "version", "updated_at"])


def mark_part(part_id: UUID, *, is_done: bool, actor: Actor, version: int | None = None) -> FormPart:
    """Say that a village has filled its part of an open form, or has not after all.

    Locks: the form, then the part, as a count does. Raises: NotFound; NotAllowed; StaleVersion; Conflict for a closed
    form.
    """
    require(actor, "oneform.mark")
    _hold_open(part_id)
    part = lock_version(FormPart.objects.select_related("form"), part_id, version)
    before, part.done_on = part.done_on, today() if is_done else None
    if (before is None) == (part.done_on is None):
        return part
    part.done_by = actor.user_id if is_done else None
    part.touch().save(update_fields=["done_on", "done_by", "version", "updated_at"])
    record("oneform.mark", part, actor=actor, changes={"done_on": (before, part.done_on)})
    return part


def _hold_open(part_id: UUID) -> None:
    """Hold the form of a part open until the mark is written: nobody closes it meanwhile."""
    form_ids = list(FormPart.objects.filter(pk=part_id).values_list("form_id", flat=True))
    forms = FormRequest.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=form_ids)
    if forms.values_list("state", flat=True).first() == FormState.CLOSED:
        raise Conflict("oneform.closed", _("The form is closed: nothing is filled in any more."))


def close_form(form_id: UUID, *, actor: Actor, version: int | None = None) -> FormRequest:
    """Close a form that was sent back. Locks: the form. Raises: NotFound; NotAllowed; StaleVersion; Conflict."""
    row = _open_form(form_id, _AMEND, actor, version)
    _close(row, actor)
    return row


def _close(row: FormRequest, actor: Actor) -> None:
    row.state, row.closed_on = FormState.CLOSED, today()
    row.touch().save(update_fields=["state", "closed_on", "version", "updated_at"])
    record("oneform.close", row, actor=actor, changes={"state": (FormState.OPEN, FormState.CLOSED)})


def reopen_form(form_id: UUID, *, actor: Actor, version: int | None = None) -> FormRequest:
    """Open a form again that was closed by mistake; what villages marked as done stays.

    Locks: the form. Raises: NotFound; NotAllowed; StaleVersion; Conflict for an open form, and for one that a later
    edition replaced.
    """
    row = lock_version(FormRequest.objects.all(), form_id, version)
    require(actor, _AMEND, row)
    if row.state != FormState.CLOSED:
        raise Conflict("oneform.open", _("The form is open. Load the page again."))
    if FormRequest.objects.filter(replaces=row).exists():
        message = _("A later edition took the place of this form. Open that one.")
        raise Conflict("oneform.replaced", message)
    before, row.state, row.closed_on = row.closed_on, FormState.OPEN, None
    row.touch().save(update_fields=["state", "closed_on", "version", "updated_at"])
    changes = {"state": (FormState.CLOSED, row.state), "closed_on": (before, None)}
    record("oneform.reopen", row, actor=actor, changes=changes)
    return row


def _open_form(form_id: UUID, action: str, actor: Actor, version: int | None) -> FormRequest:
    row = lock_version(FormRequest.objects.all(), form_id, version)
    require(actor, action, row)
    if row.state != FormState.OPEN:
        raise Conflict("oneform.closed", _("The form is closed: nothing is filled in any more."))
    return row
