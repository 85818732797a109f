"""The words that every list of the catalogue shows: who made it, of which day, and what its columns do not say."""

from typing import Final

from reports.definitions.text import Text

AS_KNOWN: Final = Text(
    "数据日期{as_of}，按{known_at}时已录入的数据。", "The facts as they stood on {as_of}, as known at {known_at}."
)
AS_KNOWN_NOW: Final = Text(
    "数据日期{as_of}，按制表时已录入的数据。", "The facts as they stood on {as_of}, as known when made."
)
PAST: Final = Text(
    "按过去时点还原：不保留历史版本的登记项（如工作队、入股、帮扶单位）按现值显示。",
    "Of what keeps no former versions (teams, shares, units), only what was entered by then is left out.",
)
NAMES_OF_NOW: Final = Text(
    "姓名、证件号码和电话为制表时的登记信息；已不在本区域的人员不显示。",
    "Names, documents and telephones are those on file when this was made; nothing is shown of who has left the area.",
)
MASKED: Final = Text("证件号码和电话已脱敏。", "Document numbers and telephones are masked.")
UNIT_HOUSEHOLDS: Final = Text("单位：户", "Unit: households")
UNIT_PERSONS: Final = Text("单位：人", "Unit: persons")
UNIT_YUAN: Final = Text("单位：元", "Unit: yuan")
SHEET: Final = Text("名单", "List")
TOTALS: Final = Text("统计表", "Totals")
UNIT_FINDINGS: Final = Text("单位：条", "Unit: findings")
