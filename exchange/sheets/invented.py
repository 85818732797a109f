"""An invented county: a roster of any size in the shape that offices exchange, the same each time.

Every person is made up: identity numbers begin with 5499, which no county has, phones with 179, which is not given out.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from exchange.sheets.columns import BY_NAME, LENIENT
from registry.lib.idcard import check_character

# Shares of household sizes 1 to 7 in percent; the mean is 4.19 persons.
_SIZES: Final = (5, 11, 17, 24, 21, 14, 8)
_LIFTED_SHARE: Final = 0.815
_MONITORED_SHARE: Final = 0.045
_DISABLED_SHARE: Final = 0.05
_HOUSEHOLDS_OF_A_HELPER: Final = 8
_UNITS: Final = 40
_MARRIAGE_AGE: Final = 18
_SCHOOL_AGE: Final = 7
_WORKING_AGE: Final = 60
_SYLLABLES: Final = ("扎西", "卓玛", "平措", "央金", "索朗", "德吉", "次仁", "白玛", "普布", "拉姆", "罗布", "曲珍")
_CAUSES: Final = ("因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力", "缺资金", "交通条件落后")
_SCHOOLS: Final = ("小学", "小学", "小学", "小学", "小学", "小学", "七年级", "八年级", "九年级", "普通高中一年级",
                   "普通高中二年级")  # fmt: skip
_EDUCATIONS: Final = ("文盲或半文盲", "文盲或半文盲", "小学", "小学", "初中", "高中", "大专")
_SKILLS: Final = ("普通劳动力", "普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
_HEALTHS: Final = ("健康",) * 16 + ("长期慢性病", "长期慢性病", "患有大病")
# A roster as offices exchange it has no more columns of persons than these: what is lenient stands on the member form.
_LEFT_OUT: Final = LENIENT | {"employer", "graduate_unemployed_reason", "birth_on", "account", "bank_name", "address",
                              "other_cause_2", "monitored_on", "risk_removed_on", "helper_starts_on"}  # fmt: skip

COLUMNS: Final = tuple(name for name in BY_NAME if name not in _LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Village:
    """A village for which households are invented."""

    code: str
    name: str
    township_name: str


@dataclass(slots=True)
class _Invention:
    """The state of one invented county."""

    county_code: str
    villages: Sequence[Village]
    data_date: date
    dice: random.Random
    serials: dict[tuple[str, int], int] = field(default_factory=dict)

    def document(self, birth_on: date, sex: int) -> str:
        """Make an identity number that was not given before; odd serials are men."""
        born = birth_on.strftime("%Y%m%d")
        serial = self.serials.get((born, sex), sex)
        self.serials[born, sex] = serial + 2
        body = f"5499{self.county_code[4:6]}{born}{serial:03}"
        return body + check_character(body)

    def birth(self, age: int) -> date:
        """Give a day of birth for an age at the data date."""
        year = self.data_date.year - age
        return date(year, 1, 1) + timedelta(days=self.dice.randrange(300))


def invented_rows(
    county_code: str, villages: Sequence[Village], *, households: int, data_date: date, seed: int = 1
) -> Iterator[list[str]]:
    """Give the header and the rows of persons of an invented county.

    Raises: ValueError when so many are asked for that identity numbers run out.
    """
    made = _Invention(county_code, villages, data_date, random.Random(seed))  # noqa: S311 - repeatable, and no secret
    yield [BY_NAME[name].label for name in COLUMNS]
    for number in range(1, households + 1):
        yield from _household(made, number)


def invented_csv(
    county_code: str, villages: Sequence[Village], *, households: int, data_date: date, seed: int = 1
) -> bytes:
    """Write an invented county as a .csv file in UTF-8 with BOM."""
    text = io.StringIO(newline="")
    rows = invented_rows(county_code, villages, households=households, data_date=data_date, seed=seed)
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _household(made: _Invention, number: int) -> Iterator[list[str]]:
    dice = made.dice
    size = dice.choices(range(1, 8), _SIZES)[0]
    common = _common(made, number, size)
    head_age = dice.randint(28, 70)
    for place in range(1, size + 1):
        relation, age, sex = _member(dice, place, head_age)
        row = common | _person(made, age, sex) | {"relation": relation}
        row["person_number"] = f"{made.county_code[:6]}{number:08}{place:02}"
        row["person_phone"] = f"179{number % 10**6:06}{place:02}" if age >= _MARRIAGE_AGE else ""
        yield [row.get(name, "") for name in COLUMNS]


def _common(made: _Invention, number: int, size: int) -> dict[str, str]:
    """Give what all members of a household share."""
    dice, village = made.dice, made.villages[(number * 7) % len(made.villages)]
    is_lifted, is_monitored = dice.random() < _LIFTED_SHARE, dice.random() < _MONITORED_SHARE
    kind = dice.choice(("一般", "一般", "低保", "特困供养")) + ("脱贫户" if is_lifted else "贫困户")
    causes = dice.sample(_CAUSES, 2)
    helper = number % max(1, len(made.villages) * _HOUSEHOLDS_OF_A_HELPER // 2)
    return {
        "data_date": made.data_date.isoformat(),
        "township_name": village.township_name,
        "village_name": village.name,
        "village_code": village.code,
        "group_name": f"{dice.randint(1, 5)}组",
        "household_number": f"{made.county_code[:6]}{number:08}",
        "person_count": str(size),
        "standard": "国家标准",
        "attribute": kind,
        "main_cause": causes[0],
        "other_cause_1": causes[1] if dice.random() < 0.4 else "",
        "dangerous_housing": "否",
        "safe_water": "是",
        "net_per_head": f"{dice.uniform(4200, 12000):.2f}" if is_lifted else f"{dice.uniform(2600, 3900):.2f}",
        "household_phone": f"179{number % 10**8:08}",
        "identified_on": dice.choice(("2014-01", "2015年12月", "201612", "2017/12/01", "2017.12.01")),
        "household_kind": "脱贫户" if is_lifted else "贫困户",
        "monitoring_category": "脱贫不稳定户" if is_monitored and is_lifted else "",
        "risk_removed": "否" if is_monitored and is_lifted else "",
        "helper_name": f"示例干部{helper:03}",
        "helper_unit_name": f"示例单位{helper % _UNITS:02}",
        "helper_phone": f"1793{helper:07}",
    }


def _member(dice: random.Random, place: int, head_age: int) -> tuple[str, int, int]:
    """Give relation, age and sex (1 a man, 0 a woman) of the member at a place."""
    if place == 1:
        return "户主", head_age, dice.randint(0, 1)
    if place == 2:
        return "配偶", max(_MARRIAGE_AGE, head_age + dice.randint(-6, 6)), dice.randint(0, 1)
    if place % 3 == 0:
        sex = dice.randint(0, 1)
        return ("之子" if sex else "之女"), dice.randint(0, max(1, head_age - 20)), sex
    sex = dice.randint(0, 1)
    return ("之父" if sex else "之母"), min(95, head_age + dice.randint(18, 30)), sex


def _person(made: _Invention, age: int, sex: int) -> dict[str, str]:
    dice, birth_on = made.dice, made.birth(age)
    document = made.document(birth_on, sex)
    is_disabled = age > _MARRIAGE_AGE and dice.random() < _DISABLED_SHARE
    in_school = _SCHOOL_AGE <= age < _SCHOOL_AGE + len(_SCHOOLS)
    is_worker = _MARRIAGE_AGE <= age < _WORKING_AGE and not is_disabled
    works_away = is_worker and dice.random() < 0.3
    earliest = max(date(2014, 1, 1), birth_on.replace(day=1))
    return {
        "name": "".join(dice.sample(_SYLLABLES, 2)),
        "sex": "男" if sex else "女",
        "document_number": f'="{document}{dice.randint(1, 7)}{dice.randint(1, 4)}"'
        if is_disabled
        else f'="{document}"',
        "education": "" if in_school or age < _SCHOOL_AGE else dice.choice(_EDUCATIONS),
        "school": _SCHOOLS[age - _SCHOOL_AGE] if in_school else ("学龄前儿童" if age < _SCHOOL_AGE else ""),
        "health": "残疾" if is_disabled else dice.choice(_HEALTHS),
        "skill": dice.choice(_SKILLS) if is_worker else "无劳动力",
        "work_place": "示例省示例市示例区" if works_away else "",
        "work_months": str(dice.randint(1, 10)) if works_away else "",
        "has_basic_medical": "是",
        "has_serious_illness_cover": "是",
        "starts_on": earliest.strftime(dice.choice(("%Y-%m", "%Y年%m月", "%Y%m"))),
    }
