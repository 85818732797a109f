"""Publish the county's figures of need: what the levels above plan on."""

import hashlib
import json

from planning.queries.needs import village_needs
from planning.queries.published import NEED_REPORT
from registry.access import require
from registry.audit import record
from registry.lib.periods import today
from registry.models import PublishedFigure
from registry.tenancy.context import Actor


def publish_needs(*, actor: Actor) -> PublishedFigure:
    """Publish the figures of today, as a new edition; an edition never changes. Without persons, by village.

    Where nothing changed since the last edition, that one stands. Raises: NotAllowed.
    """
    require(actor, "planning.publish_needs")
    day = today()
    figures = {"as_of": day.isoformat(), "villages": [need.to_json() for need in village_needs(day)]}
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False)
    month = day.replace(day=1)
    former = PublishedFigure.objects.filter(tenant_id=actor.tenant_id, report=NEED_REPORT, month=month)
    digest = hashlib.sha256(text.encode()).hexdigest()
    last = former.order_by("-edition").first()
    if last is not None and last.digest == digest:
        return last
    edition = last.edition + 1 if last else 1
    published = PublishedFigure(
        tenant_id=actor.tenant_id,
        report=NEED_REPORT,
        month=month,
        edition=edition,
        figures=figures,
        digest=digest,
    )
    PublishedFigure.objects.bulk_create([published])
    record(
        "planning.publish_needs",
        actor=actor,
        object_type="planning.needs",
        changes={"edition": (None, edition)},
        count=len(figures["villages"]),
    )
    return published
