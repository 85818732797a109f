"""The monthly monitoring of work: who has gone out, and who plans to."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from reports.catalogue.asking import asked_about, month_of
from reports.catalogue.base import Picture, enter
from reports.catalogue.register_list import ListPart, RegisterList
from reports.definitions import work_months as definitions
from reports.definitions.text import Language, Text
from reports.queries import work_months as queries
from reports.queries.register_rows import Asked

_CHOICES = {"": False, "no": False, "yes": True}


class _WorkMonth(RegisterList):
    """A list of one month, counted on its last day, or on that of the picture where that is earlier."""

    right = "reports.view_persons"

    @override
    def asked(self, picture: Picture, *, actor: Actor) -> Asked:
        month = month_of(picture)
        day: date = min(picture.as_of, month.last_day)
        asked = asked_about(picture, actor=actor, day=day)
        return asked.beside(first=month.first_day, last=month.last_day, without_work=_without_work(picture))

    @override
    def heading(self, picture: Picture, title: Text, language: Language) -> str:
        month = month_of(picture)
        written = str(month) if language == "en" else f"{month.year}年{month.month}月"
        return f"{title.in_language(language)} {written}"


def _without_work(picture: Picture) -> bool:
    chosen = picture.option(definitions.WITHOUT_WORK)
    if chosen not in _CHOICES:
        raise DomainError(
            "report.without_work_is_yes_or_no",
            _("Say yes or no to listing those able to work who have no work."),
            field=definitions.WITHOUT_WORK,
        )
    return _CHOICES[chosen]


@enter
class WorkGoneOut(_WorkMonth):
    """Who works elsewhere in a month; on request those able to work who do not, too."""

    id = "work_gone_out"
    title = definitions.GONE_OUT.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id, definitions.GONE_OUT, queries.GONE_OUT),)


@enter
class WorkPlanned(_WorkMonth):
    """Who plans to work elsewhere in the year of a month, from that month on."""

    id = "work_planned"
    title = definitions.PLANNED.title

    @override
    def parts(self, picture: Picture) -> tuple[ListPart, ...]:
        return (ListPart(self.id, definitions.PLANNED, queries.PLANNED),)
