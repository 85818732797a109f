"""Count findings when a period is frozen, and publish its figures with the period itself."""

from oversight.domain.publishing import keep_findings, publish_aggregates
from periods.hooks import on_frozen, on_published
from periods.models import Period, Snapshot
from registry.tenancy.context import Actor


@on_frozen
def count_findings(period: Period, snapshot: Snapshot, actor: Actor) -> None:
    """Count the findings that are open when a period is frozen, in the same transaction."""
    keep_findings(snapshot, actor=actor)


@on_published
def publish_figures(period: Period, actor: Actor) -> None:
    """Publish the figures of a period that was published, in the same transaction."""
    publish_aggregates(period, actor=actor)
