"""The assistance handbook: what is on file of a household, part by part, for one household or a village."""

from typing import ClassVar

from typing_extensions import override

from registry.lib.gbcode import Level
from reports.catalogue.base import Picture, Subject, enter
from reports.catalogue.household_cards import HouseholdCards, fields_of, table_of_lines
from reports.catalogue.register_list import Line, Making
from reports.definitions import handbook as definitions
from reports.definitions.layout import Sheet
from reports.queries import household_cards as queries
from reports.queries.register_rows import Statement

_TABLES = (
    ("members", definitions.MEMBERS, definitions.MEMBERS_TITLE),
    ("helpers", definitions.HELPERS, definitions.HELPERS_TITLE),
    ("plans", definitions.PLANS, definitions.PLANS_TITLE),
    ("planned", definitions.PLANNED, definitions.PLANNED_TITLE),
    ("measures", definitions.MEASURES, definitions.MEASURES_TITLE),
    ("incomes", definitions.INCOME, definitions.INCOME_TITLE),
    ("visits", definitions.VISITS, definitions.VISITS_TITLE),
)


@enter
class Handbook(HouseholdCards):
    """The handbook of one household, as it is kept at home; it says what the register says."""

    id = "assistance-handbook"
    title = definitions.TITLE
    has_sealed = True
    read: ClassVar[dict[str, Statement]] = {
        "members": queries.MEMBERS,
        "helpers": queries.HELPERS,
        "plans": queries.PLANS,
        "planned": queries.PLANNED,
        "measures": queries.MEASURES,
        "incomes": queries.INCOMES,
        "visits": queries.VISITS,
    }

    @override
    def card(self, family: Line, lines: dict[str, list[Line]], making: Making, picture: Picture) -> Sheet:
        phone = (family["phone_sealed"], family["household_id"], family["scope_code"])
        shown = family | {
            "village": making.places.of(family["village_code"])[2],
            "phone": making.identity.household_phone(*phone),
        }
        lines = lines | {"incomes": [line | {"year": str(line["year"])} for line in lines["incomes"]]}
        tables = [table_of_lines(key, columns, lines[key], making, title=title) for key, columns, title in _TABLES]
        return Sheet(
            key=family["household_number"],
            name=definitions.TITLE,
            title=f"{definitions.TITLE.in_language(making.language)} {family['household_number']}",
            parts=(
                fields_of(definitions.FAMILY, shown, title=definitions.FAMILY_TITLE),
                fields_of(definitions.LIVING, shown, title=definitions.LIVING_TITLE),
                *tables,
            ),
            notes=(definitions.NOTE.in_language(making.language),),
            signatures=definitions.SIGNATURES,
        )


@enter
class VillageHandbooks(Handbook):
    """The handbooks of all households of a village, one after the other."""

    id = "assistance-handbooks"
    title = definitions.OF_VILLAGE
    subject = Subject.AREA
    area_level = Level.VILLAGE
