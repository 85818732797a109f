"""The figures of the first page: what each counts, who may see it, and the list that has as many rows.

A figure is shown to those who may open its list, and counts what that list shows them. `page` is the name of the list
on the site, `query` what it is narrowed by, and `place` the parameter that narrows it to a division.
"""

from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HOUSEHOLDS: Final = "households_household_changelist"


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One figure; a figure that `warns` is wrong when it is not zero."""

    key: str
    label: str | Promise
    action: str
    page: str
    query: dict[str, str] = field(default_factory=dict)
    place: str = "division"
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that stand together."""

    key: str
    title: str | Promise
    kinds: tuple[FigureKind, ...]


def _homes(key: str, label: str | Promise, **query: str) -> FigureKind:
    return FigureKind(key, label, "households.view", HOUSEHOLDS, query)


def _case(key: str, label: str | Promise, *, warns: bool = False, **query: str) -> FigureKind:
    return FigureKind(key, label, "dossiers.view", "monitoring-deadlines", query, warns=warns)


def _finding(key: str, label: str | Promise, *, warns: bool = False, **query: str) -> FigureKind:
    return FigureKind(key, label, "quality.view", "findings", query, "village", warns=warns)


def _gap(key: str, label: str | Promise) -> FigureKind:
    return FigureKind(key, label, "villages.view_board", "team-gaps", {"gap": key.replace("_", "-")}, warns=True)


_VISITS: Final = "assistance.view_visits_due"
GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "stock",
        _("Households on the register"),
        (
            _homes("lifted", pgettext_lazy("households", "Lifted"), stock="lifted"),
            _homes("not_lifted", pgettext_lazy("households", "Not lifted"), stock="not_lifted"),
            _homes("monitored", _("Monitored, risk not removed"), stock="monitored"),
            _homes("candidate", pgettext_lazy("households", "Candidates"), status__exact="candidate"),
        ),
    ),
    Group(
        "monitoring",
        _("Deadlines of monitoring"),
        (
            _case("due", _("Something is due")),
            _case("overdue", pgettext_lazy("monitoring", "Overdue"), overdue="on", warns=True),
            _case("due_decision", _("Decision on the lead"), due="decision"),
            _case("due_first_measure", _("First measure"), due="first_measure"),
            _case("due_development_measure", _("First development measure"), due="development_measure"),
        ),
    ),
    Group(
        "coverage",
        _("Help for households"),
        (
            FigureKind(
                "uncovered", _("Without a helper"), "assistance.view_coverage", "coverage", {}, "village", warns=True
            ),
            FigureKind("visits_due", _("To be visited"), _VISITS, "visits-due", {}, "village"),
            FigureKind("visits_late", _("Visit overdue"), _VISITS, "visits-due", {"late": "1"}, "village", warns=True),
            FigureKind(
                "without_plan", _("Without a plan"), "assistance.view", "households-without-plan", {}, "village"
            ),
        ),
    ),
    Group(
        "findings",
        _("Findings on data"),
        (
            _finding("findings", _("Open findings")),
            _finding("findings_late", _("Deadline passed"), late="1", warns=True),
            _finding("findings_old", _("Open for 30 days or longer"), old="1", warns=True),
            _finding("findings_refuse", _("Refused at entry"), severity="refuse"),
            _finding("findings_warn", _("Warning"), severity="warn"),
            _finding("findings_suspicion", _("Suspicion"), severity="suspicion"),
        ),
    ),
    Group(
        "requests",
        _("Requests of households"),
        (
            FigureKind("requests", _("Waiting requests"), "concerns.view_requests",
                       "concerns_helprequest_changelist", {"waiting": "all"}),
            FigureKind("requests_late", _("Overdue requests"), "concerns.view_requests",
                       "concerns_helprequest_changelist", {"waiting": "overdue"}, warns=True),
        ),
    ),
    Group(
        "villages",
        _("Villages"),
        (
            _gap("without_team", _("Villages without a work team")),
            _gap("without_first_secretary", _("Villages without a first secretary")),
            _gap("single_person", _("Teams of one person or none")),
            _gap("over_term", _("Teams over their term")),
            FigureKind("under_goal", _("Under the goal of collective income"), "economy.view", "collective-incomes",
                       {"under": "1"}),
        ),
    ),
)  # fmt: skip
KINDS: Final[dict[str, FigureKind]] = {kind.key: kind for group in GROUPS for kind in group.kinds}
# What the map and the table of places can show, the first one first.
OF_PLACES: Final = (
    "monitored", "overdue", "uncovered", "visits_late", "findings", "findings_late", "requests", "lifted", "not_lifted",
)  # fmt: skip
