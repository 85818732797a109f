"""The village sheet (行政村信息): a line for each village with its yearly facts."""

from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from reports.catalogue.base import Picture, Theme, enter
from reports.catalogue.lists import PicturedList
from reports.definitions import village_sheet as form
from reports.definitions.pictured import Pictured
from reports.enums import RowLevel
from reports.queries.pictured_columns import columns_of


@enter
class VillageSheet(PicturedList):
    """The facts of each village of the area. Source: 行政村信息 of the national system."""

    id: ClassVar = form.ID
    title: ClassVar = form.TITLE
    level: ClassVar = RowLevel.VILLAGE
    right: ClassVar = "reports.view_area"
    theme: ClassVar = Theme.VILLAGES
    holds_persons: ClassVar = False

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        known = columns_of(self.level)
        titled = [(known[key].titled(zh, en), group) for key, zh, en, group in form.COLUMNS]
        return tuple(replace(one, column=replace(one.column, group=group)) for one, group in titled)
