"""What is due and not received, and received and not due: the worklist, one finding, and the counts."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entitlements.admin.forms import AnswerForm, AnswerManyForm, WithdrawalForm, answers_open_to
from entitlements.domain.answers import answer_finding, answer_findings, withdraw_answer
from entitlements.domain.nightly import ask_run_by_hand
from entitlements.enums import EntitlementAnswer, EntitlementKind, EntitlementState
from entitlements.queries.findings import (
    counts_by_answer,
    counts_by_village,
    entitlement_visible,
    heads_of,
    worklist,
)
from entitlements.queries.policies import find_known, known_policies
from entitlements.queries.words import found_of_many, found_shown, policy_name, source_of, todo_of
from registry.access import role_may
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.queries.divisions import division_names

_ROWS: Final = 50
_MOST_COUNTS: Final = 300
# By what the worklist is narrowed; kept from page to page.
_FILTERS: Final = ("kind", "policy", "village", "state")


def worklist_page(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, village by village; narrowed by kind, policy, village or state."""
    actor = actor_at(request)
    kept = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    kind = kept["kind"] if kept.get("kind") in EntitlementKind.values else ""
    state = kept["state"] if kept.get("state") in EntitlementState.values else EntitlementState.NEW
    rows = worklist(
        actor,
        village_code=kept.get("village", ""),
        policy_code=kept.get("policy", ""),
        kind=kind,
        state=state,
    )
    page = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    found, names = found_of_many(page), division_names({row.scope_code for row in page})
    heads, known = heads_of(page, actor=actor), known_policies()
    may_answer = state == EntitlementState.NEW and role_may(actor, "entitlements.answer")
    context = site.each_context(request) | {
        "title": gettext("Due and received"),
        "page": page,
        "rows": [
            (
                row,
                policy_name(row.policy_code, known),
                found[row.pk],
                names.get(row.scope_code, row.scope_code),
                heads.get(row.household_id, ""),
            )
            for row in page
        ],
        "kinds": _choices(kept, "kind", EntitlementKind.choices),
        "states": _choices({"state": state} | kept, "state", EntitlementState.choices)[1:],
        "policies": _choices(kept, "policy", [(code, policy_name(code, known)) for code in known]),
        "kept": urlencode(kept),
        "answer": _answers(kind, request) if may_answer and kind else None,
        "wants_kind": may_answer and not kind,
        "may_ask": role_may(actor, "entitlements.ask_run"),
    }
    return TemplateResponse(request, "entitlements/admin/worklist.html", context)


def _choices(kept: dict[str, str], name: str, choices: Any) -> list[tuple[str, str, bool]]:  # noqa: ANN401  (pairs of any lazy text)
    """Give each choice of a filter with the address that narrows by it, and whether it is chosen."""
    rest = {key: value for key, value in kept.items() if key != name}
    return [
        (gettext("all"), urlencode(rest), name not in kept),
        *((label, urlencode(rest | {name: value}), kept.get(name) == value) for value, label in choices),
    ]


def _answers(kind: str, request: HttpRequest) -> AnswerManyForm:
    form = AnswerManyForm()
    form.fields["answer"].choices = answers_open_to(actor_at(request), kind)  # type: ignore[attr-defined]  # a choice field, as declared
    return form


