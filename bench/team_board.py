"""The board of full coverage by teams: with the county's households, and for as many villages without any."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from bench.ground import COUNTY_CODE, HOUSEHOLDS, PLACES, TENANT_ID, bench_actor
from bench.measure import Goal, Result, compare
from registry.lib.gbcode import subtree
from registry.models import Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from villages.domain.members import MemberDraft, add_member
from villages.domain.teams import send_team
from villages.domain.units import add_unit
from villages.models import Village, WorkTeam
from villages.queries.board import Gap, board_on, gap_rows

DAY: Final = date(2021, 3, 1)
EMPTY_CODE: Final = "549902000000"
ROUNDS: Final = 15
GOAL: Final = Goal("the same time with and without households, within a factor of 2", of_limit=2.0)


def run() -> list[Result]:
    """Measure the figures and the four lists behind them."""
    full, empty = bench_actor(), _empty_county()
    for actor in (full, empty):
        _send_teams(actor)
    variants = {"ours": _asked(full), "limit": _asked(empty)}
    note = f"{HOUSEHOLDS} households in {len(PLACES)} villages; the limit is a county without households"
    return [compare("board of teams", variants, goal=GOAL, unit="s", rounds=ROUNDS, note=note)]


def _empty_county() -> Actor:
    Tenant.objects.get_or_create(pk=TENANT_ID + 1, defaults={"code": EMPTY_CODE, "name": "示例县乙"})
    actor = replace(bench_actor(), tenant_id=TENANT_ID + 1, tenant_code=EMPTY_CODE, ranges=(subtree(EMPTY_CODE),))
    with tenant_scope(actor):
        if not Village.objects.exists():
            codes = [f"{EMPTY_CODE[:6]}{code.removeprefix(COUNTY_CODE[:6])}" for code in PLACES]
            Village.objects.bulk_create([Village(code=code, scope_code=code, name="示例村") for code in codes])
    return actor


def _send_teams(actor: Actor) -> None:
    """Send a team of two to most villages."""
    with tenant_scope(actor):
        if WorkTeam.objects.exists():
            return
        unit = add_unit({"name": "示例单位"}, actor=actor)
        for number, village in enumerate(Village.objects.order_by("code")):
            if number % 10:
                team = send_team(village.pk, unit.pk, leader_name=f"示例队长{number}", actor=actor, on=DAY)
                draft = MemberDraft(name=f"示例队员{number}", post_codes=("1",), starts_on=DAY)
                add_member(team.pk, draft, actor=actor)


def _asked(actor: Actor) -> Callable[[], float]:
    def measure() -> float:
        with tenant_scope(actor):
            began = time.perf_counter()
            board_on(DAY)
            for gap in Gap:
                gap_rows(gap, DAY)
            return time.perf_counter() - began

    return measure
