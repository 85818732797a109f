"""Wordings of the mail that holds a link alone."""

from typing import Final

from reports.definitions.text import Text

LINK_SUBJECT: Final = Text("{title}（{about}）已生成", "{title} ({about}) is ready")
LINK_SENTENCE: Final = Text(
    "{title}（{about}）已生成，请登录系统查看和下载：", "{title} ({about}) is ready. Sign in to read and download it:"
)
LINK_FOOTER: Final = Text(
    "本邮件由系统自动发送，不含任何数据，请勿直接回复。", "Sent automatically. This mail holds no data."
)

# --- a report of the catalogue ----------------------------------------------------------------------------------------
TABLE_SUBJECT: Final = Text("{title}（{about}）", "{title} ({about})")
TABLE_EMPTY: Final = Text("本期没有数据。", "There is nothing to show.")
TABLE_MORE: Final = Text(
    "仅显示前200行，完整内容见附件。", "The first 200 lines are shown; the file attached has all of them."
)
TABLE_LINK: Final = Text("登录系统查看：", "Sign in to read it there:")
TABLE_FOOTER: Final = Text(
    "本邮件由系统自动发送，不含任何个人信息，请勿直接回复。文件见附件。",
    "Sent automatically. This mail holds no person's data. The file is attached.",
)
