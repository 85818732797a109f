"""The first rows of an own report, by the latest picture of the county, for who puts it together."""

from dataclasses import replace
from itertools import islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture
from reports.catalogue.own import OwnList
from reports.definitions.layout import Layout, Sheet, Table
from reports.definitions.own import OPTION
from reports.definitions.text import Language
from reports.domain.asking import area_asked
from reports.models import OwnReport
from reports.queries.asking import periods_to_choose

MOST_ROWS: Final = 20


def preview_of(own: OwnReport, *, actor: Actor, language: Language) -> Layout:
    """Give the first rows of an own report in the actor's area, masked.

    Raises: NotAllowed; DomainError without a frozen period, and for a report that cannot be made any more.
    """
    report = OwnList(most=MOST_ROWS)
    require(actor, report.right)
    period = periods_to_choose().first()
    if period is None:
        raise DomainError(
            "own_report.no_period", _("No period is frozen yet. Ask for the report as of a day to see its rows.")
        )
    picture = Picture(
        as_of=period.last_day,
        area_code=area_asked(report, "", actor=actor),
        known_at=period.frozen_at,
        snapshot_id=period.snapshot_id,
        period_id=period.pk,
        options=((OPTION, str(own.pk)),),
    )
    report.check(picture, actor=actor)
    layout = report.layout(picture, actor=actor, language=language)
    return replace(layout, sheets=[_cut(sheet) for sheet in layout.sheets])


def _cut(sheet: Sheet) -> Sheet:
    parts = tuple(
        replace(part, rows=list(islice(part.rows, MOST_ROWS))) if isinstance(part, Table) else part
        for part in sheet.parts
    )
    return replace(sheet, parts=parts)
