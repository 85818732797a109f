"""The rules as they stand in the county, and the page of one with the figures that the county sets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quality.admin.forms import ParameterForm
from quality.definitions.rules import ENABLED
from quality.domain.parameters import find_rule, set_parameter, version_of
from quality.enums import Severity
from quality.queries.parameters import parameters_of, rules_shown
from quality.queries.sentences import remedy_of, wrong_of
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import actor_at, site
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def rules_page(request: HttpRequest) -> HttpResponse:
    """List every rule with its sentence, whether it is asked, and the county's own figures."""
    shown = rules_shown(today().year)
    context = site.each_context(request) | {
        "title": gettext("Rules"),
        "rules": [(one, wrong_of(one.rule, one.values)) for one in shown],
    }
    return TemplateResponse(request, "quality/admin/rules.html", context)


def rule_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one rule, and set a figure of it from a year on."""
    actor, rule = actor_at(request), find_rule(code)
    names = [*rule.parameters, *([ENABLED] if rule.severity != Severity.REFUSE else [])]
    rows = parameters_of(rule)
    initial = {"version": version_of(rows), "from_year": today().year}
    form = ParameterForm(names, request.POST) if request.method == "POST" else ParameterForm(names, initial=initial)
    if request.method == "POST" and form.is_valid() and _was_set(code, form, actor):
        messages.success(request, _("The figure was set; the next run asks with it."))
        return HttpResponseRedirect(reverse("admin:quality-rule", args=[code]))
    (shown,) = (one for one in rules_shown(today().year) if one.rule.code == code)
    context = site.each_context(request) | {
        "title": f"{rule.code} {wrong_of(rule, shown.values)}",
        "shown": shown,
        "remedy": remedy_of(rule, shown.values),
        "rows": rows,
        "form": form if names and allowed(actor, "quality.set_parameters") else None,
    }
    return TemplateResponse(request, "quality/admin/rule.html", context)


def _was_set(code: str, form: ParameterForm, actor: Actor) -> bool:
    try:
        with savepoint():
            set_parameter(code, actor=actor, **form.cleaned_data)
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True
