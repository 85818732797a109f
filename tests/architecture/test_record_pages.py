"""What every page of a record does: tell codes by their labels, and send the version that was seen."""

from django.db.models import Field
from django.urls import get_resolver

from registry.admin.site import site
from registry.admin.verbs import ReasonForm

# Columns whose codes are no labels of a list: whose area, and a sentence that the page tells in another way.
OTHERWISE = {"scope_code", "outcome_code", "other_code"}


def has_choices(field: "Field[object, object]") -> bool:
    return bool(getattr(field, "base_field", field).choices)


def test_every_code_has_its_list_when_the_changes_of_a_record_are_told() -> None:
    assert get_resolver().url_patterns  # the pages are loaded with the addresses

    bare = {
        f"{owner.__name__}.{field.name} on the page of {model.__name__}"
        for model, page in site._registry.items()
        if getattr(page, "has_history", False)
        for owner in (model, *page.history.models)
        for field in owner._meta.fields
        if field.name.endswith(("_code", "_codes")) and not has_choices(field)
        if field.name not in {*OTHERWISE, *page.history.codes, *page.history.divisions}
    }

    assert bare == set()


# Accounts have no versions: a second grant is refused, and the other verbs do the same again.
# A team is sent, not changed.
# What stands beside the record, and adds to it, changes nothing that somebody else saw.
WITHOUT_VERSION = {
    "user", "membership", "village send-team", "village add-facility", "village add-member", "village add-point",
    "village assign-contact", "village draft-plan", "village record-activity", "village add-infrastructure",
    "village decide-exit", "villageplan add-project", "villageplan consult", "planproject progress",
    "infrastructureproject money", "infrastructureproject upkeep", "household record-help-visit",
    "partner help-household", "partner help-village", "ledgerentry reverse", "dispatchplan propose", "proposal again",
    "household enter-request", "village enter-request", "person wish", "person enrol", "person fill-post",
    "postmonth reverse", "industryproject asset", "industryproject work",
    "projectasset upkeep", "loanentry reverse", "helperplan propose", "helperproposal again", "relatedpair take-back",
    "steptemplate copy",
}  # fmt: skip


def test_every_verb_that_changes_a_record_sends_the_version_that_was_seen() -> None:
    assert get_resolver().url_patterns

    bare = {
        f"{model._meta.model_name} {verb.name}"
        for model, page in site._registry.items()
        for verb in getattr(page, "verbs", ())
        if "version" not in verb.form.base_fields and verb.form is not ReasonForm
        if not {model._meta.model_name, f"{model._meta.model_name} {verb.name}"} & WITHOUT_VERSION
    }
    looking_only = {
        f"{model._meta.model_name} {verb.name}"
        for model, page in site._registry.items()
        for verb in getattr(page, "verbs", ())
        if verb.form is ReasonForm and not verb.secret
    }

    assert (bare, looking_only) == (set(), {"apitoken revoke"})
