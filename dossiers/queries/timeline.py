"""What dossiers tell in a household's timeline: how each began, went on and ended, and its monitoring cases."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from dossiers.models import Dossier, DossierStep, ExitCheck, MonitoringCase, Objection
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor

VIEW: Final = "dossiers.view"


@tell
def dossiers_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell dossiers and cases to who may see them."""
    if role_may(actor, VIEW):
        yield from _dossiers(household)
        yield from _steps(household)
        yield from _papers(household)
        yield from _cases(household)


def _line(
    key: str, kind: str, on: date | None, text: str, *, code: str = "", label: str = "", reason: str = ""
) -> Entry:
    topic = Topic.MONITORING if kind.startswith("case") else Topic.DOSSIER
    return Entry(f"{kind}-{key}", topic, kind, None, on, text, code=code, code_label=label, reason=reason)


def _dossiers(household: Household) -> Iterator[Entry]:
    for row in Dossier.objects.filter(household=household):
        kind, state, key = str(row.get_kind_display()), str(row.get_state_display()), str(row.id)
        text = _("Dossier begun: %(kind)s") % {"kind": kind}
        yield _line(key, "dossier", row.begun_on, text, code=row.kind, label=kind)
        if row.consent_on:
            yield _line(key, "dossier_consent", row.consent_on, _("Consent to comparisons given"))
        if row.consent_withdrawn_on:
            text = _("Consent to comparisons withdrawn")
            yield _line(key, "dossier_consent_withdrawn", row.consent_withdrawn_on, text)
        if row.ended_on:
            text = _("Dossier of %(kind)s: %(state)s") % {"kind": kind, "state": state}
            yield _line(key, "dossier_ended", row.ended_on, text, code=row.state, label=state, reason=row.end_reason)


def _steps(household: Household) -> Iterator[Entry]:
    for row in DossierStep.objects.filter(household=household).select_related("step", "dossier"):
        values = {"kind": row.dossier.get_kind_display(), "position": row.position, "step": row.step.name}
        if row.is_passed:
            text = _("%(kind)s, step %(position)s, %(step)s: passed") % values
        else:
            text = _("%(kind)s, step %(position)s, %(step)s: not passed") % values
        yield _line(str(row.id), "dossier_step", row.ends_on, text, reason=row.remark)


def _papers(household: Household) -> Iterator[Entry]:
    for row in Objection.objects.filter(household=household):
        key = str(row.id)
        yield _line(key, "objection", row.raised_on, _("Objection raised: %(text)s") % {"text": row.text})
        if row.answered_on:
            found = _("upheld") if row.is_upheld else _("not upheld")
            text = _("Objection answered (%(found)s): %(answer)s") % {"found": found, "answer": row.answer}
            yield _line(key, "objection_answered", row.answered_on, text)
    for check in ExitCheck.objects.filter(household=household):
        text = _("Check before exit: met") if check.is_met else _("Check before exit: not met")
        yield _line(str(check.id), "exit_check", check.checked_on, text)


def _cases(household: Household) -> Iterator[Entry]:
    for row in MonitoringCase.objects.filter(household=household):
        key = str(row.id)
        risks = ", ".join(label_of(code, "risk") for code in row.risk_codes)
        channel = label_of(row.lead_channel_code, "lead_channel")
        text = _("Lead by %(channel)s: %(risks)s") % {"channel": channel, "risks": risks}
        yield _line(key, "case", row.lead_on, text, code=row.lead_channel_code, label=channel)
        if row.confirmed_on:
            label = label_of(row.category_code, "monitoring_category")
            text = _("Lead confirmed: %(category)s") % {"category": label}
            yield _line(key, "case_confirmed", row.confirmed_on, text, code=row.category_code, label=label)
        if row.measured_on:
            yield _line(key, "case_measured", row.measured_on, _("First measure against the risk"))
        if row.ended_on:
            state = str(row.get_state_display())
            label = label_of(row.removal_code, "risk_removal") or state
            text = _("Case ended: %(state)s") % {"state": label}
            yield _line(key, "case_ended", row.ended_on, text, code=row.state, label=state, reason=row.end_reason)
