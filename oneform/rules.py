"""Who may do what with forms that offices send down."""

from typing import Final

from oneform.models import FormRequest
from registry.access import allow
from registry.enums import Role
from registry.tenancy.context import Actor

_PEOPLE: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})
_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})


def is_of_the_office(actor: Actor, form: FormRequest) -> bool:
    """A form that the office itself received, or one below it."""
    return actor.covers_whole(form.received_by_code or actor.tenant_code)


allow("oneform.view", roles=_PEOPLE | {Role.MACHINE_CLIENT})
allow("oneform.receive", roles=_OFFICES)
allow("oneform.amend", roles=_OFFICES, when=is_of_the_office)
allow("oneform.remember", roles={Role.COUNTY_OFFICE})
allow("oneform.fill", roles=_PEOPLE)
allow("oneform.mark", roles=_PEOPLE)
allow("oneform.count", roles={Role.COUNTY_OFFICE})
