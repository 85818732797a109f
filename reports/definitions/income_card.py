"""What stands on the income card of a household (收入明白卡) and in its monthly register of income (收入登记表).

Source: domain facts 5, item 5, and 1.3 (classes and items of the national household form, section D).
"""

from typing import Final

from reports.definitions.layout import CellKind, Column
from reports.definitions.register_columns import choice, code, count, decimal, digits, text, yes_no, yuan
from reports.definitions.text import Text

TITLE: Final = Text("家庭收入明白卡", "Income card")
OF_VILLAGE: Final = Text("家庭收入明白卡（全村）", "Income cards of a village")
REGISTER_TITLE: Final = Text("家庭收入登记表", "Register of income by month")
REGISTER_OF_VILLAGE: Final = Text("家庭收入登记表（全村）", "Registers of income of a village")
HOUSEHOLD: Final = (
    digits("household_number", "户编号", "Household number"),
    text("head_name", "户主", "Head"),
    text("village", "行政村", "Village"),
    text("group_name", "自然村（组）", "Natural village or group"),
    count("person_count", "人口", "Persons"),
    count("labour_count", "劳动力", "Able to work"),
    decimal("cropland_mu", "耕地（亩）", "Cropland (mu)"),
    decimal("irrigated_mu", "有效灌溉（亩）", "Irrigated (mu)"),
    decimal("orchard_mu", "经济林果（亩）", "Orchard (mu)"),
    text("helper_names", "帮扶干部", "Helper"),
    Column("period_start", Text("收入计算起", "Income from"), CellKind.DAY),
    Column("period_last", Text("收入计算止", "Income to"), CellKind.DAY),
)
_CLASSES: Final = {
    "wage": Text("工资性收入", "Wages"),
    "business": Text("生产经营性收入", "Business"),
    "property": Text("财产性收入", "Property"),
    "transfer": Text("转移性收入", "Transfers"),
    "cost": Text("生产经营性支出", "Business cost"),
}
LINES_TITLE: Final = Text("收入和支出明细", "Items of income and cost")
LINES: Final = (
    choice("kind", "类别", "Class", _CLASSES, 14),
    code("item_code", "项目", "Item", "income_item", 20),
    text("product", "品种", "Product", 12),
    decimal("quantity", "数量", "Quantity"),
    text("unit", "单位", "Unit", 8),
    yuan("amount_yuan", "金额（元）", "Amount (yuan)"),
    yuan("own_consumed_yuan", "自用折价（元）", "Own use (yuan)"),
    yes_no("counts_toward_net", "计入纯收入", "Counts"),
)
COSTS_TITLE: Final = Text("生产经营性支出的计算", "How the business cost comes about")
_BASES: Final = {
    "own": Text("按农户支出", "of the household's own figures"),
    "coefficient": Text("按县定系数", "by the county's coefficient"),
    "unknown": Text("无支出也无系数，按零计", "neither figure nor coefficient: nothing"),
}
COSTS: Final = (
    code("item_code", "收入项目", "Item of income", "income_item", 20),
    yuan("gross_yuan", "毛收入（元）", "Gross (yuan)"),
    yuan("cost_yuan", "支出（元）", "Cost (yuan)"),
    choice("basis", "计算依据", "Basis", _BASES, 22),
)
TOTALS_TITLE: Final = Text("全年收支", "The year")
TOTALS: Final = (
    yuan("wage_income_yuan", "工资性收入", "Wages"),
    yuan("business_income_yuan", "生产经营性收入", "Business"),
    yuan("property_income_yuan", "财产性收入", "Property"),
    yuan("transfer_income_yuan", "转移性收入", "Transfers"),
    yuan("gross_yuan", "年收入合计", "Income"),
    yuan("business_cost_yuan", "生产经营性支出", "Business cost"),
    yuan("net_yuan", "纯收入", "Net income"),
    yuan("net_per_head_yuan", "人均纯收入", "Net income per person"),
)
MONTHS: Final = (
    code("item_code", "项目", "Item", "income_item", 20),
    text("product", "品种", "Product", 12),
    *(yuan(f"month_{number}", f"{number}月", f"Month {number}", 10) for number in range(1, 13)),
    yuan("without_month", "未分月", "No month", 10),
    yuan("total_yuan", "合计", "Total"),
)
SIGNATURES: Final = (
    Text("村党支部书记", "Secretary of the village"),
    Text("第一书记", "First secretary"),
    Text("帮扶干部", "Helper"),
    Text("户主", "Head"),
)
UNIT: Final = Text("单位：元", "Unit: yuan")
DECLARED: Final = Text(
    "本年只登记了申报的人均纯收入，没有分项。", "Of this year the declared net income per person alone is on file."
)
NOTHING: Final = Text("本户没有登记收入。", "No income of this household is on file.")
DIFFERS: Final = Text(
    "按明细和现行系数计算的人均纯收入为 {yuan} 元，与登记数不一致，请核对。",
    "By items and coefficients of today the net income per person is {yuan} yuan, other than on file. Check it.",
)
