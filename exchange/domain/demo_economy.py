"""What the demonstration shows of a village's collective: ledger, shares, dividends, a project, its assets."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from economy.domain.assets import AssetDraft, add_asset, add_asset_upkeep
from economy.domain.booking import book_dividend
from economy.domain.dividends import approve_dividend, propose_dividend
from economy.domain.goals import set_income_goal
from economy.domain.ledger import EntryDraft, book_entry, reverse_entry
from economy.domain.project_money import FoldDraft, MoneyDraft, fold_money, note_project_money
from economy.domain.projects import ProjectDraft, add_project, advance_project
from economy.domain.shares import hold_shares, open_fund
from economy.domain.work import WorkDraft, record_work
from economy.models import IndustryProject
from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home
from registry.lib.periods import today
from villages.domain.infrastructure import UpkeepDraft

_INCOME: Final = (
    ("11", 310, Decimal(18000), "草场租金"),
    ("13", 260, Decimal(14500), "圈舍出租"),
    ("15", 150, Decimal(6800), "转场运输服务"),
    ("21", 120, Decimal(50000), "到账补助"),
)
_FOLDED: Final = Decimal(120000)


def show_economy(staff: Staff, first: UUID, second: UUID, homes: list[Home]) -> None:
    """Show the collectives of two villages: the first reaches its goal by a project, the second does not yet."""
    year = today().year
    with staff.at_work("office") as actor:
        set_income_goal(year - 2, goal_yuan=Decimal(50000), source="示例县村集体经济任务（虚构）", actor=actor)
    with staff.at_work("village") as actor:
        for source, days, amount, purpose in _INCOME:
            draft = EntryDraft(
                kind="income", occurred_on=ago(days), amount_yuan=amount, purpose=purpose, source_code=source
            )
            book_entry(first, draft, actor=actor)
        cost = EntryDraft(kind="cost", occurred_on=ago(100), amount_yuan=Decimal(3200), purpose="圈舍维修")
        book_entry(first, cost, actor=actor)
        rent = EntryDraft(
            kind="income", occurred_on=ago(90), amount_yuan=Decimal(9000), purpose="仓库出租", source_code="13"
        )
        twice = book_entry(second, rent, actor=actor)
        reverse_entry(twice.pk, reason="重复录入", actor=actor)
        book_entry(second, rent, actor=actor)
    project = _show_project(staff, first)
    _show_assets(staff, project, first)
    _show_shares(staff, project, first, homes)
    with staff.at_work("village") as actor:
        for number, home in enumerate(homes[:2]):
            draft_work = WorkDraft(
                person_id=home.workers[0], day_count=Decimal(20), wage_yuan=Decimal(3600), paid_on=ago(80 + number)
            )
            record_work(project.pk, draft_work, actor=actor)


def _show_project(staff: Staff, village_id: UUID) -> IndustryProject:
    """Bring a project from the library to work: the team proposes, the township approves."""
    with staff.at_work("village") as actor:
        draft = ProjectDraft(
            name="村集体牦牛育肥场", kind_code="2", action_code="2", library_year=today().year,
            village_ids=(village_id,), content="建育肥圈舍一栋，购架子牛六十头", household_count=46,
        )  # fmt: skip
        project = add_project(draft, actor=actor)
        planned = MoneyDraft(source_code="2", noted_on=ago(320), planned_yuan=Decimal(400000))
        note_project_money(project.pk, planned, actor=actor)
        advance_project(project.pk, "propose", on=ago(310), actor=actor)
    with staff.at_work("township") as actor:
        advance_project(project.pk, "approve", on=ago(300), note="符合规划", actor=actor)
    with staff.at_work("village") as actor:
        advance_project(project.pk, "begin", on=ago(280), actor=actor)
        paid = MoneyDraft(source_code="2", noted_on=ago(200), arrived_yuan=Decimal(400000), spent_yuan=Decimal(210000))
        note_project_money(project.pk, paid, actor=actor)
    return project


def _show_assets(staff: Staff, project: IndustryProject, village_id: UUID) -> None:
    """Enter what the money became; the yaks have nobody yet who keeps them up."""
    with staff.at_work("village") as actor:
        barn = AssetDraft(
            name="育肥圈舍", kind_code="1", value_yuan=Decimal(120000), acquired_on=ago(190), owner="village",
            village_id=village_id, custodian="村民委员会",
        )  # fmt: skip
        asset = add_asset(project.pk, barn, actor=actor)
        upkeep = UpkeepDraft(keeper="村民委员会", source_code="6", yearly_yuan=Decimal(3000), starts_on=ago(180))
        add_asset_upkeep(asset.pk, upkeep, actor=actor)
        stock = AssetDraft(
            name="架子牛六十头", kind_code="4", value_yuan=Decimal(90000), acquired_on=ago(170), owner="village",
            village_id=village_id, custodian="示例养殖合作社", is_idle=True,
        )  # fmt: skip
        add_asset(project.pk, stock, actor=actor)


def _show_shares(staff: Staff, project: IndustryProject, village_id: UUID, homes: list[Home]) -> None:
    """Turn money to shares; last year's dividend is approved and booked, this year's waits for the township."""
    with staff.at_work("village") as actor:
        fund = open_fund(village_id, name="育肥场股份", share_total=Decimal(100), actor=actor)
        folded = FoldDraft(fund_id=fund.pk, source_code="2", noted_on=ago(190), amount_yuan=_FOLDED)
        fold_money(project.pk, folded, actor=actor)
        for home, count in zip(homes, (10, 15, 20, 5), strict=False):
            hold_shares(fund.pk, home.id, share_count=Decimal(count), on=ago(185), actor=actor)
        hold_shares(fund.pk, None, share_count=Decimal(50), on=ago(185), actor=actor)
        paid = _proposed(fund.pk, ago(95), Decimal(24000), staff)
        _proposed(fund.pk, ago(5), Decimal(16500), staff)
    with staff.at_work("township") as actor:
        approve_dividend(paid, actor=actor, version=None)
    with staff.at_work("office") as actor:
        book_dividend(paid, payer="project", actor=actor)


def _proposed(fund_id: UUID, paid_on: date, amount: Decimal, staff: Staff) -> UUID:
    kept = Decimal(1500)
    return propose_dividend(fund_id, paid_on=paid_on, amount_yuan=amount, kept_yuan=kept, actor=staff.village).pk
