"""Divisions and posts of a county, for whoever sets a schedule."""

from dataclasses import dataclass

from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Division, Membership
from registry.queries.people import valid_on
from registry.tenancy.context import Actor

# Whoever may get reports at all, by `reports.receive`.
ROLES = (Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM)


@dataclass(frozen=True, slots=True)
class PostOfCounty:
    """A role for a division that somebody holds today, or the office of the county."""

    role: str
    division_code: str
    division_name: str


def areas_of_county(actor: Actor) -> list[tuple[str, str]]:
    """Give the townships of the county, as code and name."""
    county = subtree(actor.tenant_code)
    rows = Division.objects.filter(code__gt=county.lo, code__lt=county.hi, code__endswith="000").order_by("code")
    return list(rows.values_list("code", "name"))


def posts_of_county(actor: Actor) -> list[PostOfCounty]:
    """Give the posts that people of the county hold today, and its office, by role and division."""
    held = Membership.objects.filter(valid_on(today()), tenant_id=actor.tenant_id, user__is_active=True, role__in=ROLES)
    pairs = set(held.values_list("role", "division_code")) | {(Role.COUNTY_OFFICE.value, actor.tenant_code)}
    names = dict(Division.objects.filter(code__in={code for _role, code in pairs}).values_list("code", "name"))
    order = [str(role) for role in ROLES]
    return [
        PostOfCounty(role, code, names.get(code, code))
        for role, code in sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1]))
    ]
