"""Verbs whose form is a draft: one that enters a row below a record, and one that amends the row."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Draft = Callable[..., Any]


def entering(
    name: str, label: str | Promise, action: str, *, form: type[SiteForm], draft: Draft, enter: Draft, **more: Any
) -> Verb:
    """Make the verb of a record's page that enters a row below it: `enter(record's id, draft, actor)`."""

    def run(record: Model, values: dict[str, Any], actor: Actor) -> object:
        return enter(record.pk, draft(**values), actor=actor)

    return Verb(name, label, action, run=run, form=form, **more)


def amending(
    action: str, *, form: type[SiteForm], draft: Draft, amend: Draft, anew: Collection[str] = (), **more: Any
) -> Verb:
    """Make the verb of a row's page that shows what is on file and amends it: `amend(id, draft, actor, version)`.

    The fields `anew` are not shown and typed anew.
    """
    named = type(f"Versioned{form.__name__}", (form, VersionedForm), {})

    def run(row: Model, values: dict[str, Any], actor: Actor) -> object:
        version = values.pop("version")
        return amend(row.pk, draft(**values), actor=actor, version=version)

    def initial(row: Model) -> dict[str, Any]:
        return {name: getattr(row, name) for name in form.base_fields if name not in anew}

    return Verb("amend", _("Amend"), action, run=run, form=named, icon="edit", initial=initial, **more)


def count_field(
    label: "str | _StrPromise", *, required: bool = False, help_text: "str | _StrPromise" = ""
) -> forms.IntegerField:
    """Ask for a number of persons, households or things."""
    return forms.IntegerField(label=label, min_value=0, max_value=10_000_000, required=required, help_text=help_text)


def degrees_field(label: "str | _StrPromise") -> forms.DecimalField:
    """Ask for a longitude or latitude."""
    return forms.DecimalField(
        label=label,
        max_digits=9,
        decimal_places=6,
        required=False,
        help_text=_("Degrees with a decimal point, for example 91.132212."),
    )


def day_field(
    label: "str | _StrPromise", *, required: bool = False, help_text: "str | _StrPromise" = ""
) -> forms.DateField:
    """Ask for a day."""
    return forms.DateField(label=label, required=required, help_text=help_text)
