"""What a session's list says on paper: the minutes' table, and the notice on the wall.

Both name columns one by one, and have no others: no number of a document, no telephone, no account, no health, and no
reason why somebody was taken out. Source: rules on public notices, which show no sensitive data.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dossiers.models import DossierStep, ListSession, SessionEntry, TemplateStep
from households.models import Household, Membership
from households.queries.lists import HEAD_NAME, with_head_name
from registry.queries.divisions import name_path

PERSONS: Final = "present_persons"


@dataclass(frozen=True, slots=True)
class ListLine:
    """One household of a list; `is_passed` is None while the session is open, and for one taken out."""

    serial: int
    head_name: str
    group_name: str
    person_count: int
    kind: str
    is_taken_out: bool
    is_passed: bool | None


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A session's list for paper; the four counts are of a meeting, `takedown_on` of a notice."""

    title: str
    form: str
    state: str
    place: str
    starts_on: date
    ends_on: date | None
    takedown_on: date | None
    entitled_count: int | None
    present_count: int | None
    votes_for: int | None
    votes_against: int | None
    remark: str
    lines: tuple[ListLine, ...]


def minutes_sheet(session: ListSession) -> ListSheet:
    """Give the list with the result for each household; one taken out is named so, without the reason."""
    return _sheet(session, _lines(session))


def notice_sheet(session: ListSession) -> ListSheet:
    """Give the list for the wall: only the households that stand on it."""
    listed = [line for line in _lines(session) if not line.is_taken_out]
    return _sheet(session, [_numbered(line, serial) for serial, line in enumerate(listed, start=1)])


def _numbered(line: ListLine, serial: int) -> ListLine:
    return ListLine(
        serial, line.head_name, line.group_name, line.person_count, line.kind, is_taken_out=False, is_passed=None
    )


def _sheet(session: ListSession, lines: list[ListLine]) -> ListSheet:
    remarks = DossierStep.objects.filter(session=session).order_by().values_list("remark", flat=True)
    return ListSheet(
        title=session.title,
        form=session.form,
        state=session.state,
        place="".join(name_path(session.scope_code)[-2:]),
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        takedown_on=session.starts_on + timedelta(days=_hangs_for(session)),
        entitled_count=session.entitled_count,
        present_count=session.present_count,
        votes_for=session.votes_for,
        votes_against=session.votes_against,
        remark=remarks.first() or "",
        lines=tuple(lines),
    )


def _hangs_for(session: ListSession) -> int:
    """Give the days for which the notice hangs: the longest that a step on the list asks for."""
    entries = SessionEntry.objects.filter(session=session, taken_out_on__isnull=True).order_by()
    days = TemplateStep.objects.filter(
        template=OuterRef("dossier__template"), tenant=OuterRef("tenant_id"), position=OuterRef("position")
    ).values("minimum_days")[:1]
    found = entries.annotate(days=Coalesce(Subquery(days), 0)).values_list("days", flat=True)
    return max(found, default=0)


def _lines(session: ListSession) -> list[ListLine]:
    entries = list(SessionEntry.objects.filter(session=session).select_related("dossier").order_by("id"))
    steps = DossierStep.objects.filter(session=session).order_by().values_list("dossier_id", "is_passed")
    passed: dict[Any, bool] = dict(steps)
    households = {row["id"]: row for row in _households([entry.household_id for entry in entries])}
    return [
        ListLine(
            serial=serial,
            head_name=households[entry.household_id][HEAD_NAME] or "",
            group_name=households[entry.household_id]["group_name"],
            person_count=households[entry.household_id][PERSONS],
            kind=str(entry.dossier.get_kind_display()),
            is_taken_out=entry.taken_out_on is not None,
            is_passed=passed.get(entry.dossier_id),
        )
        for serial, entry in enumerate(entries, start=1)
    ]


def _households(ids: list[Any]) -> list[dict[str, Any]]:
    members = Membership.objects.filter(
        household=OuterRef("id"), tenant=OuterRef("tenant_id"), ends_on__isnull=True
    ).order_by()
    counted = members.values("household").annotate(count=Count("id")).values("count")
    rows: QuerySet[Any] = with_head_name(Household.objects.filter(pk__in=ids)).annotate(
        **{PERSONS: Coalesce(Subquery(counted, output_field=IntegerField()), 0)}
    )
    return list(rows.values("id", "group_name", HEAD_NAME, PERSONS))
