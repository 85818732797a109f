"""Notices for the wall of a village: who is proposed or listed, and whose risk is removed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from typing_extensions import override

from registry.lib.errors import DomainError
from registry.lib.gbcode import Level
from registry.lib.messages import gettext_lazy as _
from registry.tenancy.context import Actor
from reports.catalogue.base import Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedList
from reports.definitions import notices as form
from reports.definitions.layout import CellKind, Column, Sheet
from reports.definitions.pictured import Pictured
from reports.definitions.text import Language
from reports.enums import Format, RowLevel
from reports.queries.pictured import Listing, names_of_divisions
from reports.queries.pictured_columns import titled_columns

_H: Final = frozenset({"h"})
_CONDITIONS: Final = {
    "at_risk": "h.is_monitored",
    "not_lifted": "h.stock = 'not_lifted'",
    "lifted": "h.stock = 'lifted'",
}
_PERIOD: Final = (
    Choice(form.APPROVED_ON, form.APPROVED_LABEL, is_needed=True),
    Choice(form.UNTIL, form.UNTIL_LABEL, is_needed=True),
)


class _Notice(PicturedList):
    """A list of one village, with its approval and its last day on it; no data file is made of it."""

    level: ClassVar = RowLevel.HOUSEHOLD
    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.NOTICES
    area_level: ClassVar = Level.VILLAGE
    formats: ClassVar = (Format.PDF, Format.XLSX)

    @override
    def check(self, picture: Picture, *, actor: Actor) -> None:
        approved, until = (date.fromisoformat(picture.option(key)) for key in (form.APPROVED_ON, form.UNTIL))
        if until < approved + timedelta(days=form.LEAST_DAYS):
            raise DomainError(
                "notice.too_short",
                _("A notice hangs for five days at least after its approval. Choose a later last day."),
                field=form.UNTIL,
            )
        if until > approved + timedelta(days=form.MOST_DAYS):
            raise DomainError(
                "notice.too_long",
                _("A notice hangs for sixty days at most after its approval. Choose an earlier last day."),
                field=form.UNTIL,
            )

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        area = names_of_divisions().by_code.get(picture.area_code, picture.area_code)
        watermark = form.WATERMARK.in_language(language, area=area, until=picture.option(form.UNTIL))
        for sheet in super().sheets(picture, title=title, language=language):
            yield replace(sheet, signatures=(form.SEAL, form.DAY), is_landscape=False, watermark=watermark)

    @override
    def notes(self, picture: Picture, language: Language) -> Iterator[str]:
        yield form.APPROVED.in_language(
            language, approved_on=picture.option(form.APPROVED_ON), until=picture.option(form.UNTIL)
        )
        yield form.OBJECTION.in_language(language)


def _remark() -> Pictured:
    return Pictured(Column("remark", form.REMARK, width=14), "''", _H)


@enter
class NoticeList(_Notice):
    """The households of a village that are listed. Source: 公示名单 of counties, without document and phone."""

    id: ClassVar = form.NOTICE_ID
    title: ClassVar = form.NOTICE_TITLE
    choices: ClassVar = (Choice(form.WHICH, form.WHICH_LABEL, form.CHOICES), *_PERIOD)

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        relation = Column("relation", form.RELATION, CellKind.CODE, 12, scheme="relation")
        sex = Column("sex", form.SEX, CellKind.CODE, 8, scheme="sex")
        return (
            *titled_columns(self.level, form.COLUMNS),
            Pictured(relation, "'01'", _H),
            Pictured(sex, "head.sex_code", frozenset({"h", "head"})),
            *titled_columns(self.level, form.MONITORING),
            _remark(),
        )

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        return _CONDITIONS[picture.option(form.WHICH, "at_risk")], _H


@enter
class RemovalNotice(_Notice):
    """The households of a village whose risk is removed, for its wall. Source: 风险消除公示 of counties."""

    id: ClassVar = form.REMOVAL_ID
    title: ClassVar = form.REMOVAL_TITLE
    choices: ClassVar = (Choice(form.SINCE, form.SINCE_LABEL, is_needed=True), *_PERIOD)

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        return (*titled_columns(self.level, form.REMOVAL_COLUMNS), _remark())

    @override
    def listing(self, picture: Picture) -> Listing:
        places: dict[str, Any] = {"since": picture.option(form.SINCE)}
        return replace(super().listing(picture), places=places)

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        return "h.monitoring_state = 'removed' AND h.risk_removed_on >= %(since)s::date", _H
