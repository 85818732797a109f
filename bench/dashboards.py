"""The first page of a county office: 60,000 households beside 1,000 in as many villages.

What boards count is kept by village; findings, deadlines and requests are counted for each page. The page is asked for
as a clerk asks, with its login, charts and map: once when nothing changed, and once after a change in one village.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db.models import F
from django.test import Client
from django.urls import reverse

from bench.boards import SMALL, asked, assist, browser_of, small_county
from bench.ground import HOUSEHOLDS, bench_actor, gather_statistics
from bench.measure import Goal, Result, compare
from households.models import Household
from quality.models import Finding
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from villages.models import Village

ROUNDS: Final = 9
CHUNK: Final = 2000
GOAL: Final = Goal("the time of a county of 1,000 households, within a factor of 2", of_limit=2.0)
_RULE: Final = "BENCH"


def run() -> list[Result]:
    """Fill both counties, and measure the first page in turn in both."""
    full, small = bench_actor(), small_county()
    for actor in (full, small):
        assist(actor)
        _find(actor)
    gather_statistics()
    where, note = (
        reverse("admin:index"),
        f"{HOUSEHOLDS} households; the limit is a county of {SMALL} in as many villages",
    )
    browsers = {"ours": browser_of(full), "limit": browser_of(small)}
    unchanged = {key: asked(browser, where) for key, browser in browsers.items()}
    changed = {
        key: _after_a_change(browser, where, actor)
        for (key, browser), actor in zip(browsers.items(), (full, small), strict=True)
    }
    return [
        compare("first page", unchanged, goal=GOAL, unit="s", rounds=ROUNDS, note=note),
        compare("first page after a change", changed, goal=GOAL, unit="s", rounds=ROUNDS, note=note),
    ]


def _after_a_change(browser: Client, where: str, actor: Actor) -> Callable[[], float]:
    """Measure the page after somebody corrected the cause of one household: its village is counted anew."""

    def measure() -> float:
        with tenant_scope(actor):
            first = Household.objects.order_by("number").values_list("pk", flat=True)[0]
            code = str(time.monotonic_ns() % 9 + 1)
            Household.objects.filter(pk=first).update(main_cause_code=f"0{code}", version=F("version") + 1)
        return asked(browser, where)()

    return measure


def _find(actor: Actor) -> None:
    """Give one of five households an open finding, and the villages their coordinates."""
    with tenant_scope(actor):
        if Finding.objects.filter(rule_code=_RULE).exists():
            return
        rows = [
            Finding(
                rule_code=_RULE,
                severity="warn" if n % 2 else "suspicion",
                subject_id=one.pk,
                household=one,
                scope_code=one.scope_code,
                first_seen_on=today() - timedelta(days=n % 90),
                last_seen_on=today(),
                due_on=today() + timedelta(days=n % 40 - 20),
            )
            for n, one in enumerate(Household.objects.order_by("number")[::5])
        ]
        Finding.objects.bulk_create(rows, CHUNK)
        villages = list(Village.objects.order_by("code"))
        for n, village in enumerate(villages):
            village.longitude, village.latitude = (
                Decimal(91) + n % 10 * Decimal("0.07"),
                Decimal(29) + n // 10 * Decimal("0.05"),
            )
        Village.objects.bulk_update(villages, ["longitude", "latitude"])
