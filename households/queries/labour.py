"""Whether anybody in a household is able to work."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from households.models import Household, Membership, PersonYear
from households.queries.history import present_members
from registry.lib.periods import age_on, months_after, today

# 丧失劳动力 and 无劳动力 of the list labour_skill.
WITHOUT_LABOUR: Final = frozenset({"3", "4"})
# Source: definition of labour of the village form, from the age of 16 on.
WORKING_AGE: Final = 16


def has_labour(household: Household) -> bool | None:
    """Tell whether a present member is able to work, by the latest ability on file; None where that is not known.

    Who is below the working age is not able to work, whatever is on file.
    """
    years = PersonYear.objects.filter(person=OuterRef("person"), tenant=OuterRef("tenant_id"), skill_code__gt="")
    skill = Subquery(years.order_by("-year").values("skill_code")[:1])
    day = today()
    known: list[bool | None] = []
    for born, code in present_members(household).annotate(skill=skill).values_list("person__birth_on", "skill"):
        if born is not None and age_on(born, day) < WORKING_AGE:
            known.append(False)
        else:
            known.append(code not in WITHOUT_LABOUR if code else None)
    if any(known):
        return True
    return None if None in known or not known else False


def may_work() -> Q:
    """Condition on households that `has_labour` does not deny: a member is able to work, or that is not known."""
    years = PersonYear.objects.filter(person=OuterRef("person"), tenant=OuterRef("tenant_id"), skill_code__gt="")
    grown = Q(person__birth_on__isnull=True) | Q(person__birth_on__lte=months_after(today(), -12 * WORKING_AGE))
    members = Membership.objects.filter(
        grown, tenant_id=OuterRef("tenant_id"), household_id=OuterRef("id"), ends_on__isnull=True
    ).annotate(skill=Coalesce(Subquery(years.order_by("-year").values("skill_code")[:1]), Value("")))
    return Q(Exists(members.filter(~Q(skill__in=WITHOUT_LABOUR))))
