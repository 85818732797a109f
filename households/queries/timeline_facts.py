"""What the households' own tables tell in a timeline: status, monitoring, members, visits, ties, the dwelling."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from households.enums import HouseholdStatus, TieKind
from households.models import (
    Household,
    HouseholdSpell,
    HouseholdTie,
    Membership,
    MonitoringSpell,
    Relocation,
    Visit,
)
from households.queries.timeline_lines import Entry, Topic, tell
from registry.domain.readable import label_of
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor


@tell
def facts_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell what holds of the household since which day; who sees the household sees it."""
    yield from _standing(household)
    yield from _members(household)
    yield from _visits(household)
    yield from _dwelling(household)


def _standing(household: Household) -> Iterator[Entry]:
    spells = list(HouseholdSpell.objects.filter(household=household))
    ties = list(HouseholdTie.objects.filter(household=household))
    codes = {spell.village_code for spell in spells} | {tie.other_county_code for tie in ties}
    places = division_names(codes - {""})
    for spell in spells:
        label, place = str(HouseholdStatus(spell.status).label), places.get(spell.village_code, spell.village_code)
        text = _("From this day on: %(status)s, in %(village)s") % {"status": label, "village": place}
        if spell.cause_code:
            cause = label_of(spell.cause_code, "poverty_cause")
            text = _("%(sentence)s; cause of the return: %(cause)s") % {"sentence": text, "cause": cause}
        yield Entry(
            f"status-{spell.id}", Topic.STATUS, "status", None, spell.starts_on, text, code=spell.status,
            code_label=label, village_code=spell.village_code, village_name=place,
        )  # fmt: skip
    for risk in MonitoringSpell.objects.filter(household=household):
        label = label_of(risk.category_code, "monitoring_category")
        text = _("Monitored from this day on: %(category)s") % {"category": label}
        yield Entry(f"risk-{risk.id}", Topic.MONITORING, "monitoring", None, risk.starts_on, text,
                    code=risk.category_code, code_label=label)  # fmt: skip
        if risk.ends_on:
            label = label_of(risk.end_code, "risk_removal", "closing_reason")
            text = _("Not monitored any longer: %(reason)s") % {"reason": label}
            yield Entry(f"risk-end-{risk.id}", Topic.MONITORING, "monitoring_ended", None, risk.ends_on, text,
                        code=risk.end_code, code_label=label)  # fmt: skip
    for tie in ties:
        label, place = str(TieKind(tie.kind).label), places.get(tie.other_county_code, tie.other_county_code)
        text = " ".join(part for part in (label, tie.other_number, place) if part)
        yield Entry(f"tie-{tie.id}", Topic.STATUS, "tie", None, tie.effective_on, text, code=tie.kind, code_label=label)


def _members(household: Household) -> Iterator[Entry]:
    for stay in Membership.objects.filter(household=household).select_related("person"):
        name, label = stay.person.name, label_of(stay.relation_code, "relation")
        text = _("%(name)s belongs to the household: %(relation)s") % {"name": name, "relation": label}
        yield Entry(f"joined-{stay.id}", Topic.MEMBERS, "joined", None, stay.starts_on, text,
                    code=stay.relation_code, code_label=label, name=name)  # fmt: skip
        if stay.ends_on:
            label = label_of(stay.end_reason_code, "membership_change", "closing_reason")
            text = _("%(name)s no longer belongs to the household: %(reason)s") % {"name": name, "reason": label}
            yield Entry(f"left-{stay.id}", Topic.MEMBERS, "left", None, stay.ends_on, text,
                        code=stay.end_reason_code, code_label=label, name=name)  # fmt: skip


def _visits(household: Household) -> Iterator[Entry]:
    for visit in Visit.objects.filter(household=household):
        text = _("Visit for the year %(year)s by %(name)s, source: %(source)s")
        values = {"year": visit.year, "name": visit.collector_name, "source": visit.source}
        yield Entry(f"visit-{visit.id}", Topic.VISIT, "visit", None, visit.visited_on, text % values,
                    name=visit.collector_name)  # fmt: skip


def _dwelling(household: Household) -> Iterator[Entry]:
    for row in Relocation.objects.filter(household=household):
        if row.moved_in_on:
            text = _("Moved into the new dwelling: %(site)s") % {"site": row.site_name}
            yield Entry(f"dwelling-{row.id}", Topic.STATUS, "moved_in", None, row.moved_in_on, text)
        if row.demolished_on:
            text = _("Former house pulled down")
            yield Entry(f"demolished-{row.id}", Topic.STATUS, "demolished", None, row.demolished_on, text)
