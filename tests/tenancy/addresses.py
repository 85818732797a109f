"""Every address of the site, as the resolver has them, filled in with rows of the first county."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from registry.access import rules
from registry.enums import Role
from tests.tenancy.world import World

UNKNOWN = "00000000-0000-7000-8000-000000000000"


def patterns(
    resolver: URLResolver, namespace: str = "", prefix: str = ""
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each address as (name, route, parameters)."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, route)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield name, route, tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)


ADDRESSES = {name: parameters for name, _route, parameters in patterns(get_resolver()) if name}


def roles_of(action: str) -> frozenset[Role]:
    """Give the roles that the rules table names; nobody has a right without a name."""
    return {rule.action: rule.roles for rule in rules()}[action] if action else frozenset()


def address(world: World, name: str, *, verb: str = "", is_unknown: bool = False) -> str:
    """Give the address for rows of the first county, or for rows that nobody has."""
    model = re.sub(r"_(change|delete|history|verb)$", "", name.removeprefix("admin:"))
    known = {**world.ids, "object_id": world.objects.get(model, UNKNOWN), "verb": verb}
    if is_unknown:
        known |= {parameter: UNKNOWN for parameter, value in known.items() if str(value).count("-") == 4}
    return reverse(name, kwargs={parameter: known[parameter] for parameter in ADDRESSES[name]})
