"""Two proposals of one plan side by side."""

from dataclasses import dataclass

from planning.models import DispatchUnit, PlanVillage, Proposal


@dataclass(frozen=True, slots=True)
class Difference:
    """A village that gets another unit in the second proposal."""

    village: PlanVillage
    first: DispatchUnit | None
    second: DispatchUnit | None


def differences(first: Proposal, second: Proposal) -> list[Difference]:
    """Give the villages for which the proposals choose differently, the hardest first. Both are of one plan."""
    before = {choice.village_id: choice.unit for choice in first.choices.select_related("unit")}
    rows = second.choices.select_related("village", "unit").order_by("-village__difficulty", "village__code")
    return [
        Difference(choice.village, before.get(choice.village_id), choice.unit)
        for choice in rows
        if ((unit := before.get(choice.village_id)) is None and choice.unit_id is not None)
        or (unit is not None and unit.pk != choice.unit_id)
    ]
