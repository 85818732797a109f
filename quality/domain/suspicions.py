"""Take a list of doubted data from above, answer its lines, and give it back as it came."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.files import media_type_of
from households.models import Household, Membership, Person
from quality.enums import OPEN_STATES, FindingState, Severity
from quality.models import Finding, SuspicionLayout, SuspicionLine, SuspicionList
from quality.queries.findings import findings_visible_to
from quality.queries.suspicions import list_visible, open_lines
from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, index_many, seal, seal_many, unseal, unseal_many
from registry.domain.documents import store_document
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.idcard import document_key, normal_number
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor

EVIDENCE: Final = "suspicion_evidence"
_MOST_NOTE: Final = 300
_BATCH: Final = 1000
Answer = Literal["fixed", "as_recorded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line as it came: where it stood, whom it names, what is doubted, and all its cells."""

    line_number: int
    cells: tuple[str, ...]
    rule_text: str
    household_number: str = ""
    person_number: str = ""
    document_number: str = ""
    number: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDraft:
    """A list as it came, with the positions of its columns by what they stand for."""

    title: str
    sender: str
    received_on: date
    due_on: date
    sha256: str
    sheet_name: str
    top: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    lines: Sequence[LineDraft]


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """The sender's cells with the answer: its state ("" for a line that matched nothing), words and day."""

    cells: tuple[str, ...]
    state: str
    note: str
    evidence_sha256: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class _Match:
    household_id: UUID
    scope_code: str
    person_id: UUID | None = None


def keep_layout(name: str, headings: Mapping[str, str], *, actor: Actor) -> SuspicionLayout:
    """Keep a sender's layout under a name, or change the one of that name. Raises: NotAllowed, DomainError."""
    require(actor, "quality.bring_list")
    name = clean(name)[:60]
    if not name:
        raise DomainError("layout.no_name", _("Give the layout a name."), field="layout_name")
    stated = dict(headings)
    found = SuspicionLayout.objects.select_for_update(of=("self",)).filter(name=name).first()
    before = found.headings if found else None
    if found is None:
        found = SuspicionLayout.objects.create(scope_code=actor.tenant_code, name=name, headings=stated)
    elif before != stated:
        found.headings = stated
        found.touch().save(update_fields=["headings", "version", "updated_at"])
    if before != stated:
        record("quality.keep_layout", found, actor=actor, changes={"headings": (before, stated)})
    return found


def keep_list(draft: ListDraft, *, actor: Actor) -> SuspicionList:
    """Keep a list; each line that names a household or person on file becomes a finding with its deadline.

    A line that matches nothing is kept with the county's own code. Raises: NotAllowed; Conflict for a file that came
    before; DomainError.
    """
    require(actor, "quality.bring_list")
    _check(draft)
    kept = SuspicionList.objects.create(
        scope_code=actor.tenant_code,
        title=draft.title,
        sender=draft.sender,
        received_on=draft.received_on,
        due_on=draft.due_on,
        headings=[heading[:100] for heading in draft.headings],
        columns=dict(draft.columns),
        top_sealed=seal(_packed(draft.top), Purpose.FILE, tenant_id=actor.tenant_id),
        sheet_name=draft.sheet_name[:60],
        line_count=len(draft.lines),
        sha256=draft.sha256,
        uploaded_by=actor.user_id,
    )
    matches = _matches(draft.lines)
    _write(kept, draft, matches, actor)
    matched = sum(match is not None for match in matches)
    changes = {"lines": (None, len(draft.lines)), "matched": (None, matched), "sha256": (None, draft.sha256)}
    record("quality.bring_list", kept, actor=actor, changes=changes, count=len(draft.lines))
    return kept


