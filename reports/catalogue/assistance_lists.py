"""Measures, pairings, helpers and loans as lists."""

from datetime import date

from typing_extensions import override

from registry.tenancy.context import Actor
from reports.catalogue.asking import yes_or_no
from reports.catalogue.base import Picture, enter
from reports.catalogue.register_list import ListPart, RegisterList
from reports.definitions import assistance_lists as definitions
from reports.queries import assistance_lists as queries
from reports.queries.register_rows import Asked


class _AssistanceList(RegisterList):
    right = "reports.view_persons"


@enter
class Measures(_AssistanceList):
    """The measures of the households: all that began by the day, or those alone that are under way on it."""

    id = "measures"
    title = definitions.MEASURES.title
    choices = (yes_or_no(definitions.UNDER_WAY, definitions.UNDER_WAY_LABEL),)

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.MEASURES, queries.MEASURES),)

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        since = picture.as_of if picture.option(definitions.UNDER_WAY) == "yes" else date.min
        return super().asked(picture, actor=actor).beside(since=since)


@enter
class Pairings(_AssistanceList):
    """Who stands by which household on the day."""

    id = "pairings"
    has_sealed = True
    title = definitions.PAIRINGS.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.PAIRINGS, queries.PAIRINGS),)


@enter
class Helpers(_AssistanceList):
    """The helpers of an area, with how many households they stand by and how often they came."""

    id = "helpers"
    has_sealed = True
    title = definitions.HELPERS.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.HELPERS, queries.HELPERS),)


@enter
class Loans(_AssistanceList):
    """The loans of the households with what was owed and overdue on the day."""

    id = "loans"
    has_sealed = True
    title = definitions.LOANS.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.LOANS, queries.LOANS),)
