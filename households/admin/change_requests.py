"""Changes that a second person decides: the worklist, the difference, the decision; and the county's rule."""

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db.models import Case, IntegerField, Model, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.links import person_link
from households.domain.change_requests import approve_change, rebase_change, refuse_change, withdraw_change
from households.domain.change_rules import RuleChanges, set_change_rule
from households.domain.reveal import reveal_of_request
from households.enums import ChangeKind, ChangeState
from households.models import ChangeRequest, ChangeRule, Household, HouseholdYear, Person, PersonYear
from households.queries.change_requests import LINES, Difference, differences, name_of, requests_visible_to, target_of
from households.queries.income import items_on
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb, reveal
from registry.domain.readable import history_of, label_of
from registry.lib.periods import day_of
from registry.queries.audit import FieldChange
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm

_RULE = ("identity_by_two", "account_by_two", "status_by_two", "covers_candidates")


class ApproveForm(VersionedForm):
    """A word on the decision, where there is one."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class RefuseForm(VersionedForm):
    """Why the change is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("What was found. No names of persons."))


def _is_open(request: ChangeRequest) -> bool:
    return request.state == ChangeState.OPEN


def _is_anothers(request: ChangeRequest) -> bool:
    return _is_open(request) and request.proposed_by != current_actor().user_id


def _is_own(request: ChangeRequest) -> bool:
    return _is_open(request) and request.proposed_by == current_actor().user_id


def _is_stale(request: ChangeRequest) -> bool:
    return _is_open(request) and any(one.is_stale for one in differences(request))


def _approve(request: ChangeRequest, values: dict[str, Any], actor: Actor) -> ChangeRequest:
    return approve_change(request.pk, actor=actor, **values)


def _refuse(request: ChangeRequest, values: dict[str, Any], actor: Actor) -> ChangeRequest:
    return refuse_change(request.pk, actor=actor, **values)


def _withdraw(request: ChangeRequest, values: dict[str, Any], actor: Actor) -> ChangeRequest:
    return withdraw_change(request.pk, actor=actor, **values)


def _rebase(request: ChangeRequest, values: dict[str, Any], actor: Actor) -> ChangeRequest:
    return rebase_change(request.pk, actor=actor, **values)


def _number(request: ChangeRequest, reason: str, actor: Actor) -> str:
    return reveal_of_request(request.pk, actor=actor, reason=reason)


def _has_number(request: ChangeRequest) -> bool:
    return request.document_sealed is not None or request.account_sealed is not None


