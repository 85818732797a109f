"""Enter requests that came as a file: all or none, with what is wrong by row and column."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerns.domain.pasting import NO_DAY, NO_SUCH_KIND, NO_SUCH_PLACE, day_told, places_named
from concerns.domain.requests import MOST_LINES, RequestDraft, enter_requests, refusals_of
from concerns.enums import CHANNEL_SCHEME, KIND_SCHEME, RequestColumn
from concerns.models import HelpRequest
from concerns.queries.filed import FiledLine
from funds.queries.wording import nothing_entered
from registry.access import require
from registry.domain.codes import code_list
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor

_NO_SUCH_CHANNEL: Final = _("This channel is not in the list. Write it as the list does.")
Places = Mapping[str, UUID]


def enter_filed(lines: Sequence[FiledLine], *, owner_role: str, actor: Actor) -> list[HelpRequest]:
    """Enter the request of each line of a file, up to 200.

    Raises: NotAllowed; DomainError `lines.number`, or `lines.refused` that names row and column of what is wrong.
    """
    require(actor, "concerns.enter_requests")
    if not 0 < len(lines) <= MOST_LINES:
        message = _("Enter between 1 and %(most)s lines at once.")
        raise DomainError("lines.number", message % {"most": MOST_LINES}, field="file")
    homes, villages = places_named({line.place for line in lines}, actor=actor)
    drafts: dict[int, RequestDraft] = {}
    faults: dict[int, DomainError] = {}
    for line in lines:
        try:
            drafts[line.row] = _draft(line, owner_role, homes, villages)
        except DomainError as error:
            faults[line.row] = error
    refused = zip(drafts, refusals_of(list(drafts.values()), actor=actor), strict=True)
    faults |= {row: error for row, error in refused if error is not None}
    if faults:
        said = [_of_cell(row, faults[row]) for row in sorted(faults)]
        raise DomainError("lines.refused", nothing_entered(said), field="file")
    return enter_requests(list(drafts.values()), actor=actor)


def _draft(line: FiledLine, owner_role: str, homes: Places, villages: Places) -> RequestDraft:
    """Read the cells of a line. Raises: DomainError whose field is the column at fault."""
    if line.place not in homes and line.place not in villages:
        raise DomainError("lines.no_such_place", NO_SUCH_PLACE, field=RequestColumn.PLACE)
    told_on = day_told(line.told_on)
    if told_on is None:
        raise DomainError("lines.day", NO_DAY, field=RequestColumn.DAY)
    kinds, channels = code_list(KIND_SCHEME, on=told_on), code_list(CHANNEL_SCHEME, on=told_on)
    kind = line.kind if line.kind in kinds else kinds.code_of(line.kind)
    if kind is None:
        raise DomainError("lines.kind", NO_SUCH_KIND, field=RequestColumn.KIND)
    channel = line.channel if line.channel in channels else channels.code_of(line.channel)
    if channel is None:
        raise DomainError("lines.channel", _NO_SUCH_CHANNEL, field=RequestColumn.CHANNEL)
    return RequestDraft(
        kind_code=kind,
        channel_code=channel,
        told_on=told_on,
        text=line.text,
        household_id=homes.get(line.place),
        village_id=None if line.place in homes else villages[line.place],
        owner_role=owner_role,
    )


def _of_cell(row: int, error: DomainError) -> str:
    """Say what is wrong with a cell; what is wrong with no column of its own is so of the place."""
    column = RequestColumn(error.field) if error.field in RequestColumn.values else RequestColumn.PLACE
    problem = str(error.message).rstrip(".。")
    return gettext("row %(row)s, %(column)s: %(problem)s") % {"row": row, "column": column.label, "problem": problem}
