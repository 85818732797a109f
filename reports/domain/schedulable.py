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
from reports.queries.recipients import RECEIVE, Readership


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
        """Give what its readers must be allowed: with persons, each reads the part of the division that is theirs."""
        return Readership(self.right, area_code, in_part=self.holds_persons)


def schedulable() -> dict[str, Schedulable]:
    """Give the reports of the catalogue that are about an area and ask nothing further, the account first.

    One without persons is made by automatic work, which must be allowed to. One with persons is announced: each
    recipient makes it for the own area after a login, so that a post which receives mails must be allowed to.
    """
    return {
        report.id: Schedulable(
            report.id,
            report.title,
            report.right,
            tuple(About),
            holds_persons=report.holds_persons,
            is_of_county=report.area_level is Level.COUNTY,
        )
        for report in reports().values()
        if _is_schedulable(report)
    }


def _is_schedulable(report: Report) -> bool:
    makers = _roles(RECEIVE) if report.holds_persons else frozenset({Role.SERVICE})
    return (
        report.subject is Subject.AREA
        and report.area_level in {None, Level.COUNTY}
        and not any(choice.is_needed for choice in report.choices)
        and bool(makers & _roles(report.right))
    )


def _roles(action: str) -> frozenset[Role]:
    return frozenset(role for rule in rules() if rule.action == action for role in rule.roles)


def find_schedulable(report_id: str) -> Schedulable:
    """Give one report. Raises: DomainError `report.unknown`."""
    found = schedulable().get(report_id)
    if found is None:
        raise DomainError("report.unknown", _("There is no such report. Choose one of the list."), field="report_id")
    return found


def titles(language: Language) -> dict[str, str]:
    """Give the titles of the reports by their ids."""
    return {report.id: report.title.in_language(language) for report in schedulable().values()}