@admin.register(ChangeRequest)
class ChangeRequestAdmin(TenantModelAdmin):
    """The worklist, open requests first; a request is made by saving the page of the person or household."""

    view_action = "households.view_change_requests"
    list_display = ("kind", "target_name", "state", "proposed_at", "decided_at")
    list_filter = ("state", "kind")
    fields = (
        "kind",
        "target_link",
        "year",
        "effective_on",
        "code_shown",
        "state",
        "difference_table",
        "reason",
        "proposer",
        "proposed_at",
        "decider",
        "decided_at",
        "decision_reason",
    )
    readonly_fields = fields
    history = History(
        models=(Person, Household),
        codes={
            "sex_code": "sex",
            "document_code": "document_kind",
            "disability_category_code": "disability_category",
            "disability_grade_code": "disability_grade",
            "standard_code": "identification_standard",
            "attribute_code": "household_attribute",
            "main_cause_code": "poverty_cause",
            "other_cause_codes": "poverty_cause",
            "monitoring_code": "monitoring_category",
        },
    )
    verbs: ClassVar = (
        Verb("rebase", _("Compare with the file of today"), "households.propose_change", run=_rebase,
             form=VersionedForm, offered=_is_stale, icon="compare_arrows",
             intro=_("The difference is frozen anew from what is on file now. What is proposed stays.")),
        Verb("approve", _("Approve the change"), "households.decide_change", run=_approve, form=ApproveForm,
             offered=_is_anothers, icon="done", intro=_("The change is applied at once.")),
        Verb("refuse", _("Refuse the change"), "households.decide_change", run=_refuse, form=RefuseForm,
             offered=_is_anothers, icon="close", danger=True),
        Verb("withdraw", _("Withdraw the change"), "households.propose_change", run=_withdraw, form=ApproveForm,
             offered=_is_own, icon="undo"),
        reveal("number", _("Show the proposed number"), "households.reveal", _number, offered=_has_number),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeRequest]:
        return requests_visible_to(actor_at(request))

    @override
    def get_ordering(self, request: HttpRequest) -> Any:
        rank = Case(When(state=ChangeState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return (rank, "-proposed_at", "id")

    @admin.display(description=_("Concerns"))
    def target_name(self, request: ChangeRequest) -> str:
        """Show the person's name or the household's number; the row's own link leads to the request."""
        target = target_of(request)
        return target.name if isinstance(target, Person) else target.number

    @admin.display(description=_("Concerns"))
    def target_link(self, request: ChangeRequest) -> str:
        """Show whom it concerns, with the link to their page."""
        target = target_of(request)
        if isinstance(target, Person):
            return person_link(target)
        address = reverse("admin:households_household_change", args=[target.pk])
        return format_html('<a href="{}">{}</a>', address, target.number)

    @admin.display(description=_("Effective on"))
    def effective_on(self, request: ChangeRequest) -> str:
        """Show from which day on a change of status holds."""
        return str(request.proposal.get("on", "")) or self.get_empty_value_display()

    @admin.display(description=_("category, manner or cause"))
    def code_shown(self, request: ChangeRequest) -> str:
        """Show under which category, by which manner or for which cause the status is to change."""
        schemes = {"return": "poverty_cause", "remove_risk": "risk_removal"}
        scheme = schemes.get(request.proposal.get("transition", ""), "monitoring_category")
        return label_of(request.proposal.get("code", ""), scheme) or self.get_empty_value_display()

    @admin.display(description=_("Proposed by"))
    def proposer(self, request: ChangeRequest) -> str:
        """Show who proposed it."""
        return name_of(request.proposed_by) or self.get_empty_value_display()

    @admin.display(description=_("Decided by"))
    def decider(self, request: ChangeRequest) -> str:
        """Show who decided."""
        return name_of(request.decided_by) or self.get_empty_value_display()

    @admin.display(description=_("What would change"))
    def difference_table(self, request: ChangeRequest) -> str:
        """Show each field before and as proposed, and what is on file now where that is something else."""
        found = [one for one in differences(request) if one.name != "birth_precision" or one.is_stale]
        lines = format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>", _in_words(request, found))
        heads = (_("Field"), _("On file when proposed"), _("Proposed"), _("Changed meanwhile"))
        return format_html(
            '<div class="overflow-x-auto"><table><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>{}</table></div>',
            *heads,
            lines,
        )


def _in_words(request: ChangeRequest, found: list[Difference]) -> Iterator[tuple[str, str, str, str]]:
    """Put fields and codes in words; a number stays the mask that it is."""
    model: type[Model] = type(target_of(request))
    if request.kind == ChangeKind.FIGURES:
        model = PersonYear if request.person_id is not None else HouseholdYear
    history = history_of(model, otherwise=Household if request.person_id is None else Person)
    pairs = [FieldChange(one.name, _told(one, one.before), _told(one, one.after)) for one in found]
    present = [FieldChange(one.name, _told(one, one.now), _told(one, one.now)) for one in found]
    proposed, now = history.shown([pairs, present], model)
    for one, words, today in zip(found, proposed, now, strict=True):
        sealed = one.name.endswith("_sealed")
        before, after = (one.before, one.after) if sealed else (words.before, words.after)
        who = " ".join(part for part in (one.changed_by, str(day_of(one.changed_at)) if one.changed_at else "") if part)
        value = one.now if sealed else today.after
        yield words.title, before or "–", after or "–", f"{value or '–'} {who}" if one.is_stale else ""


def _told(one: Difference, value: Any) -> Any:  # noqa: ANN401  (a value of any column)
    """Give the lines of an income as item and amount, and all else as it is."""
    if one.name != LINES:
        return value
    label = items_on().label_of
    return [" ".join((label(line["item_code"]), line.get("product", ""), line["amount_yuan"])) for line in value or []]


@admin.register(ChangeRule)
class ChangeRuleAdmin(TenantModelAdmin):
    """The county's rule of the second person; one row, edited in place."""

    view_action = "households.view_change_rule"
    add_action = change_action = "households.manage_change_rule"
    fields = _RULE
    list_display = ("__str__", *_RULE)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> ChangeRule:
        return set_change_rule(_rule(values), actor=actor, version=0)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> ChangeRule:
        return set_change_rule(_rule(values), actor=actor, version=version)


def _rule(values: dict[str, Any]) -> RuleChanges:
    return cast("RuleChanges", {name: values[name] for name in _RULE})
