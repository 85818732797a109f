"""Whoever freezes, publishes or reopens acts for the whole county."""

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotAllowed
from registry.lib.gbcode import subtree
from registry.tenancy.context import Actor


def require_whole_county(actor: Actor) -> None:
    """Refuse whoever covers a part of the county: figures of a part would be taken for the whole.

    Raises: NotAllowed.
    """
    county = subtree(actor.tenant_code)
    if not any(code_range.includes(county) for code_range in actor.ranges):
        raise NotAllowed(
            "period.not_whole_county",
            _("A period covers the whole county, and your role covers a part of it. Ask the county office."),
        )
