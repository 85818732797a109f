"""Money of industry projects: what is planned, arrives and goes, by source, and what is turned to shares of a fund."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from economy.domain.projects import KEEP, count_version_up, locked_project
from economy.domain.refusals import written
from economy.enums import MONEY, ProjectState
from economy.models import IndustryMoney, IndustryProject, IndustryReach, ShareFund
from economy.queries.projects import sums_of_source
from households.domain.days import require_past
from households.domain.near import in_whole_county
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.enums import FUNDING_SCHEME

_MOST: Final = Decimal("999999999999.99")
# Which amounts may be noted in which state: the plan before it is proposed, the rest from the approval on.
_MAY: Final = {
    ProjectState.LIBRARY: {"planned_yuan"},
    ProjectState.APPROVED: {"arrived_yuan", "spent_yuan", "folded_yuan", "returned_yuan"},
    ProjectState.UNDER_WAY: {"arrived_yuan", "spent_yuan", "folded_yuan", "returned_yuan"},
    ProjectState.STOPPED: {"spent_yuan", "returned_yuan"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDraft:
    """Money from one source since the entry before; negative amounts take back. Units: yuan."""

    source_code: str
    noted_on: date
    planned_yuan: Decimal = Decimal(0)
    arrived_yuan: Decimal = Decimal(0)
    spent_yuan: Decimal = Decimal(0)
    returned_yuan: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldDraft:
    """Money from one source of a project that becomes shares of a fund; a negative amount takes back. Units: yuan."""

    fund_id: UUID
    source_code: str
    noted_on: date
    amount_yuan: Decimal
    note: str = ""


def note_project_money(
    project_id: UUID, draft: MoneyDraft, *, actor: Actor, version: int | None = None
) -> IndustryMoney:
    """Note money of a project from one source; entries add up, and an error is taken back by another.

    The project counts its version up, so that nobody decides on money that they did not see. Locks: the project.
    Raises: NotFound, NotAllowed, StaleVersion; DomainError with the field for nothing, for what does not belong to the
    project's state, or where a source would fall below zero or give more than arrived; Conflict where assets or wages
    would no longer be paid for.
    """
    row = locked_project(project_id, KEEP, actor, version)
    values = asdict(draft) | {"note": clean(draft.note)}
    _check(row, values)
    _require_new(row, values)
    entry = IndustryMoney(scope_code=row.scope_code, project=row, entered_by=actor.user_id, **values)
    with in_whole_county(actor):
        written(entry.save)
    count_version_up(row)
    told = {name: (None, value) for name, value in values.items() if value}
    record("economy.note_project_money", entry, actor=actor, changes=told)
    return entry


def fold_money(project_id: UUID, draft: FoldDraft, *, actor: Actor, version: int | None = None) -> ShareFund:
    """Turn money of a project to shares of a fund in a village that it reaches; the fund names the project from then.

    Locks: the project, then the fund. Raises: NotFound, NotAllowed, StaleVersion; Conflict for a fund of another
    project or with money of its own; DomainError.
    """
    row = locked_project(project_id, KEEP, actor, version)
    fund = lock_version(ShareFund.objects.all(), draft.fund_id, None)
    require(actor, "economy.keep_shares", fund)
    _require_fund(row, fund)
    values = {
        "source_code": draft.source_code,
        "noted_on": draft.noted_on,
        "folded_yuan": draft.amount_yuan,
        "note": clean(draft.note),
    }
    _check(row, values)
    _require_new(row, values | {"fund": fund})
    entry = IndustryMoney(scope_code=row.scope_code, project=row, fund=fund, entered_by=actor.user_id, **values)
    with in_whole_county(actor):
        written(entry.save)
        fund.project = row
        fund.folded_yuan = IndustryMoney.objects.filter(fund=fund).aggregate(all=Sum("folded_yuan"))["all"]
        written(lambda: fund.touch().save(update_fields=["project", "folded_yuan", "version", "updated_at"]))
    count_version_up(row)
    told = {name: (None, value) for name, value in values.items() if value}
    record("economy.fold_money", entry, actor=actor, changes=told | {"fund": (None, fund.pk)})
    return fund


def _require_fund(row: IndustryProject, fund: ShareFund) -> None:
    if not IndustryReach.objects.filter(project=row, village_id=fund.village_id).exists():
        message = _("The project does not reach the village of this fund. Choose a fund of a village that it reaches.")
        raise DomainError("fund.another_village", message, field="fund_id")
    if fund.project_id not in {None, row.pk}:
        raise Conflict(
            "fund.another_project", _("This fund holds money of another project. Open one for this project.")
        )
    if fund.project_id is None and fund.folded_yuan:
        message = _("This fund states money of its own already. Open a fund for this project.")
        raise Conflict("fund.own_money", message)


def _require_new(row: IndustryProject, values: dict[str, object]) -> None:
    """Refuse an entry that is on file already: a form sent twice."""
    if IndustryMoney.objects.filter(project=row, **values).exists():
        message = _("The same amounts are noted already. Where there were two, tell them apart in the note.")
        raise Conflict("money.noted", message)


def _check(row: IndustryProject, values: dict[str, object]) -> None:
    source = str(values["source_code"])
    require_code(FUNDING_SCHEME, source, on=today(), field="source_code")
    noted_on = values["noted_on"]
    if isinstance(noted_on, date):
        require_past(noted_on, field="noted_on")
    amounts = {name: Decimal(str(values.get(name) or 0)) for name in MONEY}
    field = "amount_yuan" if "folded_yuan" in values else ""
    for name, amount in amounts.items():
        if not amount.is_finite() or abs(amount) > _MOST or amount != round(amount, 2):
            message = _("The amount is in yuan with two decimals at most. Check it.")
            raise DomainError("money.amount", message, field=field or name)
    if not any(amounts.values()):
        message = _("No amount is entered. Enter at least one.")
        raise DomainError("money.nothing", message, field=field or "planned_yuan")
    _check_state(row, amounts, field)
    _check_sums(sums_of_source(row.pk, source), amounts, field)


def _check_state(row: IndustryProject, amounts: dict[str, Decimal], field: str) -> None:
    may: set[str] = _MAY.get(ProjectState(row.state), set())
    wrong = [name for name, amount in amounts.items() if amount and name not in may]
    if not wrong:
        return
    message = _(
        "Money is planned before a project is proposed; it arrives, and goes, from the approval until the project is "
        "complete. Check the amounts, or the state of the project."
    )
    raise DomainError("money.state", message, field=field or wrong[0])


def _check_sums(sums: dict[str, Decimal], amounts: dict[str, Decimal], field: str) -> None:
    after = {name: sums[name] + amount for name, amount in amounts.items()}
    for name, amount in after.items():
        if amount < 0:
            message = _("More is taken back than was entered. Check the amount.")
            raise DomainError("money.below_zero", message, field=field or name)
    over = after["spent_yuan"] + after["folded_yuan"] + after["returned_yuan"] - after["arrived_yuan"]
    if over > 0:
        message = _("That is %(over)s yuan more than arrived from this source. Check the amounts and the source.")
        wrong = next((name for name in ("spent_yuan", "returned_yuan", "arrived_yuan") if amounts[name]), "")
        raise DomainError("money.more_than_arrived", message % {"over": over}, field=field or wrong)
