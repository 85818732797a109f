"""The worklist of findings, and the page of one with what may be done about it."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quality.admin.forms import AnswerForm, AssignForm, AssignManyForm, DecisionForm, ExemptionForm, LineForm
from quality.domain.findings import (
    answer_as_recorded,
    assign_finding,
    assign_findings,
    decide_exemption,
    request_exemption,
)
from quality.domain.nightly import ask_run_by_hand
from quality.domain.suspicions import answer_line
from quality.enums import OPEN_STATES, ExemptionState, FindingState, Severity
from quality.models import Finding
from quality.queries.findings import OLD, counts_by, exemptions_of, finding_visible, requests_waiting, worklist
from quality.queries.shown import remedy_shown, rules_named, wrong_of_many, wrong_shown
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor

_ROWS: Final = 50
# By what the worklist is narrowed; kept from page to page. Those that name something are shown with a way out.
_FILTERS: Final = ("village", "rule", "severity", "state", "list", "mine", "late", "old", "asked")
_SHOWN: Final = frozenset({"village", "rule", "severity"})
# More than there are rules, or villages of a county: what is not listed could not be chosen.
_MOST_COUNTS: Final = 500

Verb = Callable[[UUID, Actor, dict[str, Any]], object]


def worklist_page(request: HttpRequest) -> HttpResponse:
    """List what has to be settled, the nearest deadline first; narrowed by village, rule, state or lateness."""
    actor, day = actor_at(request), today()
    state, severity = request.GET.get("state", ""), request.GET.get("severity", "")
    rows = worklist(
        actor,
        place=request.GET.get("village", ""),
        rule_code=request.GET.get("rule", ""),
        state=state if state in FindingState.values else "",
        list_id=_id_in(request.GET.get("list", "")),
        is_mine=bool(request.GET.get("mine")),
        is_late_on=day if request.GET.get("late") else None,
        is_asked=bool(request.GET.get("asked")),
        severity=severity if severity in Severity.values else "",
        seen_before=day - OLD if request.GET.get("old") else None,
    )
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    wrong = wrong_of_many(page)
    villages = counts_by(actor, "scope_code", on=day)[:_MOST_COUNTS]
    places = {*(count.key for count in villages), *(row.scope_code for row in page), request.GET.get("village", "")}
    names = division_names(places) | {one.value: str(one.label) for one in Severity}
    counted = counts_by(actor, "rule_code", on=day)[:_MOST_COUNTS]
    named = rules_named([count.key for count in counted], day.year)
    kept = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    context = site.each_context(request) | {
        "title": gettext("Findings"),
        "page": page,
        "rows": [(row, wrong[row.pk], names.get(row.scope_code, row.scope_code)) for row in page],
        "villages": [
            (names.get(count.key, count.key), count, urlencode(kept | {"village": count.key})) for count in villages
        ],
        "rules": [
            (named.get(count.key, gettext("Lines of lists from above")), count, urlencode(kept | {"rule": count.key}))
            for count in counted
        ],
        "kept": urlencode(kept),
        "narrowed": [
            (named.get(value, names.get(value, value)), urlencode({key: kept[key] for key in kept if key != name}))
            for name, value in kept.items()
            if name in _SHOWN
        ],
        "assign": AssignManyForm() if role_may(actor, "quality.assign") else None,
        "may_run": role_may(actor, "quality.run"),
        "asked_count": requests_waiting(actor).count(),
        "day": day,
    }
    return TemplateResponse(request, "quality/admin/findings.html", context)


def ask_run(request: HttpRequest) -> HttpResponse:
    """Run the rules now."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask_run_by_hand(actor=actor_at(request))
    messages.success(request, gettext("The rules are being run. Load this page again in a minute."))
    return HttpResponseRedirect(reverse("admin:findings"))


def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the findings that were ticked on the worklist to somebody, and lead back to the same narrowing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kept = QueryDict(request.POST.get("kept", ""))
    back = f"{reverse('admin:findings')}?{urlencode({name: kept[name] for name in _FILTERS if name in kept})}"
    form = AssignManyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "".join(str(one) for errors in form.errors.values() for one in errors))
        return HttpResponseRedirect(back)
    done = assign_findings(_chosen(request.POST.getlist("chosen")), actor=actor_at(request), **form.cleaned_data)
    messages.success(request, gettext("%(count)s findings were assigned.") % {"count": len(done)})
    return HttpResponseRedirect(back)


