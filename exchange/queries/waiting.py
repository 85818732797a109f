"""Rosters that wait for a decision, as a line of what waits on the first page."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dashboards.queries.waiting import WaitingKind, add_waiting
from exchange.enums import BatchState
from exchange.models import ImportBatch
from exchange.queries.batches import batches_visible
from registry.tenancy.context import Actor


def rosters_to_decide() -> "QuerySet[ImportBatch]":
    """Give the rosters of the actor's area that are checked and wait to be applied or rejected."""
    return batches_visible().filter(state=BatchState.CHECKED)


def _count(_actor: Actor) -> int:
    return rosters_to_decide().order_by().count()


add_waiting(
    WaitingKind(
        "rosters",
        _("Rosters to be applied or rejected"),
        "exchange.decide",
        "exchange.view",
        "rosters",
        _count,
        {"waiting": "1"},
    )
)
