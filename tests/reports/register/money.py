"""What the invented county earns, spends, teaches and finds."""

from datetime import date
from decimal import Decimal

from economy.domain.assets import AssetDraft, add_asset
from economy.domain.ledger import EntryDraft, book_entry, reverse_entry
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import Household
from livelihoods.domain.months import confirm_month
from livelihoods.domain.posts import PostDraft, fill_post, open_post
from registry.tenancy.context import Actor
from tests.economy.projects import funded
from tests.factories.funds import allocation, budget, draft_of, paid, programme
from tests.factories.tenants import TOWNSHIP_CODE, VILLAGE_CODE
from tests.livelihoods.ground import attended, course
from tests.reports.register.people import member
from villages.domain.activities import ActivityDraft, record_activity

INCOME = (
    LineDraft(item_code="101", amount_yuan=Decimal(12000), month=3),
    LineDraft(item_code="101", amount_yuan=Decimal(8000), month=4),
    LineDraft(item_code="202", product="牦牛", quantity=Decimal(2), unit="头", amount_yuan=Decimal("2500.50"),
              own_consumed_yuan=Decimal(1000)),
    LineDraft(item_code="502", amount_yuan=Decimal(900)),
    LineDraft(item_code="4043", amount_yuan=Decimal(1500)),
    LineDraft(item_code="4192", amount_yuan=Decimal(300)),
)  # fmt: skip


def earned(first: Household, second: Household, office: Actor) -> None:
    """Record the income of the first household line by line, and book that of the first village's collective."""
    draft = IncomeDraft(
        household_id=first.pk, year=2020, period_start=date(2019, 10, 1), period_end=date(2020, 10, 1),
        person_count=2, lines=INCOME, source="入户",
    )  # fmt: skip
    record_income([draft], actor=office)
    for source, amount in (("11", "30000.00"), ("14", "21000.50"), ("21", "5000.00")):
        entry = EntryDraft(
            kind="income", source_code=source, occurred_on=date(2021, 2, 1), amount_yuan=Decimal(amount), purpose="入账"
        )
        book_entry(first.village_id, entry, actor=office)
    wrong = EntryDraft(
        kind="income", source_code="12", occurred_on=date(2021, 2, 2), amount_yuan=Decimal(999), purpose="误记"
    )
    reverse_entry(book_entry(first.village_id, wrong, actor=office).pk, reason="误记", actor=office)
    cost = EntryDraft(
        kind="cost", source_code="", occurred_on=date(2021, 3, 1), amount_yuan=Decimal(4000), purpose="维修"
    )
    book_entry(second.village_id, cost, actor=office)


def spent(first: Household, second: Household, office: Actor) -> None:
    """Budget, allocate and pay; build an asset."""
    money = budget(office, "1000.00")
    to = programme(office)
    paid(draft_of(office, to, allocation(office, money, "600.00", to=to), (first.number, "100.00"),
                  (second.number, "150.00")), office)  # fmt: skip
    allocation(office, money, "200.00", area=TOWNSHIP_CODE)
    project = funded(office, VILLAGE_CODE)
    asset = AssetDraft(
        name="圈舍", kind_code="1", value_yuan=Decimal(500), acquired_on=date(2021, 4, 1), owner="village",
        village_id=first.village_id, custodian="示例管护人",
    )  # fmt: skip
    add_asset(project.pk, asset, actor=office)


def taught(first: Household, second: Household, office: Actor) -> None:
    """Train the head of the first household, give that of the second a post, and hold a meeting."""
    attended(course(office), member(first), office)
    post = open_post(
        first.village_id,
        PostDraft(
            name="保洁员", kind_code="05", duties="村内保洁", seat_count=2, monthly_yuan=Decimal("500.00"),
            funding_code="3", pay_item_code="1023", starts_on=date(2021, 1, 1),
        ),
        actor=office,
    )  # fmt: skip
    term = fill_post(post.pk, member(second).pk, starts_on=date(2021, 3, 1), ends_on=date(2022, 3, 1), actor=office)
    for number in (3, 4):
        confirm_month(term.pk, date(2021, number, 1), actor=office)
    for day, kind, subject in ((date(2021, 3, 8), "1", "医保政策宣讲"), (date(2020, 12, 20), "3", "去年的村民会议")):
        activity = ActivityDraft(kind_code=kind, held_on=day, subject=subject, participant_count=35)
        record_activity(first.village_id, activity, actor=office)
