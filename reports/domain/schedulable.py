"""The reports that a schedule can make, and what each may be about."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.access import rules
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level
from reports.catalogue.base import Report, Subject, reports
from reports.definitions.text import Language, Text
from reports.enums import About
from reports.queries.recipients import Readership


@dataclass(frozen=True, slots=True)
class Schedulable:
    """A report as schedules see it. One that holds persons goes out as a link alone, and to no address outside."""

    id: str
    title: Text
    right: str
    abouts: tuple[About, ...]
    holds_persons: bool = False
    # Whether it is about the county as a whole alone.
    is_of_county: bool = False

    def readership(self, area_code: str) -> Readership:
        """Give what its readers must be allowed."""
        return Readership(self.right, area_code)


def schedulable() -> dict[str, Schedulable]:
    """Give the reports of the catalogue that can be made by themselves and hold no person, the account first.

    They are about an area of any size or the county, ask for no further choice, and may be made by automatic work.
    """
    return {
        report.id: Schedulable(
            report.id, report.title, report.right, tuple(About), is_of_county=report.area_level is Level.COUNTY
        )
        for report in reports().values()
        if _is_schedulable(report)
    }


def _is_schedulable(report: Report) -> bool:
    return (
        not report.holds_persons
        and report.subject is Subject.AREA
        and report.area_level in {None, Level.COUNTY}
        and not any(choice.is_needed for choice in report.choices)
        and any(rule.action == report.right and Role.SERVICE in rule.roles for rule in rules())
    )


def find_schedulable(report_id: str) -> Schedulable:
    """Give one report. Raises: DomainError `report.unknown`."""
    found = schedulable().get(report_id)
    if found is None:
        raise DomainError("report.unknown", _("There is no such report. Choose one of the list."), field="report_id")
    return found


def titles(language: Language) -> dict[str, str]:
    """Give the titles of the reports by their ids."""
    return {report.id: report.title.in_language(language) for report in schedulable().values()}
