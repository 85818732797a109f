"""Columns of the lists of training and public-welfare posts.

Source: steps of training that the programme names (order, course, attendance, certificate, job); item 公益性岗位 of the
household form.
"""

from typing import Final

from reports.definitions.assistance_lists import UNIT_YUAN, UNTIL_NOTE
from reports.definitions.register_columns import (
    DOCUMENT,
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
    text,
    yuan,
)
from reports.definitions.text import Text

TRAINING: Final = ListDefinition(
    title=Text("培训台账", "Training"),
    columns=(
        TOWNSHIP,
        VILLAGE,
        HOUSEHOLD,
        NAME,
        DOCUMENT,
        KIND,
        MONITORING,
        text("course_name", "培训班", "Course", 20),
        code("kind_code", "培训类型", "Kind of training", "training_kind"),
        text("organiser", "主办单位", "Organiser", 18),
        day("starts_on", "开始日期", "First day"),
        day("last_on", "结束日期", "Last day"),
        count("day_count", "授课天数", "Days of teaching"),
        count("attended_days", "到课天数", "Days attended"),
        code("certificate_kind_code", "证书类型", "Kind of certificate", "training_certificate"),
        text("certificate_number", "证书编号", "Certificate number", 18),
        day("certified_on", "发证日期", "Certified on"),
        text("employer", "订单企业", "Ordered by", 18),
        code("outcome_code", "就业情况", "What it led to", "training_outcome"),
    ),
    notes=(NOT_WITHDRAWN,),
)
POSTS: Final = ListDefinition(
    title=Text("公益性岗位台账", "Public-welfare posts"),
    columns=(
        TOWNSHIP,
        VILLAGE,
        text("post_name", "岗位名称", "Post", 16),
        code("kind_code", "岗位类型", "Kind of post", "public_post"),
        code("funding_code", "资金来源", "Source of the money", "funding_source", 16),
        yuan("monthly_yuan", "月补助标准", "Pay a month"),
        count("seat_number", "席位", "Seat", 6),
        NAME,
        DOCUMENT,
        HOUSEHOLD,
        day("starts_on", "上岗日期", "From"),
        day("ends_on", "到期日期", "Until"),
        count("paid_months", "本年已发月数", "Months paid this year"),
        yuan("paid_yuan", "本年已发金额", "Paid this year"),
    ),
    notes=(
        UNTIL_NOTE,
        Text("空缺的席位没有姓名。", "A seat without a name is vacant."),
    ),
    added_up=("paid_months", "paid_yuan"),
    unit=UNIT_YUAN,
)
