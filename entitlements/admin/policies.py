"""The policies as they stand in the county, and the page of one with the figures that the county sets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from entitlements.admin.forms import FigureForm
from entitlements.definitions.policies import ENABLED
from entitlements.domain.figures import find_policy, set_figure, version_of
from entitlements.enums import EntitlementKind
from entitlements.queries.policies import own_figures_of, own_id_of, policies_shown
from entitlements.queries.words import figure_name, found_by, policy_name, source_of
from registry.access import allowed
from registry.admin.forms import add_refusal
from registry.admin.site import actor_at, site
from registry.lib.errors import DomainError, NotAllowed
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def policies_page(request: HttpRequest) -> HttpResponse:
    """List every policy with what it finds, and whether it is asked."""
    context = site.each_context(request) | {
        "title": gettext("Policies"),
        "may_add": allowed(actor_at(request), "entitlements.set_figures"),
        "policies": [
            (
                one,
                policy_name(one.policy.code, {one.policy.code: one.policy}),
                found_by(one.policy, EntitlementKind.DUE_NOT_RECEIVED, one.values),
                found_by(one.policy, EntitlementKind.RECEIVED_NOT_DUE, one.values),
            )
            for one in policies_shown(today().year)
        ],
    }
    return TemplateResponse(request, "entitlements/admin/policies.html", context)


def policy_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one policy, and set a figure of it from a year on."""
    actor, policy = actor_at(request), find_policy(code)
    names, rows = [*policy.figures, ENABLED], own_figures_of(policy)
    initial = {"version": version_of(rows), "from_year": today().year}
    form = FigureForm(names, request.POST) if request.method == "POST" else FigureForm(names, initial=initial)
    if request.method == "POST" and form.is_valid() and _was_set(code, form, actor):
        messages.success(request, gettext("The figure was set; the next run asks with it."))
        return HttpResponseRedirect(reverse("admin:policy", args=[code]))
    (shown,) = (one for one in policies_shown(today().year) if one.policy.code == code)
    context = site.each_context(request) | {
        "title": policy_name(policy.code),
        "shown": shown,
        "source": source_of(policy),
        "due": found_by(policy, EntitlementKind.DUE_NOT_RECEIVED, shown.values),
        "received": found_by(policy, EntitlementKind.RECEIVED_NOT_DUE, shown.values),
        "figures": [(figure_name(one.name), one) for one in shown.figures],
        "rows": [(figure_name(row.name), row) for row in rows],
        "form": form if allowed(actor, "entitlements.set_figures") else None,
        "own_id": own_id_of(code) if allowed(actor, "entitlements.set_figures") else None,
    }
    return TemplateResponse(request, "entitlements/admin/policy.html", context)


def _was_set(code: str, form: FigureForm, actor: Actor) -> bool:
    try:
        with savepoint():
            set_figure(code, actor=actor, **form.cleaned_data)
    except NotAllowed:
        raise  # who may not set it is shown no form at which the refusal could stand
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True
