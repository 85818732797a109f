"""What waits for whoever is at work: each line counts a list that they may open and where their post has to act.

Apps above add theirs by `add_waiting`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.enums import HouseholdPlanState
from assistance.queries.plans import plans_visible_to
from assistance.queries.visits_due import due_today
from concerns.queries.grievances import grievances_visible_to, pending
from concerns.queries.requests import on_desk, requests_visible_to
from credit.queries.loans import loans_due
from dossiers.queries.cases import deadlines
from dossiers.queries.dossiers import dossiers_in_scope
from dossiers.queries.waiting import waiting_for
from economy.enums import DividendState
from economy.enums import ProjectState as IndustryState
from economy.models import Dividend, IndustryProject
from entitlements.enums import EntitlementState
from entitlements.queries.findings import entitlements_visible_to
from funds.enums import ListState
from funds.models import PaymentList
from households.enums import ChangeState, DuplicateState, NearState, TransferDirection, TransferState
from households.queries import change_requests, duplicates, near, transfers
from livelihoods.queries.outcomes import outcomes_due
from livelihoods.queries.visibility import enrolments_visible_to
from oneform.enums import FormState
from oneform.queries.forms import parts_not_done
from oversight.enums import LookState
from oversight.queries.looks import grants
from periods.enums import PeriodState
from periods.models import Period
from periods.queries.periods import reopenings_to_decide
from planning.enums import HelperPartState, PartState
from planning.queries.helper_plans import helper_parts_on_list
from planning.queries.plans import parts_on_list
from quality.queries.findings import requests_waiting, worklist
from registry.access import role_may
from registry.lib.periods import today
from registry.tenancy.context import Actor

Count = Callable[[Actor], int]
Query = Callable[[Actor], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """One kind of what may wait: whoever may do `action` and open the list has the line.

    `view` is the right of the list, `page` its name on the site, `query` what it is narrowed by; `count` tells how many
    rows it then has. A kind is `urgent` when its day has passed.
    """

    key: str
    label: str | Promise
    action: str
    view: str
    page: str
    count: Count
    query: Mapping[str, str] = field(default_factory=dict)
    by_role: str = ""
    is_urgent: bool = False

    def asked(self, actor: Actor) -> dict[str, str]:
        """Give what the list is narrowed by for the actor."""
        return {**self.query, **({self.by_role: str(actor.role)} if self.by_role else {})}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of what waits, with how much."""

    kind: WaitingKind
    count: int


_kinds: Final[list[WaitingKind]] = []


def add_waiting(kind: WaitingKind) -> None:
    """Add a kind. Raises: ValueError for a key that is taken."""
    if any(kind.key == known.key for known in _kinds):
        raise ValueError(f"What waits as {kind.key} is named twice.")
    _kinds.append(kind)


def waiting_kinds() -> tuple[WaitingKind, ...]:
    """Give all kinds, in the order in which they are shown."""
    return tuple(sorted(_kinds, key=lambda kind: not kind.is_urgent))


def waiting_of(actor: Actor) -> list[Waiting]:
    """Give what waits for the actor, what is overdue first; nothing that is empty."""
    lines = [
        Waiting(kind, kind.count(actor))
        for kind in waiting_kinds()
        if role_may(actor, kind.action) and role_may(actor, kind.view)
    ]
    return [line for line in lines if line.count]


def _rows(rows: Callable[[Actor], "QuerySet[Any, Any]"]) -> Count:
    return lambda actor: rows(actor).order_by().count()


def _late_visits(actor: Actor) -> int:
    return sum(one.overdue for one in due_today(actor=actor))


