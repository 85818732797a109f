"""The words that every list of the catalogue shows: who made it, of which day, and what its columns do not say."""

from typing import Final

from reports.definitions.text import Text

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
