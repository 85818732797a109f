"""Links to records, for the inlines of this app: on a phone the name itself is what people touch."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin


def link_column(model: type[Model], name: str) -> "Callable[[BaseModelAdmin[Any], Model], str]":
    """Make the column that shows a field of a record as a link to its page."""
    meta = model._meta

    @admin.display(description=getattr(meta.get_field(name), "verbose_name", name), ordering=name)
    def column(page: "BaseModelAdmin[Any]", record: Model) -> str:
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
        return format_html('<a class="underline" href="{}">{}</a>', address, getattr(record, name))

    return column
