"""Open a roster and bring it whole into the draft tables: what checking and applying have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from exchange.domain.grouping import Group, Grouping
from exchange.domain.income import income_problems, income_warnings
from exchange.domain.staging import COPY_HOUSEHOLDS, COPY_PERSONS, drop_drafts, household_lines, person_lines
from exchange.queries.places import places_of
from exchange.sheets.cells import readers
from exchange.sheets.columns import COLUMNS
from exchange.sheets.header import Layout, find_layout
from exchange.sheets.reading import first_cell, read_runs
from households.domain.drafts import index_drafts, open_drafts
from households.domain.register import match_drafts
from registry.domain.codes import code_list
from registry.jobs import Progress
from registry.lib.errors import DomainError
from registry.lib.periods import parse_date, today
from registry.lib.sheets import Sheet, open_sheets
from registry.tenancy.context import Actor

EARLIEST_DATA: Final = date(2014, 1, 1)  # the filing of poor households began in 2014


@dataclass(frozen=True, slots=True)
class Roster:
    """An open roster: its sheet, where its columns stand, and the day to which its data refer."""

    sheet: Sheet
    layout: Layout
    data_date: date


def open_roster(content: bytes, *, data_date: date | None) -> Roster:
    """Open the file and find its header and data date; `data_date` is what the uploader said, if anything.

    Raises: DomainError `sheet.…`.
    """
    sheet, layout = find_layout(open_sheets(content))
    written = layout.titled_date or _column_date(sheet, layout)
    if written is not None and data_date is not None and written != data_date:
        message = _("The file states another data date than you entered. Leave the field empty, or correct the file.")
        raise DomainError("sheet.data_date_differs", message, field="data_date")
    return Roster(sheet, layout, _checked_date(data_date or written))


def _column_date(sheet: Sheet, layout: Layout) -> date | None:
    cell = first_cell(sheet, layout, "data_date")
    try:
        return parse_date(cell).on if cell else None
    except DomainError as error:
        message = _("The column 数据日期 begins with something that is no date. Write it like 2020-12-15.")
        raise DomainError("sheet.data_date_unreadable", message, field="data_date") from error


def _checked_date(on: date | None) -> date:
    if on is None:
        message = _("The file states no data date. Enter the day to which its data refer, and upload it again.")
        raise DomainError("sheet.data_date_missing", message, field="data_date")
    if on > today():
        raise DomainError("sheet.data_date_future", _("The data date lies in the future. Check it."), field="data_date")
    if on < EARLIEST_DATA:
        message = _("The data date lies before 2014, when the filing began. Check it.")
        raise DomainError("sheet.data_date_early", message, field="data_date")
    return on


def stage_roster(roster: Roster, *, actor: Actor, progress: Progress) -> Grouping:
    """Read the roster into the draft tables and match it with the register; refused households stay outside.

    Raises: DomainError `sheet.no_rows`.
    """
    on = roster.data_date
    lists = {column.scheme: code_list(column.scheme, on=on) for column in COLUMNS if column.scheme}
    lists["household_status"] = code_list("household_status", on=on)
    grouping = Grouping(places_of(actor), on=on)
    open_drafts()
    with connection.cursor() as cursor, cursor.copy(COPY_PERSONS) as copy:
        for run in read_runs(roster.sheet, roster.layout, readers(lists, on=on)):
            ids, household_ids = grouping.add(run)
            persons = person_lines(run, ids, household_ids, tenant_id=actor.tenant_id)
            copy.write(persons)
            grouping.lines.persons.append(persons)
            progress.report(len(grouping.row_numbers), 0)
    grouping.finish()
    for group in grouping.groups.values():
        row = group.head_row or group.first_row
        group.problems += income_problems(group, row=row)
        group.warnings += income_warnings(group, row=row)
    if not grouping.row_numbers:
        raise DomainError("sheet.no_rows", _("There is no person below the header. Check that this is the right file."))
    _finish_drafts(grouping, actor=actor, on=on)
    return grouping


def _finish_drafts(grouping: Grouping, *, actor: Actor, on: date) -> None:
    drop_drafts([group.id for group in grouping.all_groups() if group.problems])
    grouping.lines.households = household_lines(accepted(grouping), tenant_id=actor.tenant_id, on=on)
    with connection.cursor() as cursor, cursor.copy(COPY_HOUSEHOLDS) as copy:
        copy.write(b"".join(grouping.lines.households.values()))
    index_drafts()
    match_drafts(actor=actor)


def accepted(grouping: Grouping) -> Sequence[Group]:
    """Give the households in which nothing wrong was found so far."""
    return [group for group in grouping.groups.values() if not group.problems]
