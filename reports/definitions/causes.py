"""The causes table. Source: 致贫原因情况统计表, a table each for main and other causes."""

from typing import Final

from reports.definitions.text import Text

ID: Final = "causes"
TITLE: Final = Text("致贫原因情况统计表", "Causes of poverty")
MAIN: Final = Text("主要致贫原因", "Main cause")
OTHER: Final = Text("其他致贫原因", "Other causes")
WHICH: Final = "which"
WHICH_LABEL: Final = Text("统计对象", "Which households")
CHOICES: Final = (
    ("filed", Text("全部建档立卡户", "All filed")),
    ("not_lifted", Text("未脱贫户（含返贫）", "Not lifted, with those returned")),
    ("lifted", Text("脱贫户", "Lifted")),
    ("monitored", Text("监测对象（风险未消除）", "Monitored, risk not removed")),
)
HOUSEHOLDS: Final = Text("总户数", "Households")
OTHER_NOTE: Final = Text(
    "一户可有两个其他致贫原因，各项之和可能大于总户数。",
    "A household may have two other causes, so that they may add up to more.",
)
NONE: Final = Text("无其他原因", "No other cause")
