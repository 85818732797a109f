"""Wordings of the mail that holds a link alone."""

from typing import Final

from reports.definitions.text import Text

LINK_SUBJECT: Final = Text("{title}（{about}）已生成", "{title} ({about}) is ready")
LINK_SENTENCE: Final = Text(
    "{title}（{about}）已生成，请登录系统查看和下载：", "{title} ({about}) is ready. Sign in to read and download it:"
)
ANNOUNCED_SUBJECT: Final = Text("{title}（{about}）可以查看", "{title} ({about}) can be made now")
ANNOUNCED_SENTENCE: Final = Text(
    "{title}（{about}）含个人信息，不随邮件发送。请登录系统，按本人管辖范围生成并下载：",
    "{title} ({about}) holds persons, who are in no mail. Sign in to make and download it for your own area:",
)
LINK_FOOTER: Final = Text(
    "本邮件由系统自动发送，不含任何数据，请勿直接回复。", "Sent automatically. This mail holds no data."
)