def _chosen(texts: list[str]) -> dict[UUID, int | None]:
    """Give ids and versions of the ticks. Raises: Http404 for what is none of ours."""
    try:
        return {UUID(text.partition(":")[0]): int(text.partition(":")[2]) for text in texts}
    except ValueError as error:
        raise Http404 from error


def _id_in(text: str) -> UUID | None:
    """Give the id that an address names. Raises: Http404 for a text that is none."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


def finding_page(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Show one finding: what is wrong, how it is put right, and the forms that its state and the role allow."""
    actor = actor_at(request)
    finding = finding_visible(finding_id, actor=actor)
    return _page(request, finding, _offered(finding, actor))


def decide(request: HttpRequest, finding_id: UUID, decision: str) -> HttpResponse:
    """Do one thing about a finding that the person has seen in its present version."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if decision not in _DECISIONS:
        raise Http404
    actor = actor_at(request)
    _label, form_class, verb, done, _action = _DECISIONS[decision]
    finding, form = finding_visible(finding_id, actor=actor), form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, finding, _offered(finding, actor) | {decision: form})
    verb(finding_id, actor, form.cleaned_data)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("admin:finding", args=[finding_id]))


def _page(request: HttpRequest, finding: Finding, offered: dict[str, forms.Form]) -> HttpResponse:
    context = site.each_context(request) | {
        "title": wrong_shown(finding),
        "finding": finding,
        "remedy": remedy_shown(finding),
        "place": division_names({finding.scope_code}).get(finding.scope_code, finding.scope_code),
        "exemptions": exemptions_of(finding),
        "offered": [(name, _DECISIONS[name][0], form) for name, form in offered.items()],
    }
    return TemplateResponse(request, "quality/admin/finding.html", context)


def _offered(finding: Finding, actor: Actor) -> dict[str, forms.Form]:
    """Give the forms of what may be done now, by the rules table and the state."""
    waits = exemptions_of(finding).filter(state=ExemptionState.REQUESTED).exists()
    if finding.state not in OPEN_STATES:
        return {}
    of_a_list = finding.suspicion_list_id is not None
    names = {
        "assign": True,
        "line": of_a_list,
        "as-recorded": finding.severity == Severity.SUSPICION and not of_a_list,
        "ask": not waits,
        "approve": waits,
        "refuse": waits,
    }
    return {
        name: _DECISIONS[name][1](initial={"version": finding.version})
        for name, fits in names.items()
        if fits and role_may(actor, _DECISIONS[name][4])
    }


def _assign(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    return assign_finding(finding_id, actor=actor, **values)


def _answer(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    return answer_as_recorded(finding_id, actor=actor, **values)


def _answer_line(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    file = values.pop("file")
    return answer_line(finding_id, evidence=(file.name, file.read()) if file else None, actor=actor, **values)


def _ask(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    return request_exemption(finding_id, actor=actor, **values)


def _approve(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    return decide_exemption(finding_id, approves=True, actor=actor, **values)


def _refuse(finding_id: UUID, actor: Actor, values: dict[str, Any]) -> object:
    return decide_exemption(finding_id, approves=False, actor=actor, **values)


# Each decision: its heading, form, verb, what is said when it is done, and its right.
_DECISIONS: Final[dict[str, tuple[Any, type[forms.Form], Verb, Any, str]]] = {
    "assign": (_("Assign"), AssignForm, _assign, _("The finding was assigned."), "quality.assign"),
    "as-recorded": (_("True as recorded"), AnswerForm, _answer, _("The answer was kept."), "quality.answer"),
    "line": (_("Answer the line"), LineForm, _answer_line, _("The answer was kept."), "quality.answer"),
    "ask": (
        _("Ask for an exemption"),
        ExemptionForm,
        _ask,
        _("The request waits for a second person."),
        "quality.request_exemption",
    ),
    "approve": (
        _("Approve the exemption"),
        DecisionForm,
        _approve,
        _("The exemption was approved."),
        "quality.decide_exemption",
    ),
    "refuse": (
        _("Refuse the exemption"),
        DecisionForm,
        _refuse,
        _("The exemption was refused."),
        "quality.decide_exemption",
    ),
}