_PLANS: Final = "assistance_householdplan_changelist"
_CONCERNS: Final = "concerns_helprequest_changelist"
for _kind in (
    WaitingKind(
        "monitoring_overdue", _("Monitoring: the day has passed"), "dossiers.do_step", "dossiers.view",
        "monitoring-deadlines", _rows(lambda actor: deadlines(actor, overdue_on=today())), {"overdue": "on"},
        is_urgent=True,
    ),
    WaitingKind(
        "visits_late", _("Visit overdue"), "assistance.record_help_visit", "assistance.view_visits_due",
        "visits-due", _late_visits, {"late": "1"}, is_urgent=True,
    ),
    WaitingKind(
        "findings_late", _("Findings given to me, deadline passed"), "quality.answer", "quality.view", "findings",
        _rows(lambda actor: worklist(actor, is_mine=True, is_late_on=today())), {"mine": "1", "late": "1"},
        is_urgent=True,
    ),
    WaitingKind(
        "dossiers", _("Dossiers whose next step is ours"), "dossiers.do_step", "dossiers.view",
        "dossiers_dossier_changelist", _rows(lambda actor: waiting_for(dossiers_in_scope(actor), actor.role)),
        by_role="waits_for",
    ),
    WaitingKind(
        "requests", _("Requests of households for me"), "concerns.view_requests", "concerns.view_requests", _CONCERNS,
        _rows(lambda actor: on_desk(requests_visible_to(actor), actor)), {"waiting": "mine"},
    ),
    WaitingKind(
        "grievances", _("Grievances that wait for an answer"), "concerns.answer_grievance",
        "concerns.view_grievances", "concerns_grievance_changelist",
        _rows(lambda actor: pending(grievances_visible_to(actor))), {"waiting": "all"},
    ),
    WaitingKind(
        "findings", _("Findings given to me"), "quality.answer", "quality.view", "findings",
        _rows(lambda actor: worklist(actor, is_mine=True)), {"mine": "1"},
    ),
    WaitingKind(
        "exemptions", _("Exemptions to be decided"), "quality.decide_exemption", "quality.view", "findings",
        _rows(requests_waiting), {"asked": "1"},
    ),
    WaitingKind(
        "changes", _("Changes that a second person decides"), "households.decide_change",
        "households.view_change_requests", "households_changerequest_changelist",
        _rows(lambda actor: change_requests.requests_visible_to(actor).filter(state=ChangeState.OPEN)),
        {"state__exact": ChangeState.OPEN.value},
    ),
    WaitingKind(
        "plans_drafted", _("Plans of households to be adopted"), "assistance.adopt_plan", "assistance.view", _PLANS,
        _rows(lambda actor: plans_visible_to(actor).filter(state=HouseholdPlanState.DRAFTED)),
        {"state__exact": HouseholdPlanState.DRAFTED.value},
    ),
    WaitingKind(
        "plans_amended", _("Amended plans to be adopted again"), "assistance.adopt_plan", "assistance.view", _PLANS,
        _rows(lambda actor: plans_visible_to(actor).filter(state=HouseholdPlanState.AMENDED)),
        {"state__exact": HouseholdPlanState.AMENDED.value},
    ),
    WaitingKind(
        "entitlements", _("Due and received: lines without an answer"), "entitlements.answer", "entitlements.view",
        "entitlements", _rows(lambda actor: entitlements_visible_to(actor).filter(state=EntitlementState.NEW)),
    ),
    WaitingKind(
        "payment_lists", _("Payment lists to be approved"), "funds.decide_list", "funds.view_lists",
        "funds_paymentlist_changelist", _rows(lambda _actor: PaymentList.objects.filter(state=ListState.SUBMITTED)),
        {"state__exact": ListState.SUBMITTED.value},
    ),
    WaitingKind(
        "dividends", _("Dividends to be decided"), "economy.decide_dividend", "economy.view",
        "economy_dividend_changelist", _rows(lambda _actor: Dividend.objects.filter(state=DividendState.PROPOSED)),
        {"state__exact": DividendState.PROPOSED.value},
    ),
    WaitingKind(
        "industry_projects", _("Industry projects to be approved"), "economy.decide_project", "economy.view",
        "economy_industryproject_changelist",
        _rows(lambda _actor: IndustryProject.objects.filter(state=IndustryState.PROPOSED)),
        {"state__exact": IndustryState.PROPOSED.value},
    ),
    WaitingKind(
        "periods", _("Periods to be frozen"), "periods.freeze", "periods.view", "periods_period_changelist",
        _rows(lambda _actor: Period.objects.filter(state=PeriodState.CLOSING)),
        {"state__exact": PeriodState.CLOSING.value},
    ),
    WaitingKind(
        "reopenings", _("Periods to be opened again: another person decides"), "periods.decide_reopening",
        "periods.view_pictures", "periods", _rows(reopenings_to_decide), {"waiting": "1"},
    ),
    WaitingKind(
        "looks", _("Looks at persons to be granted or refused"), "oversight.decide_look", "oversight.view_grants",
        "oversight_lookgrant_changelist", _rows(lambda _actor: grants().filter(state=LookState.ASKED)),
        {"state__exact": LookState.ASKED.value},
    ),
    WaitingKind(
        "form_parts", _("Parts of forms that villages have to fill"), "oneform.mark", "oneform.view",
        "oneform_formpart_changelist", _rows(lambda _actor: parts_not_done()),
        {"form__state__exact": FormState.OPEN.value, "done_on__isempty": "1"},
    ),
    WaitingKind(
        "transfers", _("Transfers that another county offers"), "households.answer_transfer",
        "households.view_transfers", "households_transfer_changelist",
        _rows(
            lambda actor: transfers.transfers_visible_to(actor).filter(
                state=TransferState.OFFERED, direction=TransferDirection.INCOMING
            )
        ),
        {"state__exact": TransferState.OFFERED.value, "direction__exact": TransferDirection.INCOMING.value},
    ),
    WaitingKind(
        "duplicates", _("Persons whom another county has too"), "households.view_duplicates",
        "households.view_duplicates", "households_duplicatenotice_changelist",
        _rows(lambda actor: duplicates.notices_visible_to(actor).filter(state=DuplicateState.NEW)),
        {"state__exact": DuplicateState.NEW.value},
    ),
    WaitingKind(
        "near", _("Persons who look alike"), "households.view_near", "households.view_near",
        "households_nearduplicate_changelist",
        _rows(lambda actor: near.near_visible_to(actor).filter(state=NearState.NEW)),
        {"state__exact": NearState.NEW.value},
    ),
    WaitingKind(
        "helper_parts", _("Parts of a plan of helpers"), "planning.view_helper_parts", "planning.view_helper_parts",
        "planning_helperpart_changelist",
        _rows(lambda _actor: helper_parts_on_list().filter(state=HelperPartState.OFFERED)),
        {"state__exact": HelperPartState.OFFERED.value},
    ),
    WaitingKind(
        "plan_parts", _("Parts of a dispatch plan"), "planning.answer", "planning.view",
        "planning_planpart_changelist", _rows(lambda _actor: parts_on_list().filter(state=PartState.OFFERED)),
        {"state__exact": PartState.OFFERED.value},
    ),
    WaitingKind(
        "outcomes", _("Trained persons to be asked about work"), "livelihoods.record_outcome",
        "livelihoods.record_outcome", "training-outcomes",
        _rows(lambda actor: outcomes_due(enrolments_visible_to(actor))),
    ),
    WaitingKind(
        "loans", _("Loans due"), "credit.view", "credit.view", "loans-due",
        _rows(lambda actor: loans_due(today(), actor=actor)),
    ),
):  # fmt: skip
    add_waiting(_kind)