def answer_line(
    finding_id: UUID,
    *,
    answer: Answer,
    note: str,
    actor: Actor,
    version: int | None = None,
    evidence: tuple[str, bytes] | None = None,
) -> Finding:
    """Answer a line of a list: the data was put right, or is true as recorded; a file may prove it.

    Locks: the finding. Raises: NotAllowed, NotFound, StaleVersion; Conflict for what a rule found, which the next run
    closes, or what is settled; DomainError for an answer without words, or a file that is not what its name says.
    """
    require(actor, "quality.answer")
    finding = lock_version(findings_visible_to(actor), finding_id, version)
    if finding.suspicion_list_id is None:
        message = _("A rule found this: put the data right, and the next run closes it.")
        raise Conflict("finding.not_of_a_list", message)
    if finding.state not in OPEN_STATES:
        raise Conflict("finding.closed", _("The finding is settled already. Load the page again."))
    finding.note = note.strip()[:_MOST_NOTE]
    if not finding.note:
        raise DomainError("finding.no_reason", _("Say why, in a sentence."), field="note")
    before, finding.state = finding.state, FindingState.FIXED if answer == "fixed" else FindingState.AS_RECORDED
    changes: dict[str, tuple[object, object]] = {"state": (before, finding.state)}
    if evidence is not None:
        changes["sha256"] = (None, _attach(finding, *evidence, actor=actor))
    finding.closed_on, finding.answered_by = today(), actor.user_id
    finding.touch().save(
        update_fields=["state", "note", "evidence", "closed_on", "answered_by", "version", "updated_at"]
    )
    record("quality.answer_line", finding, actor=actor, changes=changes, reason=finding.note)
    return finding


def returned_lines(list_id: UUID, *, actor: Actor) -> tuple[SuspicionList, list[list[str]], Iterator[ReturnedLine]]:
    """Give a list with the rows above its headings, and each line with its answer; each time is audited.

    The first time that no line waits for its answer is the day on which the list counts as returned.
    Locks: the list. Raises: NotAllowed, NotFound; Conflict for a list that is emptied.
    """
    require(actor, "quality.return_list")
    kept = list_visible(list_id, is_locked=True)
    if kept.top_sealed is None:
        raise Conflict("list.emptied", _("The list was returned, and what its sender wrote is no longer kept."))
    top: list[list[str]] = json.loads(unseal(kept.top_sealed, Purpose.FILE, tenant_id=actor.tenant_id))
    changes = {}
    if kept.returned_on is None and not open_lines(kept).exists():
        kept.returned_on = today()
        kept.touch().save(update_fields=["returned_on", "version", "updated_at"])
        changes = {"returned_on": (None, kept.returned_on)}
    record("quality.return_list", kept, actor=actor, changes=changes, count=kept.line_count)
    return kept, top, _returned(kept, actor)


def _returned(kept: SuspicionList, actor: Actor) -> Iterator[ReturnedLine]:
    found = {row.line_number: row for row in Finding.objects.filter(suspicion_list=kept).select_related("evidence")}
    lines = list(SuspicionLine.objects.filter(suspicion_list=kept).order_by("line_number"))
    for start in range(0, len(lines), _BATCH):
        part = lines[start : start + _BATCH]
        kept_cells = [line.cells_sealed for line in part if line.cells_sealed is not None]
        opened = iter(unseal_many(kept_cells, Purpose.FILE, tenant_id=actor.tenant_id))
        for line in part:
            cells = () if line.cells_sealed is None else tuple(json.loads(next(opened)))
            yield _answered(cells, found.get(line.line_number))


def _answered(cells: tuple[str, ...], finding: Finding | None) -> ReturnedLine:
    if finding is None:
        return ReturnedLine(cells, "", "", "", None)
    sha256 = finding.evidence.sha256 if finding.evidence else ""
    return ReturnedLine(cells, finding.state, finding.note if finding.closed_on else "", sha256, finding.closed_on)


def _check(draft: ListDraft) -> None:
    if not draft.title or not draft.sender:
        raise DomainError("list.no_title", _("Name the list and its sender."), field="title")
    if draft.due_on < draft.received_on:
        message = _("The deadline lies before the day on which the list came.")
        raise DomainError("list.due_early", message, field="due_on")
    if not draft.lines:
        raise DomainError("list.no_lines", _("There is no line below the headings. Check that this is the right file."))
    if SuspicionList.objects.filter(sha256=draft.sha256).exists():
        raise Conflict("list.known", _("This file was brought in already. Look among the lists."))


