"""Enter requests that were copied from a sheet: a line each, all or none."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concerns.domain.requests import RequestDraft, enter_requests
from concerns.enums import KIND_SCHEME
from concerns.models import HelpRequest
from households.queries.visibility import households_visible_to
from registry.access import require
from registry.domain.codes import code_list
from registry.lib.errors import DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.models import Village

# A sheet gives tabs; what was typed parts its cells by commas or semicolons.
_BETWEEN: Final = re.compile(r"[,，;；]")
_CELLS: Final = 4
_DAY: Final = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")

NO_SUCH_PLACE: Final = _("There is no household and no village of this number or name in your area.")
NO_SUCH_KIND: Final = _("This kind of request is not in the list. Write it as the list does.")
NO_DAY: Final = _("The day cannot be read. Write it as 2024-05-31.")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line as it was read: whose request, its kind as a label or a code, the day, and what is asked for."""

    place: str
    kind: str
    told_on: date
    text: str


def enter_pasted(text: str, *, channel_code: str, owner_role: str, actor: Actor) -> list[HelpRequest]:
    """Enter the request of each line: household number or village, kind, day, what is asked for.

    Raises: NotFound, NotAllowed, Conflict, DomainError, each with the number of the line at fault.
    """
    require(actor, "concerns.enter_requests")
    lines = lines_pasted(text)
    homes, villages = places_named({line.place for line in lines}, actor=actor)
    drafts = []
    for number, line in enumerate(lines, start=1):
        if line.place not in homes and line.place not in villages:
            raise of_line(number, "lines.no_such_place", NO_SUCH_PLACE)
        kinds = code_list(KIND_SCHEME, on=line.told_on)
        kind_code = line.kind if line.kind in kinds else kinds.code_of(line.kind)
        if kind_code is None:
            raise of_line(number, "lines.kind", NO_SUCH_KIND)
        drafts.append(
            RequestDraft(
                kind_code=kind_code,
                channel_code=channel_code,
                told_on=line.told_on,
                text=line.text,
                household_id=homes.get(line.place),
                village_id=None if line.place in homes else villages[line.place],
                owner_role=owner_role,
            )
        )
    return enter_requests(drafts, actor=actor)


def lines_pasted(text: str) -> list[PastedLine]:
    """Read the lines of a text, empty ones left out. Raises: DomainError with the first line that cannot be read."""
    rows = [row for row in text.splitlines() if row.strip()]
    return [_line(number, row) for number, row in enumerate(rows, start=1)]


def of_line(number: int, code: str, said: object) -> DomainError:
    """Say what is wrong with a line."""
    return DomainError(code, _("Line %(number)d: %(said)s") % {"number": number, "said": said}, field="lines")


def _line(number: int, row: str) -> PastedLine:
    cells = row.split("\t") if "\t" in row else _BETWEEN.split(row, maxsplit=_CELLS - 1)
    told = [clean(cell) for cell in cells]
    if len(told) != _CELLS or not all(told):
        message = _("It needs four cells: household number or village, kind, day, what is asked for.")
        raise of_line(number, "lines.cells", message)
    place, kind, day, text = told
    told_on = day_told(day)
    if told_on is None:
        raise of_line(number, "lines.day", NO_DAY)
    return PastedLine(place, kind, told_on, text)


def day_told(text: str) -> date | None:
    """Read a day as sheets have it; None for what is none."""
    found = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        return None


def places_named(places: Collection[str], *, actor: Actor) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Give the households that this person may see by their numbers, and what else names a village in scope."""
    homes = dict(households_visible_to(actor).filter(number__in=places).values_list("number", "id"))
    return homes, _villages(set(places) - homes.keys())


def _villages(places: Collection[str]) -> dict[str, UUID]:
    """Give the villages in scope by their codes and names; a name that two villages have names neither."""
    rows = Village.objects.filter(Q(code__in=places) | Q(name__in=places)).values_list("id", "code", "name")
    named: dict[str, list[UUID]] = {}
    for village_id, code, name in rows:
        for key in {code, name}:
            named.setdefault(key, []).append(village_id)
    return {key: ids[0] for key, ids in named.items() if len(ids) == 1}
