"""Publish the figures of a period to those above the county, by division, as an edition that never changes."""

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.definitions.figures import CAUSES, FLOWS, POSTINGS, QUALITY, SECTIONS, Figures, Numbers
from oversight.definitions.withholding import untold_rules, withheld
from oversight.models import FindingCount
from oversight.queries.aggregates import Counted, count_register, count_snapshot
from oversight.queries.findings import open_findings
from oversight.queries.flows import flows_of
from periods.enums import PeriodKind, PeriodState
from periods.models import Period, Snapshot
from registry.access import require
from registry.audit import record
from registry.lib.errors import Conflict
from registry.lib.gbcode import Level, level_of, parent_of
from registry.lib.periods import day_of
from registry.models import PublishedDivision, PublishedEdition
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor


def publish_aggregates(period: Period, *, actor: Actor) -> PublishedEdition:
    """Publish the figures of a published period by division down to the village, as the next edition of its own.

    Where nothing differs from the last edition, that one stands. In the transaction of whoever publishes the period.
    Raises: NotAllowed; Conflict for a period that is not published or has no frozen facts.
    """
    require(actor, "oversight.publish")
    if period.state != PeriodState.PUBLISHED or period.snapshot is None:
        message = _("Those above the county see published periods only. Publish %(period)s first.")
        raise Conflict("oversight.not_published", message % {"period": period.name})
    divisions = divisions_of(period, actor=actor)
    digest = hashlib.sha256(
        json.dumps([(row.code, row.name, row.figures) for row in divisions], sort_keys=True).encode()
    ).hexdigest()
    last = last_edition(period, actor.tenant_id)
    if last is not None and (last.digest, last.checksum) == (digest, period.snapshot.checksum):
        return last
    edition = _edition(period, last, digest, actor)
    PublishedEdition.objects.bulk_create([edition])
    for row in divisions:
        row.edition = edition
    PublishedDivision.objects.bulk_create(divisions, batch_size=1000)
    record(
        "oversight.publish",
        period,
        actor=actor,
        changes={"edition": (last.edition if last else None, edition.edition)},
        count=len(divisions),
    )
    return edition


def keep_findings(snapshot: Snapshot, *, actor: Actor) -> None:
    """Count the findings that are open when a picture of a period is finished, for its publication at a later day.

    A quarter or longer has the picture of its last month, whose findings are counted already.
    Raises: NotAllowed.
    """
    require(actor, "periods.freeze")
    if FindingCount.objects.filter(snapshot=snapshot).exists():
        return
    FindingCount.objects.bulk_create(
        (
            FindingCount(scope_code=found.village_code, snapshot=snapshot, **asdict(found))
            for found in open_findings(snapshot, on=day_of(snapshot.taken_at or timezone.now()))
        ),
        batch_size=1000,
    )


def last_edition(period: Period, tenant_id: int) -> PublishedEdition | None:
    """Give the newest edition of a county's period."""
    same = {"tenant_id": tenant_id, "period_kind": period.kind, "first_day": period.first_day}
    return PublishedEdition.objects.filter(**same).order_by("-edition").first()


def _edition(period: Period, last: PublishedEdition | None, digest: str, actor: Actor) -> PublishedEdition:
    snapshot = period.snapshot
    if snapshot is None:
        raise TypeError("A published period has its snapshot.")
    return PublishedEdition(
        tenant_id=actor.tenant_id,
        period_kind=period.kind,
        period_name=period.name,
        first_day=period.first_day,
        last_day=period.last_day,
        edition=last.edition + 1 if last else 1,
        due_on=period.last_day + timedelta(days=settings.PUBLICATION_DUE_DAYS),
        frozen_at=period.frozen_at or snapshot.made_at or timezone.now(),
        published_at=period.published_at or timezone.now(),
        checksum=snapshot.checksum,
        digest=digest,
    )


def divisions_of(period: Period, *, actor: Actor) -> list[PublishedDivision]:
    """Count the figures of a period for the county, its townships and its villages, in the order of their codes."""
    snapshot = period.snapshot
    if snapshot is None:
        raise TypeError("A published period has its snapshot.")
    counted = count_snapshot(snapshot)
    count_register(counted, snapshot, period.first_day, period.last_day)
    flows, postings = flows_of(_books_of(period), county_code=actor.tenant_code)
    parents = _parents(counted, [*flows, *postings], actor.tenant_code)
    sums = {section: _summed(counted.numbers.get(section, {}), parents) for section in SECTIONS}
    sums[FLOWS], sums[POSTINGS] = flows, postings
    before = _published_before(period, actor.tenant_id)
    hidden = withheld(sums[CAUSES], parents) | {code for code, figures in before.items() if figures[CAUSES] is None}
    by_severity = {severity: _summed(rules, parents) for severity, rules in counted.rules.items()}
    untold = untold_rules(by_severity, parents, {code: figures[QUALITY] or {} for code, figures in before.items()})
    codes = sorted([actor.tenant_code, *parents])
    names = {**division_names(codes), **counted.names}
    return [
        PublishedDivision(
            tenant_id=actor.tenant_id,
            code=code,
            parent_code=parents.get(code, parent_of(code) or ""),
            name=names.get(code, code),
            figures=_figures(code, sums, untold.get(code, set()), is_withheld=code in hidden),
        )
        for code in codes
    ]


def _published_before(period: Period, tenant_id: int) -> dict[str, Figures]:
    """Give the figures of the edition before: to show now what it withheld would tell, by comparison, what it was."""
    rows = PublishedDivision.objects.filter(edition=last_edition(period, tenant_id))
    return dict(rows.values_list("code", "figures"))


def _books_of(period: Period) -> list[Any]:
    """Give the periods in whose pictures the postings are booked: the months of a longer one, else itself."""
    if period.kind in {PeriodKind.MONTH, PeriodKind.CAMPAIGN}:
        return [period.pk]
    days = {"first_day__gte": period.first_day, "last_day__lte": period.last_day}
    months = Period.objects.filter(kind=PeriodKind.MONTH, snapshot__isnull=False, **days)
    return list(months.values_list("pk", flat=True))


def _parents(counted: Counted, more: list[str], county_code: str) -> dict[str, str]:
    """Give the division above each village and township that anything was counted of; the county has none."""
    villages = {*counted.names, *(code for rows in counted.numbers.values() for code in rows), *more}
    parents: dict[str, str] = {}
    for code in villages:
        while code != county_code:
            above = parent_of(code)
            above = above if above is not None and level_of(above) > Level.COUNTY else county_code
            parents[code] = above
            code = above  # noqa: PLW2901  (climbs to the county)
    return parents


def _summed(by_village: dict[str, Numbers], parents: dict[str, str]) -> dict[str, Numbers]:
    """Add the numbers of each division to all that lie above it."""
    sums: dict[str, Numbers] = {}
    for village, numbers in by_village.items():
        code: str | None = village
        while code is not None:
            here = sums.setdefault(code, {})
            for name, value in numbers.items():
                here[name] = here.get(name, 0) + value
            code = parents.get(code)
    return sums


def _figures(code: str, sums: dict[str, dict[str, Numbers]], untold: set[str], *, is_withheld: bool) -> Figures:
    figures: Figures = {section: dict(sums[section].get(code, {})) for section in SECTIONS}
    if is_withheld:
        figures[CAUSES] = None
    # A rule tells what is the matter with somebody: where that could be one household, only the severity goes up.
    quality = (figures[QUALITY] or {}).items()
    figures[QUALITY] = {
        name: value for name, value in quality if name not in untold and not (is_withheld and name.startswith("rule_"))
    }
    return figures
