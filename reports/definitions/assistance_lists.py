"""Columns of the lists of assistance: measures, helpers with their pairings, and loans.

Source: columns 100A39 to 100A55 of the monitoring form (measures); tab 帮扶责任人结对信息 of the household form
(pairings); ledger of finance of one county (loans).
"""

from typing import Final

from reports.definitions.register_columns import (
    DOCUMENT,
    HEAD,
    HOUSEHOLD,
    KIND,
    MONITORING,
    NAME,
    NOT_WITHDRAWN,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    code,
    count,
    day,
    decimal,
    digits,
    text,
    yes_no,
    yuan,
)
from reports.definitions.text import Text

_HOME: Final = (TOWNSHIP, VILLAGE, HOUSEHOLD, HEAD, KIND, MONITORING)
UNTIL_NOTE: Final = Text("截止日期为不再有效的第一天。", "An end is the first day on which it holds no more.")
UNIT_YUAN: Final = Text("单位：元", "Unit: yuan")

# Whether the measures under way on the day alone are listed.
UNDER_WAY: Final = "under_way"
UNDER_WAY_LABEL: Final = Text("只列当日在实施的", "Those under way on the day alone")
MEASURES: Final = ListDefinition(
    title=Text("帮扶措施台账", "Measures of assistance"),
    columns=(
        *_HOME,
        code("measure_category_code", "帮扶类别", "Kind of measure", "measure"),
        code("item_code", "帮扶措施", "Measure", "measure", 18),
        yes_no("is_development", "是否开发式", "For development"),
        code("state_code", "实施情况", "State", "measure_state"),
        day("starts_on", "开始日期", "From"),
        day("ends_on", "截止日期", "Until"),
        yuan("money_yuan", "金额", "Money"),
    ),
    notes=(UNTIL_NOTE, NOT_WITHDRAWN),
    added_up=("money_yuan",),
    unit=UNIT_YUAN,
)
_HELPER: Final = (
    text("helper_name", "帮扶责任人", "Helper", 12),
    code("helper_kind_code", "责任人类型", "Kind of helper", "helper_kind"),
    text("unit_name", "帮扶单位", "Unit", 22),
    code("level_code", "单位隶属关系", "Level of the unit", "unit_level"),
)
PAIRINGS: Final = ListDefinition(
    title=Text("帮扶责任人结对花名册", "Helpers and the households paired with them"),
    columns=(
        *_HOME,
        *_HELPER,
        digits("helper_phone", "联系电话", "Telephone", 14),
        yes_no("is_lead", "是否牵头", "Leads"),
        day("starts_on", "帮扶开始时间", "From"),
        day("ends_on", "帮扶结束时间", "Until"),
    ),
    notes=(
        UNTIL_NOTE,
        Text("责任人空缺、由单位顶岗的，只填单位。", "Where a unit stands in for a helper the unit alone is named."),
    ),
)
HELPERS: Final = ListDefinition(
    title=Text("帮扶责任人花名册", "Helpers"),
    columns=(
        *_HELPER,
        code("rank_code", "职级", "Rank", "helper_rank"),
        digits("helper_phone", "联系电话", "Telephone", 14),
        count("household_count", "结对户数", "Households"),
        count("lead_count", "其中牵头户数", "of which led"),
        count("visit_count", "本年走访次数", "Visits of the year"),
    ),
    notes=(
        Text(
            "只计所选区域内当日结对的户和当年的走访。",
            "Counted are the pairings of the day and the visits of its year in the chosen area.",
        ),
    ),
    added_up=("household_count", "lead_count", "visit_count"),
)
LOANS: Final = ListDefinition(
    title=Text("小额信贷台账", "Micro-credit"),
    columns=(
        TOWNSHIP,
        VILLAGE,
        HOUSEHOLD,
        NAME,
        DOCUMENT,
        KIND,
        text("lender", "贷款银行", "Lender", 18),
        code("purpose_code", "贷款用途", "Purpose", "loan_purpose"),
        text("rating", "评级", "Rating", 8),
        yuan("amount_yuan", "贷款金额", "Amount"),
        day("granted_on", "发放日期", "Granted on"),
        day("due_on", "到期日期", "Due on"),
        decimal("rate_percent", "年利率（%）", "Yearly rate (%)"),
        yes_no("is_subsidised", "是否贴息", "Interest subsidised"),
        yes_no("is_guaranteed", "是否担保", "Guaranteed"),
        yuan("drawn_yuan", "已放款", "Paid out"),
        yuan("repaid_yuan", "已还本金", "Principal repaid"),
        yuan("outstanding_yuan", "贷款余额", "Owed"),
        yuan("overdue_yuan", "逾期金额", "Overdue"),
        count("overdue_days", "逾期天数", "Days overdue"),
    ),
    notes=(
        Text(
            "余额和逾期按所问之日的到期日和还款情况计算；已展期的按展期后的到期日。",
            "Owed and overdue are those of the day, by the repayments up to it and the due day after extensions.",
        ),
        NOT_WITHDRAWN,
    ),
    added_up=("amount_yuan", "drawn_yuan", "repaid_yuan", "outstanding_yuan", "overdue_yuan"),
    unit=UNIT_YUAN,
)