def answer_many(request: HttpRequest) -> HttpResponse:
    """Answer what was ticked on the worklist, and lead back to the same narrowing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    kept = QueryDict(request.POST.get("kept", ""))
    back = f"{reverse('admin:entitlements')}?{urlencode({name: kept[name] for name in _FILTERS if name in kept})}"
    form = AnswerManyForm(request.POST)
    if not form.is_valid():
        wrong = (f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        messages.error(request, " ".join(wrong))
        return HttpResponseRedirect(back)
    done = answer_findings(_chosen(request.POST.getlist("chosen")), actor=actor_at(request), **form.cleaned_data)
    messages.success(request, gettext("%(count)s lines were answered.") % {"count": len(done)})
    return HttpResponseRedirect(back)


def _chosen(texts: list[str]) -> dict[UUID, int | None]:
    """Give ids and versions of the ticks. Raises: Http404 for what is none of ours."""
    try:
        return {UUID(text.partition(":")[0]): int(text.partition(":")[2]) for text in texts}
    except ValueError as error:
        raise Http404 from error


def finding_page(request: HttpRequest, entitlement_id: UUID) -> HttpResponse:
    """Show one finding: by which policy, what was found, what is to be done, and the last answer."""
    actor = actor_at(request)
    finding = entitlement_visible(entitlement_id, actor=actor)
    policy = find_known(finding.policy_code)
    may_answer = role_may(actor, "entitlements.answer")
    context = site.each_context(request) | {
        "title": f"{policy_name(finding.policy_code)}: {finding.get_kind_display()}",
        "finding": finding,
        "found": found_shown(finding),
        "todo": todo_of(finding.kind),
        "source": source_of(policy) if policy else "",
        "is_proposal": policy is not None and policy.is_proposal,
        "place": division_names({finding.scope_code}).get(finding.scope_code, finding.scope_code),
        "head": heads_of([finding], actor=actor).get(finding.household_id, ""),
        "may_open": role_may(actor, "households.view"),
        "may_answer": may_answer and finding.state == EntitlementState.NEW,
        "may_withdraw": may_answer and finding.state == EntitlementState.DECIDED,
    }
    return TemplateResponse(request, "entitlements/admin/finding.html", context)


def answer_page(request: HttpRequest, entitlement_id: UUID) -> HttpResponse:
    """Answer one finding."""
    actor = actor_at(request)
    finding = entitlement_visible(entitlement_id, actor=actor)
    back = reverse("admin:entitlement", args=[finding.pk])

    class Form(AnswerForm):
        """The answers that this finding may have."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["answer"].choices = answers_open_to(actor, finding.kind)  # type: ignore[attr-defined]  # a choice field, as declared

    def submit(values: dict[str, Any]) -> HttpResponse:
        answer_finding(finding.pk, actor=actor, **values)
        messages.success(request, gettext("The answer was kept. No fact was changed and nothing was stopped."))
        return HttpResponseRedirect(back)

    page = FormPage(_("Answer"), back, found_shown(finding), button=_("Keep the answer"))
    return form_page(request, page, Form, submit, initial={"version": finding.version})


def withdraw_page(request: HttpRequest, entitlement_id: UUID) -> HttpResponse:
    """Take back the answer to one finding."""
    actor = actor_at(request)
    finding = entitlement_visible(entitlement_id, actor=actor)
    back = reverse("admin:entitlement", args=[finding.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        withdraw_answer(finding.pk, actor=actor, **values)
        messages.success(request, gettext("The answer was taken back."))
        return HttpResponseRedirect(back)

    page = FormPage(_("Take back the answer"), back, found_shown(finding), button=_("Take back"))
    return form_page(request, page, WithdrawalForm, submit, initial={"version": finding.version})


def figures_page(request: HttpRequest) -> HttpResponse:
    """Count what is open by village, and what became of all findings by policy."""
    actor = actor_at(request)
    villages = counts_by_village(actor)[:_MOST_COUNTS]
    names, known = division_names({one.village_code for one in villages}), known_policies()
    kinds, states, answers = (
        dict(choices.choices) for choices in (EntitlementKind, EntitlementState, EntitlementAnswer)
    )
    context = site.each_context(request) | {
        "title": gettext("Due and received: counts"),
        "villages": [(names.get(one.village_code, one.village_code), one) for one in villages],
        "answers": [
            (policy_name(one.policy_code, known), kinds[one.kind], states[one.state], answers.get(one.answer, ""), one)
            for one in counts_by_answer(actor)
        ],
    }
    return TemplateResponse(request, "entitlements/admin/figures.html", context)


def ask_run(request: HttpRequest) -> HttpResponse:
    """Ask the policies now."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask_run_by_hand(actor=actor_at(request))
    messages.success(request, gettext("The policies are being asked. Load this page again in a minute."))
    return HttpResponseRedirect(reverse("admin:entitlements"))
