"""The rosters of persons and of households (脱贫人口名单, 户信息)."""

from typing import ClassVar, Final

from typing_extensions import override

from reports.catalogue.base import Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedList
from reports.definitions import roster
from reports.definitions.pictured import Pictured
from reports.definitions.text import Text
from reports.enums import RowLevel
from reports.queries.pictured_columns import titled_columns

_WHICH: Final = Choice(roster.WHICH, roster.WHICH_LABEL, roster.CHOICES)
_CONDITIONS: Final = {
    roster.LIFTED: "h.stock = 'lifted'",
    roster.NOT_LIFTED: "h.stock = 'not_lifted'",
    roster.FILED: "h.stock <> ''",
    roster.MONITORED: "h.monitoring_state <> 'none'",
    roster.ALL: "",
}


class _Roster(PicturedList):
    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.PERSONS
    choices: ClassVar = (_WHICH,)
    has_sealed: ClassVar = True
    titles: ClassVar[dict[str, Text]]
    headings: ClassVar[tuple[tuple[str, str, str], ...]]

    @override
    def title_of(self, picture: Picture) -> Text:
        return self.titles[picture.option(roster.WHICH, roster.LIFTED)]

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        return titled_columns(self.level, self.headings)

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        condition = _CONDITIONS[picture.option(roster.WHICH, roster.LIFTED)]
        return condition, frozenset({"h"}) if condition else frozenset()


@enter
class PersonRoster(_Roster):
    """The roster of persons, a row each. Source: export 脱贫人口名单 of the national system."""

    id: ClassVar = roster.PERSONS_ID
    title: ClassVar = roster.PERSONS_TITLE
    level: ClassVar = RowLevel.PERSON
    titles: ClassVar = roster.PERSONS_TITLES
    headings: ClassVar = roster.PERSON_COLUMNS


@enter
class HouseholdRoster(_Roster):
    """The roster of households, a row each. Source: export 户信息 of the national system."""

    id: ClassVar = roster.HOUSEHOLDS_ID
    title: ClassVar = roster.HOUSEHOLDS_TITLE
    level: ClassVar = RowLevel.HOUSEHOLD
    titles: ClassVar = roster.HOUSEHOLDS_TITLES
    headings: ClassVar = roster.HOUSEHOLD_COLUMNS
