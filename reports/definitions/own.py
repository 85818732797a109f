"""The words of own reports."""

from typing import Final

from reports.definitions.text import Text

ID: Final = "own-list"
TITLE: Final = Text("自定义报表", "Own report")
OPTION: Final = "own_report"
LABEL: Final = Text("自定义报表", "Own report")
COUNT: Final = {
    "household": Text("户数", "Households"),
    "person": Text("人数", "Persons"),
    "village": Text("村数", "Villages"),
}
SHARE: Final = Text("占比", "Share")
