"""Demonstration households, for their own list alone: no rule, worklist or order asks here."""

from typing import Any

from django.db.models import F, QuerySet

from partners.models import DemonstrationMark


def marks_on_list() -> "QuerySet[DemonstrationMark]":
    """Give the marks of the area, the latest first, withdrawn ones too."""
    return DemonstrationMark.objects.select_related("household").order_by("-marked_on", "id")


def mark_rows(rows: "QuerySet[DemonstrationMark]") -> "QuerySet[Any, Any]":
    """Give the columns of marks, by one query."""
    names = ("id", "household_id", "marked_on", "year", "net_per_head_yuan", "result", "withdrawn_on")
    joined = {"household_number": F("household__number"), "village_code": F("scope_code")}
    found: QuerySet[Any, Any] = rows.values(*names, "withdrawal_reason", "version", **joined)
    return found
