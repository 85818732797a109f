"""Publish the figures of a period with the period itself."""

from oversight.domain.publishing import publish_aggregates
from periods.hooks import on_published
from periods.models import Period
from registry.tenancy.context import Actor


@on_published
def publish_figures(period: Period, actor: Actor) -> None:
    """Publish the figures of a period that was published, in the same transaction."""
    publish_aggregates(period, actor=actor)
