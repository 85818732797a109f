"""Whoever freezes, publishes or reopens acts for the whole county."""

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor


def require_whole_county(actor: Actor) -> None:
    """Refuse whoever covers a part of the county: figures of a part would be taken for the whole.

    Raises: NotAllowed.
    """
    if not actor.covers_county:
        raise NotAllowed(
            "period.not_whole_county",
            _("A period covers the whole county, and your role covers a part of it. Ask the county office."),
        )
