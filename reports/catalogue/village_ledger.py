"""The ledger of dynamic management of a village, or of all villages of an area."""

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import days_of_year
from reports.catalogue.base import Picture, enter
from reports.catalogue.livelihood_lists import heading_of_year
from reports.catalogue.register_list import Line, ListPart, RegisterList
from reports.definitions import livelihood_lists
from reports.definitions import village_ledger as definitions
from reports.definitions.text import Language, Text
from reports.queries import livelihood_lists as training
from reports.queries import village_ledger as queries
from reports.queries.place_names import PlaceNames
from reports.queries.register_rows import Asked


@enter
class VillageLedger(RegisterList):
    """What was done in a year: activities, training, the team, leads, surveys, and lists with their notices."""

    id = "village-ledger"
    title = definitions.TITLE
    right = "reports.view_persons"
    has_sealed = True

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (
            ListPart("activities", definitions.ACTIVITIES, queries.ACTIVITIES),
            ListPart("training", livelihood_lists.TRAINING, training.TRAINING),
            ListPart("team", definitions.TEAM, queries.TEAM),
            ListPart("leads", definitions.CASES, queries.CASES),
            ListPart("surveys", definitions.SURVEYS, queries.SURVEYS),
            ListPart("lists", definitions.SESSIONS, queries.SESSIONS),
        )

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        return super().asked(picture, actor=actor).beside(**days_of_year(picture.as_of))

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        return heading_of_year(title.in_language(language), picture.as_of.year, language)

    @override
    def follows(self, line: Line, places: PlaceNames, language: Language) -> Line:
        return {"place": places.name(line["division_code"])} if "division_code" in line else {}
