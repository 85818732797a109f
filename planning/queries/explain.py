"""Say in sentences why a village gets its unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from planning.enums import Need
from planning.models import DispatchUnit, PlanVillage, Proposal, ProposalChoice


@dataclass(frozen=True, slots=True)
class ExplainedChoice:
    """A village, its unit, and the reasons; `rank` counts the villages of the plan from the hardest on."""

    village: PlanVillage
    unit: DispatchUnit | None
    by_hand: bool
    rank: int
    km: int | None
    reasons: Sequence[str]

    @property
    def text(self) -> str:
        """Give the reasons as one text."""
        return " ".join(self.reasons)


def explained_choices(proposal: Proposal, *, limit: int | None = None, offset: int = 0) -> list[ExplainedChoice]:
    """Give the choices of a proposal, the hardest village first, each explained."""
    rows = proposal.choices.select_related("village__present_unit", "unit", "next_unit")
    rows = rows.order_by("-village__difficulty", "village__code")[offset : None if limit is None else offset + limit]
    return [
        ExplainedChoice(choice.village, choice.unit, choice.by_hand, rank, choice.km, _reasons(choice, rank, proposal))
        for rank, choice in enumerate(rows, offset + 1)
    ]


def plain_reasons(choice: ExplainedChoice, count: int) -> Mapping[str, Any]:
    """Give what a county needs to read the explanation in its own language."""
    return {"rank": choice.rank, "count": count, "km": choice.km, "by_hand": choice.by_hand}


def _reasons(choice: ProposalChoice, rank: int, proposal: Proposal) -> list[str]:
    village, unit = choice.village, choice.unit
    count = proposal.villages_count
    told = [_("Difficulty: %(rank)d of %(count)d, from the hardest on.") % {"rank": rank, "count": count}]
    if choice.by_hand:
        told.append(_("Chosen by hand."))
    if unit is None:
        told.append(_no_unit(choice))
        return told
    told.append(_("Strength of the unit: %(strength)d of 100.") % {"strength": unit.strength})
    told.append(_skills(choice))
    if choice.km is None:
        told.append(_("The way is not known, since a place is missing."))
    else:
        told.append(_("The way is %(km)d km.") % {"km": choice.km})
    if village.present_unit_id == unit.pk:
        told.append(_("The unit is there now and stays."))
    elif village.present_unit_id is not None:
        told.append(_("It takes over from %(unit)s.") % {"unit": village.present_unit})
    told.extend(_next(choice))
    return told


def _no_unit(choice: ProposalChoice) -> str:
    if choice.by_hand:
        return _("No unit.")
    if choice.next_unit is None:
        return _("No unit, since none may come so far.")
    return _("No unit, since there are fewer places at the units than villages, and others are harder.")


def _skills(choice: ProposalChoice) -> str:
    if choice.met:
        names = ", ".join(str(Need(need).label) for need in choice.met)
        return _("Good at what is needed here (%(needs)s).") % {"needs": names}
    return _("Of what is needed here the unit is good at nothing in particular.")


def _next(choice: ProposalChoice) -> list[str]:
    if choice.next_unit is None or choice.next_more is None:
        return [_("No other unit may come.")]
    names = {"unit": choice.next_unit, "points": abs(choice.next_more)}
    if choice.next_more > 0:
        return [_("Next best: %(unit)s, worse by %(points)d points.") % names]
    if choice.next_more < 0:
        return [_("%(unit)s would suit better by %(points)d points, and is needed more elsewhere.") % names]
    return [_("%(unit)s would do as well.") % names]
