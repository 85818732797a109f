"""Workbooks told as plain values, to be compared cell by cell."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def told(content: bytes) -> dict[str, dict[str, Any]]:
    """Tell a workbook: each sheet with its cells, their looks, merges, widths, and how it is printed."""
    return {sheet.title: _sheet(sheet) for sheet in load_workbook(BytesIO(content)).worksheets}


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    return {
        "cells": {cell.coordinate: _cell(cell) for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell)},
        "merges": sorted(str(box) for box in sheet.merged_cells.ranges),
        "widths": {name: round(column.width, 2) for name, column in sheet.column_dimensions.items()},
        "heights": {number: row.height for number, row in sheet.row_dimensions.items() if row.height},
        "paper": (sheet.page_setup.orientation, sheet.page_setup.paperSize),
        "fit": (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight),
        "head": sheet.print_title_rows,
        "area": sheet.print_area,
        "footer": (sheet.oddHeader.center.text, sheet.oddFooter.center.text),
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "pictures": len(sheet._images),
    }


def _cell(cell: Cell) -> tuple[Any, ...]:
    return (
        cell.value,
        cell.data_type,
        cell.number_format,
        cell.font.name,
        cell.font.sz,
        cell.font.b,
        cell.fill.fgColor.rgb if cell.fill.fill_type else None,
        cell.alignment.horizontal,
        cell.alignment.wrap_text,
        cell.alignment.shrink_to_fit,
        cell.border.left.style,
    )
