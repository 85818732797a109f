"""What assistance tells in a household's timeline: who stood by it, and what was done for it."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from assistance.enums import IN_FORCE
from assistance.models import HelpVisit, HouseholdPlan, HouseholdPlanEdition, Measure, Pairing
from households.models import Household
from households.queries.timeline_lines import Entry, Topic, tell
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor

VIEW: Final = "assistance.view"


@tell
def assistance_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell pairings, measures, visits and plans to who may see them."""
    if role_may(actor, VIEW):
        yield from _pairings(household)
        yield from _measures(household)
        yield from _visits(household)
        yield from _plans(household)


def _pairings(household: Household) -> Iterator[Entry]:
    rows = Pairing.objects.filter(household=household).select_related("helper", "helper__unit", "unit")
    for row in rows:
        name = row.helper.name if row.helper else ""
        sender = row.helper.unit if row.helper else row.unit
        unit = sender.name if sender else ""
        if row.helper is None:
            text = _("%(unit)s stands in for a helper") % {"unit": unit}
        elif not unit and row.is_lead:
            text = _("%(name)s stands by the household and leads") % {"name": name}
        elif not unit:
            text = _("%(name)s stands by the household") % {"name": name}
        elif row.is_lead:
            text = _("%(name)s of %(unit)s stands by the household and leads") % {"name": name, "unit": unit}
        else:
            text = _("%(name)s of %(unit)s stands by the household") % {"name": name, "unit": unit}
        key = str(row.id)
        yield Entry(f"paired-{key}", Topic.ASSISTANCE, "paired", None, row.starts_on, text, name=name or unit)
        if row.ends_on:
            text = _("%(name)s no longer stands by the household") % {"name": name or unit}
            yield Entry(f"unpaired-{key}", Topic.ASSISTANCE, "unpaired", None, row.ends_on, text, name=name or unit,
                        reason=row.end_reason)  # fmt: skip


def _measures(household: Household) -> Iterator[Entry]:
    for row in Measure.objects.filter(household=household):
        if row.ends_on is not None and row.ends_on == row.starts_on:
            continue  # entered in error and withdrawn: the deeds tell it
        code = row.item_code or row.category_code
        category, item = label_of(row.category_code, "measure"), label_of(row.item_code, "measure")
        label = " · ".join(part for part in (category, item) if part)
        text = _("Measure: %(measure)s (%(state)s)") % {
            "measure": label,
            "state": label_of(row.state_code, "measure_state"),
        }
        key = f"measure-{row.id}"
        yield Entry(key, Topic.ASSISTANCE, "measure", None, row.starts_on, text, code=code, code_label=label)
        if row.ends_on:
            text = _("Measure ended: %(measure)s") % {"measure": label}
            yield Entry(f"{key}-end", Topic.ASSISTANCE, "measure_ended", None, row.ends_on, text, code=code,
                        code_label=label)  # fmt: skip


def _visits(household: Household) -> Iterator[Entry]:
    rows = HelpVisit.objects.filter(household=household, withdrawn_on__isnull=True).select_related("helper")
    for row in rows:
        place = label_of(row.place_code, "visit_place")
        text = _("%(name)s visited the household (%(place)s)") % {"name": row.helper.name, "place": place}
        yield Entry(f"helped-{row.id}", Topic.ASSISTANCE, "helper_visited", None, row.visited_on, text,
                    name=row.helper.name, code=row.place_code, code_label=place)  # fmt: skip


def _plans(household: Household) -> Iterator[Entry]:
    editions = HouseholdPlanEdition.objects.filter(household=household, plan__state__in=IN_FORCE)
    for edition in editions.select_related("plan"):
        text = _("Plan for %(year)s adopted (edition %(number)s)") % {
            "year": edition.plan.year,
            "number": edition.number,
        }
        yield Entry(f"plan-{edition.id}", Topic.ASSISTANCE, "plan_adopted", None, edition.adopted_on, text,
                    reason=edition.reason)  # fmt: skip
    for plan in HouseholdPlan.objects.filter(household=household, closed_on__isnull=False):
        text = _("Plan for %(year)s closed with its result") % {"year": plan.year}
        yield Entry(f"plan-{plan.id}-closed", Topic.ASSISTANCE, "plan_closed", None, plan.closed_on, text)
