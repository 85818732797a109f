"""Form fields that offer a code list, for this app and those above it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import RecordForm, SiteForm, dress
from registry.domain.codes import code_list

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

YES_NO = ((None, _("Not known")), (True, _("Yes")), (False, _("No")))


def _choices(scheme: str, *, empty: bool, parent: str | None = None) -> Callable[[], list[tuple[str, str]]]:
    """Read the list when the form is shown, in the reader's language."""

    def choices() -> list[tuple[str, str]]:
        listed = code_list(scheme)
        codes = listed.entries if parent is None else listed.children_of(parent)
        return [*([("", "–")] if empty else []), *((code, listed.label_of(code)) for code in codes)]

    return choices


def code_field(
    scheme: str,
    label: "str | _StrPromise",
    *,
    required: bool = False,
    parent: str | None = None,
    help_text: "str | _StrPromise" = "",
) -> forms.ChoiceField:
    """Make the field of one code of a list, or of those below `parent`."""
    choices = _choices(scheme, empty=True, parent=parent)
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=help_text)


def codes_field(
    scheme: str, label: "str | _StrPromise", *, help_text: "str | _StrPromise" = ""
) -> forms.MultipleChoiceField:
    """Make the field of several codes of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=_choices(scheme, empty=False),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def yes_no_field(label: "str | _StrPromise") -> forms.NullBooleanField:
    """Make a field that knows yes, no and not known."""
    return forms.NullBooleanField(label=label, required=False, widget=forms.NullBooleanSelect)


def yuan_field(label: "str | _StrPromise") -> forms.DecimalField:
    """Make the field of an amount."""
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, required=False)


def year_field() -> forms.IntegerField:
    """Make the hidden field of the year whose facts a form shows: the page lets people choose it."""
    return forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, widget=forms.HiddenInput)


def label_of(model: type[Model], name: str) -> str:
    """Give the label of a model's field, so that one word stands on both pages."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


class DressedForm(RecordForm):
    """A record's form with fields of its own beside the model's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class VersionedForm(SiteForm):
    """A verb's form that is refused when the record changed since it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
