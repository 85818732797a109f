"""The list of a sector clerk: the columns of the sector that the clerk works in, and of no other."""

from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture, enter
from reports.catalogue.register_list import ListPart, RegisterList
from reports.definitions import sector_list as definitions
from reports.definitions.layout import Layout
from reports.definitions.text import Language
from reports.queries import sector_list as queries


@enter
class SectorFacts(RegisterList):
    """The facts of one sector of the persons or households of an area."""

    id = "sector-facts"
    title = definitions.TITLE
    right = "households.view_sector"

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        definition = definitions.definition_of(actor.sector)
        if definition is None:
            raise NotAllowed(
                "report.no_sector", _("This list is of one sector, and you work in none. Ask the county office.")
            )
        is_of_households = actor.sector in definitions.OF_HOUSEHOLDS
        statement = queries.OF_HOUSEHOLDS if is_of_households else queries.OF_PERSONS
        return self.laid_out(picture, actor, language, self.follows, (ListPart("sector", definition, statement),))
