"""The words of the report's workbook, mail and chart, in both languages."""

from typing import Final

from reports.definitions.text import Text

# --- heads of tables --------------------------------------------------------------------------------------------------
DIVISION: Final = Text("区划", "Division")
DIVISION_CODE: Final = Text("行政编码", "Code")
OPENING: Final = Text("期初", "Opening")
CLOSING: Final = Text("期末", "Closing")
INCREASE: Final = Text("本月增加", "In this month")
DECREASE: Final = Text("本月减少", "Out this month")
TOTAL: Final = Text("合计", "Total")
HOUSEHOLDS: Final = Text("户数", "Households")
PERSONS: Final = Text("人数", "Persons")
SHARE: Final = Text("占比", "Share")
FILED_TOTAL: Final = Text("建档立卡户合计", "Filed households, total")
STOCK: Final = Text("类别", "Stock")
UNIT_HOUSEHOLDS: Final = Text("单位：户", "Unit: households")
UNIT_PERSONS: Final = Text("单位：人", "Unit: persons")
UNIT_HOUSEHOLDS_AND_PERSONS: Final = Text("单位：户、人", "Unit: households, persons")
UNIT_HOUSEHOLDS_AND_VILLAGES: Final = Text("单位：户、村", "Unit: households, villages")
AS_OF: Final = Text("数据日期：{year}年{month}月{day}日", "As of {iso}")
OF_MONTH: Final = Text("{year}年{month}月", "{year}-{month:02d}")
KNOWN_AT: Final = Text("（截至{moment}已录入）", " (as known on {moment})")
COMPILED_FOR: Final = Text("填报单位：{name}", "County: {name}")

# --- sheets -----------------------------------------------------------------------------------------------------------
SHEET_SUMMARY: Final = Text("总表", "Summary")
SHEET_STOCK: Final = {
    ("not_lifted", "households"): Text("未脱贫户数", "Not lifted, households"),
    ("not_lifted", "persons"): Text("未脱贫人数", "Not lifted, persons"),
    ("lifted", "households"): Text("已脱贫户数", "Lifted, households"),
    ("lifted", "persons"): Text("已脱贫人数", "Lifted, persons"),
    ("monitored", "households"): Text("监测对象户数", "Monitored, households"),
    ("monitored", "persons"): Text("监测对象人数", "Monitored, persons"),
}
SHEET_CAUSES: Final = Text("致贫原因", "Causes")
SHEET_COVERAGE: Final = Text("结对覆盖", "Coverage")
PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")

# --- causes -----------------------------------------------------------------------------------------------------------
CAUSES_TITLE: Final = Text("致贫原因情况统计表", "Causes of poverty")
MAIN_CAUSE: Final = Text("主要致贫原因（建档立卡户）", "Main cause, filed households")
MAIN_CAUSE_NOT_LIFTED: Final = Text("主要致贫原因（其中未脱贫户）", "Main cause, of them not lifted")
OTHER_CAUSE: Final = Text("其他致贫原因（建档立卡户，一户可有两个）", "Other causes, filed households (up to two each)")
NOT_STATED: Final = Text("未填写", "Not stated")

# --- coverage ---------------------------------------------------------------------------------------------------------
COVERAGE_TITLE: Final = Text("结对帮扶和驻村覆盖情况", "Coverage by helpers and village teams")
MUST_BE_PAIRED: Final = Text("应结对户数", "Households to be paired")
WITHOUT_HELPER: Final = Text("无帮扶责任人户数", "Households without a helper")
UNIT_STANDS_IN: Final = Text("单位暂代户数", "Households with a unit standing in")
VILLAGES: Final = Text("行政村数", "Villages")
WITHOUT_TEAM: Final = Text("无驻村工作队村数", "Villages without a team")

# --- chart ------------------------------------------------------------------------------------------------------------
CHART_TITLE: Final = Text(
    "{name}各乡镇期末户数（{year}年{month}月）", "{name}: households at the end of {year}-{month:02d}"
)
CHART_AXIS: Final = Text("户", "households")
CHART_DESCRIPTION: Final = Text(
    "各乡镇未脱贫、已脱贫和监测对象期末户数柱状图", "Bars: households not lifted, lifted and monitored by township"
)

# --- mail -------------------------------------------------------------------------------------------------------------
MAIL_SUBJECT: Final = Text(
    "{name}{year}年{month}月建档立卡动态管理明白账", "{name}: clear account of dynamic management, {year}-{month:02d}"
)
MAIL_INTRODUCTION: Final = Text(
    "以下是{name}{year}年{month}月建档立卡动态管理明白账，数据日期为{as_of}。",
    "This is the clear account of dynamic management of {name} for {year}-{month:02d}, as of {as_of}.",
)
DATE: Final = Text("{year}年{month}月{day}日", "{iso}")
MAIL_SENTENCE: Final = Text(
    "{stock}：期初{opening_households}户{opening_persons}人，增加{in_households}户{in_persons}人，"
    "减少{out_households}户{out_persons}人，期末{closing_households}户{closing_persons}人。",
    "{stock}: opening {opening_households} households / {opening_persons} persons, in {in_households} / {in_persons}, "
    "out {out_households} / {out_persons}, closing {closing_households} / {closing_persons}.",
)
MAIL_COVERAGE: Final = Text(
    "应结对{households}户，其中{without}户没有帮扶责任人；{villages}个行政村，其中{no_team}个没有驻村工作队。",
    "{households} households are to be paired, {without} of them have no helper; of {villages} villages, {no_team} "
    "have no team.",
)
MAIL_CARRIED: Final = Text(
    "注意：{stock}上月报表期末为{former_households}户{former_persons}人，本月期初为{households}户{persons}人。"
    "上月报表完成后补录了以前月份的变动。",
    "Note: {stock} closed at {former_households} households / {former_persons} persons in last month's report and "
    "opens at {households} / {persons}. Changes of earlier months were recorded after that report.",
)
MAIL_CARRIED_BELOW: Final = Text(
    "注意：{number}个乡镇、村的期初与上月报表期末不同。上月报表完成后补录了以前月份的变动。",
    "Note: {number} townships and villages open at other figures than they closed at in last month's report. Changes "
    "of earlier months were recorded after that report.",
)
STOCK_EXPLAINED: Final = Text("{stock}：{explanation}", "{stock}: {explanation}")
MAIL_COUNTY_TABLE: Final = Text("全县增减情况", "The county")
MAIL_TOWNSHIP_TABLE: Final = Text("各乡镇期末情况", "Closing figures by township")
MAIL_CAUSE_TABLE: Final = Text("主要致贫原因（建档立卡户，全县）", "Main causes of filed households, whole county")
MAIL_LINK: Final = Text(
    "登录系统查看各村数字、各村致贫原因并下载工作簿：", "Sign in for figures and causes by village and the workbook:"
)
MAIL_FOOTER: Final = Text(
    "本邮件由系统自动发送，不含任何个人信息，请勿直接回复。工作簿见附件。",
    "Sent automatically. This mail holds no person's data. The workbook is attached.",
)
SENDER: Final = Text("建档立卡登记系统", "Registry of filed poverty households")

# --- any report ----------------------------------------------------------------------------------------------
COMPILED_IN: Final = Text("填报单位：{name}", "Area: {name}")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
ENUMERATION: Final = Text("、", ", ")
NOTE: Final = Text("说明：{note}", "Note: {note}")
ITEM: Final = Text("项目", "Item")
VALUE: Final = Text("内容", "Value")
NO_ROWS: Final = Text("没有符合条件的记录。", "No rows.")
SHEET_GOES_ON: Final = Text("{name}（{number}）", "{name} ({number})")
