"""The monthly monitoring of work: who has gone out, and who plans to."""

from typing_extensions import override

from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.catalogue.asking import yes_or_no
from reports.catalogue.base import Picture, enter
from reports.catalogue.register_list import ListPart, RegisterList
from reports.definitions import work_months as definitions
from reports.definitions.text import Language, Text
from reports.queries import work_months as queries
from reports.queries.register_rows import Asked


class _WorkMonth(RegisterList):
    """A list of the month in which the day of the picture lies, as it stood on that day."""

    right = "reports.view_persons"

    has_sealed = True

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        month = Month.of(picture.as_of)
        without_work = picture.option(definitions.WITHOUT_WORK) == "yes"
        asked = super().asked(picture, actor=actor)
        return asked.beside(first=month.first_day, last=picture.as_of, without_work=without_work)

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        month = Month.of(picture.as_of)
        written = str(month) if language == "en" else f"{month.year}年{month.month}月"
        return f"{title.in_language(language)} {written}"


@enter
class WorkGoneOut(_WorkMonth):
    """Who works elsewhere in a month; on request those able to work who do not, too."""

    id = "work-gone-out"
    title = definitions.GONE_OUT.title
    choices = (yes_or_no(definitions.WITHOUT_WORK, definitions.WITHOUT_WORK_LABEL),)

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.GONE_OUT, queries.GONE_OUT),)


@enter
class WorkPlanned(_WorkMonth):
    """Who plans to work elsewhere in the year of a month, from that month on."""

    id = "work-planned"
    title = definitions.PLANNED.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id.replace("-", "_"), definitions.PLANNED, queries.PLANNED),)
