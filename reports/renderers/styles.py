"""The look of the workbook's cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from reports.enums import Level
from reports.renderers.xlsx_looks import FONT

_BASE: Final = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_CELL: Final = {**_BASE, "border": 1, "border_color": "#8c8c8c"}
_SHADE: Final = {Level.COUNTY: "#e8eef7", Level.TOWNSHIP: "#f5f7fa"}
_WHOLE: Final = "#,##0;[Red]-#,##0;0"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook, by what they are for."""

    title: Format
    meta_left: Format
    meta_centre: Format
    meta_right: Format
    head: Format
    note: Format
    code: Mapping[str, Format]
    name: Mapping[str, Format]
    number: Mapping[str, Format]
    share: Mapping[str, Format]


def styles(workbook: Workbook) -> Styles:
    """Make the formats of a workbook."""

    def add(**properties: object) -> Format:
        return workbook.add_format(properties)

    def by_level(**properties: object) -> dict[str, Format]:
        return {level: add(**_CELL, **_of_level(level), **properties) for level in Level.values}

    return Styles(
        title=add(**{**_BASE, "font_name": "黑体", "font_size": 16, "bold": True, "align": "center"}),
        meta_left=add(**_BASE, align="left"),
        meta_centre=add(**_BASE, align="center"),
        meta_right=add(**_BASE, align="right"),
        head=add(**_CELL, bold=True, align="center", text_wrap=True, bg_color="#d9e2f0"),
        note=add(**_BASE, text_wrap=True, align="left"),
        code=by_level(align="center", num_format="@"),
        name={
            level: add(**_CELL, **_of_level(level), align="left", indent=indent)
            for level, indent in ((Level.COUNTY, 0), (Level.TOWNSHIP, 1), (Level.VILLAGE, 2))
        },
        number=by_level(align="right", num_format=_WHOLE),
        share=by_level(align="right", num_format="0.0%"),
    )


def _of_level(level: str) -> dict[str, object]:
    shade = _SHADE.get(Level(level))
    return {"bold": level == Level.COUNTY, **({"bg_color": shade} if shade else {})}
