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
CAME: Final = Text("本期增加", "In")
WENT: Final = Text("本期减少", "Out")
LATE: Final = Text("补录以前月份", "Recorded late")
LATE_CAME: Final = Text("补录增加", "In, late")
LATE_WENT: Final = Text("补录减少", "Out, late")
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
SHEET_CATEGORIES: Final = Text("监测对象类别", "Categories")
SHEET_COVERAGE: Final = Text("结对覆盖", "Coverage")
PAGE: Final = Text("第 &P 页，共 &N 页", "Page &P of &N")

# --- causes -----------------------------------------------------------------------------------------------------------
CAUSES_TITLE: Final = Text("致贫原因情况统计表", "Causes of poverty")
MAIN_CAUSE: Final = Text("主要致贫原因（建档立卡户）", "Main cause, filed households")
MAIN_CAUSE_NOT_LIFTED: Final = Text("主要致贫原因（其中未脱贫户）", "Main cause, of them not lifted")
OTHER_CAUSE: Final = Text("其他致贫原因（建档立卡户，一户可有两个）", "Other causes, filed households (up to two each)")
MAIN_CAUSE_PERSONS: Final = Text("主要致贫原因（建档立卡人口）", "Main cause, persons of filed households")
MAIN_CAUSE_NOT_LIFTED_PERSONS: Final = Text(
    "主要致贫原因（其中未脱贫人口）", "Main cause, persons of households not lifted"
)
OTHER_CAUSE_PERSONS: Final = Text(
    "其他致贫原因（建档立卡人口，一户可有两个）", "Other causes, persons of filed households (up to two each)"
)
NUMBER: Final = Text("数量", "Number")
NOT_STATED: Final = Text("未填写", "Not stated")

# --- categories -------------------------------------------------------------------------------------------------------
CATEGORIES_TITLE: Final = Text("监测对象（风险未消除）类别情况", "Monitored, risk not removed, by category")
OF_THEM_FILED: Final = Text("：其中建档立卡户", ", of them filed")
FILED_HOUSEHOLDS: Final = Text("其中建档立卡户", "Of them filed, households")
FILED_PERSONS: Final = Text("其中建档立卡人口", "Of them filed, persons")

# --- coverage ---------------------------------------------------------------------------------------------------------
COVERAGE_TITLE: Final = Text("结对帮扶和驻村覆盖情况", "Coverage by helpers and village teams")
MUST_BE_PAIRED: Final = Text("应结对户数", "Households to be paired")
WITHOUT_HELPER: Final = Text("无帮扶责任人户数", "Households without a helper")
UNIT_STANDS_IN: Final = Text("单位暂代户数", "Households with a unit standing in")
VILLAGES: Final = Text("行政村数", "Villages")
WITHOUT_TEAM: Final = Text("无驻村工作队村数", "Villages without a team")

# --- chart ------------------------------------------------------------------------------------------------------------
CHART_TITLE: Final = Text("{name}各乡镇期末户数（{period}）", "{name}: households at the end of {period}")
CHART_AXIS: Final = Text("户", "households")
FLOWS_TITLE: Final = Text("{name}各乡镇建档立卡户增减（{period}）", "{name}: filed households in and out, {period}")
FLOWS_DESCRIPTION: Final = Text(
    "各乡镇建档立卡户增加（向右）和减少（向左）户数",
    "Bars: filed households that came (right) and went (left) by township",
)
TREND_TITLE: Final = Text("各期期末户数", "Households at the end of each period")
TREND_DESCRIPTION: Final = Text(
    "未脱贫、已脱贫和监测对象各期期末户数", "Lines: households not lifted, lifted and monitored"
)
CHART_DESCRIPTION: Final = Text(
    "各乡镇未脱贫、已脱贫和监测对象期末户数柱状图", "Bars: households not lifted, lifted and monitored by township"
)

# --- mail -------------------------------------------------------------------------------------------------------------
MAIL_SUBJECT: Final = Text(
    "{name}{period}建档立卡动态管理明白账", "{name}: clear account of dynamic management, {period}"
)
MAIL_INTRODUCTION: Final = Text(
    "以下是{name}{period}建档立卡动态管理明白账，数据日期为{as_of}。",
    "This is the clear account of dynamic management of {name} for {period}, as of {as_of}.",
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
LATE_NOTE: Final = Text(
    "补录：{stock}中，以前月份发生、在该月冻结后才录入的，增加{in_households}户{in_persons}人，减少{out_households}户{out_persons}人，"
    "记入本期，单列为“补录”。",
    "Recorded late: of {stock}, {in_households} households / {in_persons} persons came in and {out_households} / "
    "{out_persons} went out in earlier months, and were recorded after those months were frozen. They count in this "
    "period, in columns of their own.",
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
PIECE_OF: Final = Text("{title}（第{number}部分）", "{title} (part {number})")
PAGE_OF: Final = Text("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")
NO_GLYPH: Final = Text(
    "字体缺少的字以〓代替，依次为：{codes}。", "Characters that the font lacks are shown as 〓; they are: {codes}."
)
NO_DATA: Final = Text("没有数据", "No data")
CHART_ALT: Final = Text("{title}：{description}", "{title}: {description}")
CHART_CUT: Final = Text("{unit}（共{number}项，图中为前{shown}项）", "{unit} (the first {shown} of {number})")

# --- the mail of any report -------------------------------------------------------------------------------------------
REPORT_MAIL_SUBJECT: Final = Text("{area}{title}（{day}）", "{area}: {title}, {day}")
REPORT_MAIL: Final = Text("以下是{title}。", "This is the report: {title}.")
REPORT_MAIL_PERSONS: Final = Text(
    "{title}已生成。该报表含个人信息，不随邮件发送，请登录系统查看。",
    "The report is ready: {title}. It holds persons' data and is not mailed; sign in to read it.",
)
REPORT_MAIL_LINK: Final = Text("登录系统查看和下载：", "Sign in to read and download it:")
REPORT_MAIL_MORE: Final = Text(
    "邮件中只列出前{number}行，其余见附件或登录系统查看。", "The mail has the first {number} rows; the file has all."
)
REPORT_MAIL_FOOTER: Final = Text(
    "本邮件由系统自动发送，不含任何个人信息，请勿直接回复。", "Sent automatically. This mail holds no person's data."
)