def _matches(lines: Sequence[LineDraft]) -> list[_Match | None]:
    """Find whom each line names: the person by document or number, else the household by its number."""
    documents = {line.document_number: document_key(line.document_number) for line in lines if line.document_number}
    indexes = dict(zip(documents, index_many(documents.values(), Purpose.DOCUMENT), strict=True))
    by_index = _persons("document_index", indexes.values())
    by_number = _persons("number", [line.person_number for line in lines if line.person_number])
    households = _households([line.household_number for line in lines if line.household_number])
    return [
        by_index.get(indexes.get(line.document_number, b""))
        or by_number.get(line.person_number)
        or households.get(line.household_number)
        for line in lines
    ]


def _persons(column: str, values: Iterable[object]) -> dict[object, _Match]:
    persons = Person.objects.filter(**{f"{column}__in": list(values)}).values("id")
    rows = Membership.objects.filter(ends_on__isnull=True, person__in=persons)
    picked = rows.values_list(f"person__{column}", "household_id", "household__scope_code", "person_id")
    return {
        bytes(key) if isinstance(key, memoryview) else key: _Match(household_id, code, person_id)
        for key, household_id, code, person_id in picked
    }


def _households(numbers: Sequence[str]) -> dict[str, _Match]:
    rows = Household.objects.filter(number__in=numbers).values_list("number", "id", "scope_code")
    return {number: _Match(household_id, code) for number, household_id, code in rows}


def _write(kept: SuspicionList, draft: ListDraft, matches: Sequence[_Match | None], actor: Actor) -> None:
    sealed = seal_many([_packed(line.cells) for line in draft.lines], Purpose.FILE, tenant_id=actor.tenant_id)
    pairs = list(zip(draft.lines, matches, sealed, strict=True))
    rows = [_line(kept, line, match, cells, actor) for line, match, cells in pairs]
    SuspicionLine.objects.bulk_create(rows, batch_size=_BATCH)
    findings = [line_finding(kept, row) for row in rows if row.household_id is not None]
    Finding.objects.bulk_create(findings, batch_size=_BATCH)


def _line(kept: SuspicionList, line: LineDraft, match: _Match | None, cells: bytes, actor: Actor) -> SuspicionLine:
    return SuspicionLine(
        scope_code=match.scope_code if match else actor.tenant_code,
        suspicion_list=kept,
        line_number=line.line_number,
        number=line.number[:60],
        due_on=line.due_on,
        rule_text=line.rule_text[:300],
        household_id=match.household_id if match else None,
        person_id=match.person_id if match else None,
        cells_sealed=cells,
    )


def line_finding(kept: SuspicionList, line: SuspicionLine) -> Finding:
    """Make the finding of a line that names a household; it is not saved.

    Raises: ValueError for a line that names none (a programming error).
    """
    day, subject_id = today(), line.person_id or line.household_id
    if subject_id is None:
        raise ValueError("line_names_no_household")
    return Finding(
        scope_code=line.scope_code,
        severity=Severity.SUSPICION,
        subject_id=subject_id,
        household_id=line.household_id,
        person_id=line.person_id,
        first_seen_on=day,
        last_seen_on=day,
        due_on=line.due_on or kept.due_on,
        suspicion_list=kept,
        line_number=line.line_number,
    )


def _attach(finding: Finding, name: str, content: bytes, *, actor: Actor) -> str:
    document = store_document(
        content,
        name=name,
        media_type=media_type_of(content, name),
        kind=EVIDENCE,
        actor=actor,
        scope_code=finding.scope_code,
    )
    finding.evidence = document
    return document.sha256


def _packed(cells: object) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def plain_number(text: str) -> str:
    """Give a number of a household or person as it is stored."""
    return clean(text)


def plain_document(text: str) -> str:
    """Give a document number as it is stored, or '' for what names nobody."""
    return normal_number(text) if document_key(text) else ""
