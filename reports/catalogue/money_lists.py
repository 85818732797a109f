"""Collective income, funds, payments and project assets as lists."""

from typing_extensions import override

from economy.enums import AID, OWN, SOURCE_SCHEME
from economy.queries.goals import goal_of
from registry.domain.codes import CodeList, code_list
from registry.lib.gbcode import Level, level_of
from registry.tenancy.context import Actor
from reports.catalogue.asking import days_of_year, yes_or_no
from reports.catalogue.base import Picture, enter
from reports.catalogue.livelihood_lists import heading_of_year
from reports.catalogue.register_list import Line, ListPart, RegisterList
from reports.definitions import money_lists as definitions
from reports.definitions.text import Language, Text
from reports.queries import money_lists as queries
from reports.queries.place_names import PlaceNames
from reports.queries.register_rows import Asked


@enter
class CollectiveIncome(RegisterList):
    """What each village's collective earned in a year by source, what it was given, and whether it met the goal."""

    id = "collective-income"
    title = Text("村集体经济收入统计表", "Income of the villages' collectives")
    right = "reports.view_area"
    holds_persons = False

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        sources = code_list(SOURCE_SCHEME, on=picture.as_of)
        own, aid = _labels(sources, OWN), _labels(sources, AID)
        goal = f"{goal_of(picture.as_of.year).goal_yuan:,.2f}"
        return (
            ListPart(
                self.id.replace("-", "_"),
                definitions.collective(own, aid, goal),
                queries.collective(len(own), len(aid)),
            ),
        )

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        year, sources = picture.as_of.year, code_list(SOURCE_SCHEME, on=picture.as_of)
        codes = {
            f"{group}_{place}": code for group in (OWN, AID) for place, code in enumerate(sources.children_of(group))
        }
        asked = super().asked(picture, actor=actor)
        return asked.beside(of_year=year, goal=goal_of(year).goal_yuan, **days_of_year(picture.as_of), **codes)

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        return heading_of_year(title.in_language(language), picture.as_of.year, language)


def _labels(sources: CodeList, group: str) -> list[tuple[str, Text]]:
    entries = [sources.entries[code] for code in sources.children_of(group)]
    return [(f"{group}_{place}_yuan", Text(one.label_zh, one.label_en)) for place, one in enumerate(entries)]


@enter
class FundUse(RegisterList):
    """Budgets, what they are allocated to, and what was paid of it by the day; of all years, or of a chosen one."""

    id = "fund-use"
    title = Text("资金台账", "Assistance funds")
    choices = (yes_or_no(definitions.THIS_YEAR, definitions.THIS_YEAR_LABEL),)
    right = "reports.view_area"
    holds_persons = False

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        budgets = ListPart("budgets", definitions.BUDGETS, queries.BUDGETS)
        allocations = ListPart("allocations", definitions.ALLOCATIONS, queries.ALLOCATIONS)
        return (budgets, allocations) if level_of(picture.area_code) <= Level.COUNTY else (allocations,)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        of_year = picture.as_of.year if picture.option(definitions.THIS_YEAR) == "yes" else None
        return super().asked(picture, actor=actor).beside(of_year=of_year)

    @override
    def follows(self, line: Line, places: PlaceNames, language: Language) -> Line:
        return {"division": places.name(line["division_code"])} if "division_code" in line else {}


@enter
class Payments(RegisterList):
    """What was paid in a year to which household or person, and what came back."""

    id = "payments"
    title = definitions.PAYMENTS.title
    right = "reports.view_persons"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.PAYMENTS, queries.PAYMENTS),)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        return super().asked(picture, actor=actor).beside(**days_of_year(picture.as_of))

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        return heading_of_year(title.in_language(language), picture.as_of.year, language)


@enter
class ProjectAssets(RegisterList):
    """The assets of industry projects with owner, state and upkeep; who keeps them may be a person."""

    id = "project-assets"
    title = definitions.ASSETS.title
    right = "reports.view_persons"

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.ASSETS, queries.ASSETS),)
