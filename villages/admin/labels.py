"""Codes as people read them, for the pages of this app and of those above it.

A column of a list, a page or an inline that would show a code is made here, named `<what>_label`:

    class MemberInline(TenantTabularInline):
        fields = ("relation_label", "starts_on")
        relation_label = code_label(Membership, "relation_code", "relation")
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model

from registry.domain.codes import code_list

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin


def labels_of(schemes: str | Sequence[str], codes: str | Iterable[str]) -> str:
    """Give today's labels of one or several codes, each from the first list that holds it; an unknown one as it is."""
    lists = [code_list(scheme) for scheme in ([schemes] if isinstance(schemes, str) else schemes)]
    several = [codes] if isinstance(codes, str) else codes
    return ", ".join(
        next((held for held in lists if code in held), lists[0]).label_of(code) for code in several if code
    )


def code_label(model: type[Model], name: str, *schemes: str) -> "Callable[[BaseModelAdmin[Any], Model], str]":
    """Make the column that shows a field of codes by its labels, under the field's own heading and in its order.

    Several `schemes` are for a field that holds codes of several lists, none of which stands in two of them.
    """

    # Django prefers a model's field to a page's attribute of the same name: the column needs a name of its own.
    @admin.display(description=getattr(model._meta.get_field(name), "verbose_name", name), ordering=name)
    def column(page: "BaseModelAdmin[Any]", record: Model) -> str:
        return labels_of(schemes, getattr(record, name) or ()) or str(page.get_empty_value_display())

    return column
