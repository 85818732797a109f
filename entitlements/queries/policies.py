"""What each policy's figures are in a year: the county's own before those that are shipped."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entitlements.definitions import Policy, policies
from entitlements.definitions.own import Condition, policy_made_of
from entitlements.definitions.policies import ENABLED
from entitlements.enums import PolicyObject
from entitlements.models import CountyPolicy, PolicyFigure
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor, current_tenant_id

Values = dict[str, Any]
Own = dict[tuple[str, str], PolicyFigure]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a policy in a year: what is shipped, what counts in the county, and where that stands."""

    name: str
    default: Decimal
    value: Decimal
    is_own: bool
    source: str


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """A policy as it stands in the county in a year."""

    policy: Policy
    is_asked: bool
    figures: tuple[Figure, ...]

    @property
    def values(self) -> dict[str, Decimal]:
        """Give the figures by their names, for the sentences."""
        return {figure.name: figure.value for figure in self.figures}


def known_policies() -> dict[str, Policy]:
    """Give every policy by its code: those that come with the product, then the county's own; one query."""
    return {**policies(), **{row.code: _made(row) for row in CountyPolicy.objects.order_by("code")}}


def find_known(code: str) -> Policy | None:
    """Give a policy by its code; one query where it does not come with the product."""
    shipped = policies().get(code)
    if shipped is not None:
        return shipped
    row = CountyPolicy.objects.filter(code=code).first()
    return None if row is None else _made(row)


def find_own(policy_id: UUID) -> CountyPolicy:
    """Give a policy of the county's own. Raises: NotFound."""
    row = CountyPolicy.objects.filter(pk=policy_id).first()
    if row is None:
        raise NotFound("policy.not_found", _("There is no such policy."))
    return row


def own_id_of(code: str) -> UUID | None:
    """Give the id of a policy of the county's own by its code; None for one that comes with the product."""
    return CountyPolicy.objects.filter(code=code).values_list("id", flat=True).first()


def _made(row: CountyPolicy) -> Policy:
    return policy_made_of(
        {part: [Condition(**one) for one in lines] for part, lines in row.conditions.items()},
        code=row.code,
        version=row.version,
        object=PolicyObject(row.object),
        sector=row.sector,
        name=row.name,
        words=(row.due_words, row.received_words),
        source=row.source,
        years=(row.from_year, row.until_year or 2100),
    )


def policies_shown(year: int) -> list[PolicyShown]:
    """Give every policy as it stands in the county in a year; two queries."""
    own = _latest(_rows(year), year)
    return [_shown(policy, own, year) for policy in known_policies().values()]


def policies_with_values(actor: Actor, on: date) -> tuple[list[Policy], Values]:
    """Give the policies that are asked on a day, and what stands for every name in the conditions; two queries.

    The facts ask figures of policies that are switched off too: their values are given all the same.
    """
    values = Values(tenant=current_tenant_id(), on=on, year=on.year, county=actor.tenant_code)
    shown = policies_shown(on.year)
    for one in shown:
        values |= {one.policy.place(figure.name): figure.value for figure in one.figures}
    return [one.policy for one in shown if one.is_asked], values


def figures_of(
    years: Collection[int], known: Mapping[str, Policy] | None = None
) -> Callable[[str, int], dict[str, Decimal]]:
    """Give what gives the figures of a policy in one of these years; one query where the policies are known."""
    rows, known = _rows(max(years)) if years else [], known_policies() if known is None else known
    own = {year: _latest(rows, year) for year in years}

    def figures(policy_code: str, year: int) -> dict[str, Decimal]:
        policy = known.get(policy_code)
        return _shown(policy, own[year], year).values if policy else {}

    return figures


def own_figures_of(policy: Policy) -> list[PolicyFigure]:
    """Give the county's own figures of a policy, the latest year first."""
    return list(PolicyFigure.objects.filter(policy_code=policy.code).order_by("name", "-from_year"))


def _rows(year: int) -> list[PolicyFigure]:
    return list(PolicyFigure.objects.filter(from_year__lte=year).order_by("from_year"))


def _latest(rows: Iterable[PolicyFigure], year: int) -> Own:
    return {(row.policy_code, row.name): row for row in rows if row.from_year <= year}


def _shown(policy: Policy, own: Own, year: int) -> PolicyShown:
    switch = own.get((policy.code, ENABLED))
    figures = tuple(
        _figure(name, default, own.get((policy.code, name))) for name, default in policy.defaults(year).items()
    )
    return PolicyShown(policy, policy.is_asked_in(year) and (switch is None or switch.value != 0), figures)


def _figure(name: str, default: Decimal, row: PolicyFigure | None) -> Figure:
    return Figure(name, default, row.value if row else default, row is not None, row.source if row else "")
