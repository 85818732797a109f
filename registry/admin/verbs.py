"""Verbs: what can be done to one record besides amending it, each a button that leads to a page with one form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.access import allowed, require
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page, secret_page
from registry.admin.site import actor_at
from registry.lib.periods import today
from registry.tenancy.context import Actor

FIRST_YEAR: Final = 2000
Run = Callable[[Any, dict[str, Any], Actor], object]
Facts = Callable[[Any, int], dict[str, Any]]
Reveal = Callable[[Any, str, Actor], str]


class NothingForm(SiteForm):
    """A verb that needs nothing but to be confirmed."""


class ReasonForm(SiteForm):
    """A verb that needs a reason, which the audit trail keeps."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)


def _always(record: object) -> bool:
    return True


def _own_version(record: object) -> int | None:
    return getattr(record, "version", None)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: `run(record, values, actor)` calls one domain function; `offered` says when there is a button.

    Where `secret` names what `run` gives back, it is shown once instead of the message that it was done. A form with a
    hidden field `version` gets the version that the person saw; `version` says of what, where it is not the record's.
    `facts(record, year)` makes a form of one year: the page asks for the year first, and shows what is on file for it,
    so that whoever corrects one fact does not empty the others; `initial(record)` does so for a form of the record.
    `done` is the message that follows, where it is not that all is done. With `opens`, `run` gives back a record on
    which work goes on, and its page follows.
    """

    name: str
    label: str | Promise
    action: str
    run: Run
    form: type[SiteForm] = NothingForm
    offered: Callable[[Any], bool] = _always
    intro: str | Promise = ""
    icon: str = "play_arrow"
    secret: str | Promise = ""
    danger: bool = False
    version: Callable[[Any], int | None] = _own_version
    facts: Facts | None = None
    initial: Callable[[Any], dict[str, Any]] | None = None
    done: str | Promise = ""
    opens: bool = False


def reveal(
    name: str, label: str | Promise, action: str, show: Reveal, *, offered: Callable[[Any], bool] = _always
) -> Verb:
    """Make the verb that shows a sealed value in full: it takes a right and a reason and is audited by `show`."""

    def run(record: object, values: dict[str, Any], actor: Actor) -> str:
        return show(record, values["reason"], actor)

    return Verb(
        name, label, action, run, form=ReasonForm, offered=offered, intro=REVEAL_INTRO, icon="visibility", secret=label
    )


REVEAL_INTRO: Final = _("The value is shown once. Your name, the moment and the reason are kept in the audit trail.")


def offered_verbs(verbs: tuple[Verb, ...], record: Model, actor: Actor) -> list[Verb]:
    """Give the verbs that this person may do to this record now."""
    return [verb for verb in verbs if allowed(actor, verb.action, record) and verb.offered(record)]


def verb_page(request: HttpRequest, verb: Verb, record: Model) -> HttpResponse:
    """Show the form of a verb and do it."""
    actor = actor_at(request)
    require(actor, verb.action, record)
    back = _page_of(record)

    def submit(values: dict[str, Any]) -> HttpResponse:
        result = verb.run(record, values, actor)
        if verb.secret:
            return secret_page(request, title=verb.label, label=verb.secret, secret=str(result), back=back)
        messages.success(request, str(verb.done or _("Done.")))
        return HttpResponseRedirect(_page_of(result) if verb.opens and isinstance(result, Model) else back)

    page = FormPage(verb.label, back, verb.intro, button=verb.label, danger=verb.danger)
    initial: dict[str, Any] = {"version": verb.version(record)} | (verb.initial(record) if verb.initial else {})
    context: dict[str, Any] = {"record": str(record)}
    if verb.facts is not None:
        year = year_shown(request)
        initial |= {"year": year} | verb.facts(record, year)
        context |= {"year": year, "first_year": FIRST_YEAR, "this_year": today().year}
    return form_page(request, page, verb.form, submit, initial=initial, context=context)


def _page_of(record: Model) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def year_shown(request: HttpRequest) -> int:
    """Give the year of the form that was sent, else that of the address; this one where neither can be."""
    text = request.POST.get("year", "") or request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    return year if FIRST_YEAR <= year <= today().year else today().year
