"""The best plan, with a bound that proves how near to the best it is.

A flow of least cost over a few choices of each target is solved by an existing optimiser. Its prices (what a place at a
sender is worth) then judge *all* permitted choices: one that undercuts them is added and the flow solved again.
Prices of any kind give a lower bound over all permitted plans, so the gap is proven whether or not the time sufficed.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from ortools.graph.python import min_cost_flow

from planning.optimum.problem import Bools, Ints, Problem

NOBODY: Final = -1
# Choices a target begins with, and how many are added at most in a round.
FIRST_CHOICES: Final = 12
MORE_CHOICES: Final = 6
# Pairs judged at once: 8 bytes each in some ten arrays.
BLOCK: Final = 1_000_000
FAR: Final = np.int64(1) << np.int64(60)


class NotSolvedError(Exception):
    """The optimiser gave no answer: a fault of the problem's making, never of its size."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan. `chosen`: each target's sender or `NOBODY`. `cost`: in points; no permitted plan costs less than `bound`.

    `price`: what one place fewer at each sender would cost, in points. `rounds`: how often the flow was solved.
    """

    chosen: Ints
    cost: int
    bound: int
    price: Ints
    rounds: int

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a share of the bound."""
        return (self.cost - self.bound) / self.bound if self.bound else float(self.cost > 0)


def solve(problem: Problem, *, seconds: float = 60.0) -> Plan:
    """Find the plan of least cost. After `seconds` no further round begins; the gap then says what may be missing.

    Raises `ValueError` when what is kept exceeds a sender's capacity or names a target twice.
    """
    until = time.monotonic() + seconds
    task = _Task.of(problem)
    choices = _cheapest(task).joined(_those_there(task)).joined(_alike_in_rank(task))
    bound, rounds = 0, 0
    while True:
        rounds += 1
        chosen, cost = _flow(task, choices)
        price = _prices(task, choices, chosen)
        undercutting, value = _judge(task, price)
        bound = max(bound, value - int((price * task.room).sum()))
        wider = choices.joined(undercutting)
        if cost <= bound or time.monotonic() > until or len(wider.cost) == len(choices.cost):
            break
        choices = wider
    held = np.flatnonzero(task.kept != NOBODY)
    beforehand = int(problem.cost(task.kept[held], held).sum()) if len(held) else 0
    chosen = np.where(task.kept != NOBODY, task.kept, chosen)
    return Plan(chosen, cost + beforehand, bound + beforehand, price, rounds)


def weighed(problem: Problem, chosen: Ints, *, bound: int) -> Plan:
    """Weigh a plan that is chosen already against a bound, without solving anything."""
    served = np.flatnonzero(chosen != NOBODY)
    alone = np.flatnonzero(chosen == NOBODY)
    cost = int(problem.cost(chosen[served], served).sum()) + int(problem.without()[alone].sum())
    return Plan(chosen, cost, min(bound, cost), np.zeros(len(problem.senders), dtype=np.int64), 0)


def permitted_blocks(problem: Problem, size: int = BLOCK) -> Iterator[tuple[Ints, Ints, Bools]]:
    """Give senders with a capacity and targets in blocks of about `size` pairs, and which pairs are permitted."""
    task = _Task.of(replace(problem, limits=replace(problem.limits, kept=frozenset())))
    for ours, theirs in task.blocks(size):
        yield ours, theirs, task.permitted(ours[None, :], theirs[:, None])


@dataclass(frozen=True, slots=True)
class _Task:
    """What is left to choose: the free targets, the senders' room, and what is barred as one sorted number a pair."""

    problem: Problem
    kept: Ints
    free: Ints
    room: Ints
    barred: Ints
    without: Ints

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Take away what is kept beforehand."""
        width = len(problem.targets)
        kept = np.full(width, NOBODY, dtype=np.int64)
        for sender, target in problem.limits.kept:
            if kept[target] != NOBODY:
                raise ValueError("a target is kept for two senders")
            kept[target] = sender
        room = problem.senders.capacity - np.bincount(kept[kept != NOBODY], minlength=len(problem.senders))
        if (room < 0).any():
            raise ValueError("kept choices exceed the capacity of a sender")
        barred = np.array(sorted(sender * width + target for sender, target in problem.limits.barred), dtype=np.int64)
        return cls(problem, kept, np.flatnonzero(kept == NOBODY), room, barred, problem.without())

    def blocks(self, size: int = BLOCK) -> Iterator[tuple[Ints, Ints]]:
        """Give senders with room and targets, zone by zone, in blocks of about `size` pairs."""
        sender_zone, target_zone = self.problem.senders.zone, self.problem.targets.zone[self.free]
        able = np.flatnonzero(self.room > 0)
        for zone in np.unique(target_zone):
            theirs = self.free[target_zone == zone]
            ours = able if zone < 0 else able[(sender_zone[able] == zone) | (sender_zone[able] < 0)]
            step = max(size // max(len(ours), 1), 1)
            for start in range(0, len(theirs) if len(ours) else 0, step):
                yield ours, theirs[start : start + step]

    def permitted(self, ours: Ints, theirs: Ints) -> Bools:
        """Tell which pairs are permitted. The index arrays broadcast against each other."""
        allowed = self.problem.permitted(ours, theirs) & (self.room[ours] > 0)
        if len(self.barred):
            pairs = ours * len(self.problem.targets) + theirs
            at = np.minimum(np.searchsorted(self.barred, pairs), len(self.barred) - 1)
            allowed &= self.barred[at] != pairs
        return allowed

    def priced(self, ours: Ints, theirs: Ints, price: Ints) -> tuple[Ints, Ints]:
        """Return a block's costs, and the same with prices, `FAR` where not permitted. Both of shape (theirs, ours)."""
        pair = ours[None, :], theirs[:, None]
        cost = self.problem.cost(*pair)
        return cost, np.where(self.permitted(*pair), cost + price[ours], FAR)


@dataclass(frozen=True, slots=True)
class _Choices:
    """Choices in hand: parallel arrays of sender, target and cost, each pair once."""

    sender: Ints
    target: Ints
    cost: Ints

    @classmethod
    def of(cls, parts: list[tuple[Ints, Ints, Ints]]) -> Self:
        """Put parts together that have no pair in common."""
        if not parts:
            return cls(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
        return cls(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def joined(self, other: Self) -> Self:
        """Put both together."""
        both = self.of([(self.sender, self.target, self.cost), (other.sender, other.target, other.cost)])
        if not len(both.cost):
            return both
        _, at = np.unique(both.sender * (int(both.target.max()) + 1) + both.target, return_index=True)
        return type(self)(both.sender[at], both.target[at], both.cost[at])


def _lowest(cost: Ints, priced: Ints, ours: Ints, theirs: Ints, *, count: int) -> tuple[Ints, Ints, Ints]:
    """Take the `count` lowest of each row that are permitted."""
    count = min(count, len(ours))
    at = np.argpartition(priced, count - 1, axis=1)[:, :count]
    rows = np.arange(len(theirs))[:, None]
    good = priced[rows, at] < FAR
    return ours[at][good], np.broadcast_to(theirs[:, None], at.shape)[good], cost[rows, at][good]


def _cheapest(task: _Task) -> _Choices:
    free_of_charge = np.zeros_like(task.room)
    return _Choices.of(
        [
            _lowest(*task.priced(ours, theirs, free_of_charge), ours, theirs, count=FIRST_CHOICES)
            for ours, theirs in task.blocks()
        ]
    )


def _alike_in_rank(task: _Task) -> _Choices:
    """The senders whose strength has the rank that the target's difficulty has, within each zone, and some around.

    Where everybody's cheapest are the same few, these alone leave room for all, so that the first prices tell.
    """
    parts = []
    for ours, theirs in task.blocks():
        order = ours[np.argsort(-task.problem.senders.strength[ours], kind="stable")]
        ends = np.cumsum(task.room[order])
        rank = np.empty(len(theirs), dtype=np.int64)
        rank[np.argsort(-task.problem.targets.difficulty[theirs], kind="stable")] = np.arange(len(theirs))
        middle = np.searchsorted(ends, rank * int(ends[-1]) // len(theirs), side="right")
        width = min(FIRST_CHOICES, len(order))
        around = (middle[:, None] + np.arange(width)[None, :] - width // 2) % len(order)
        sender, target = order[around].ravel(), np.repeat(theirs, width)
        good = task.permitted(sender, target)
        sender, target = sender[good], target[good]
        parts.append((sender, target, task.problem.cost(sender, target)))
    return _Choices.of(parts)


def _those_there(task: _Task) -> _Choices:
    """The senders that are there now, where that may go on."""
    present = task.problem.targets.present
    theirs = task.free[present[task.free] >= 0]
    theirs = theirs[task.permitted(present[theirs], theirs)]
    return _Choices(present[theirs], theirs, task.problem.cost(present[theirs], theirs))


def _flow(task: _Task, choices: _Choices) -> tuple[Ints, int]:
    """Solve the flow over the choices in hand; return who goes where and the cost."""
    senders, targets, free = len(task.room), len(task.kept), task.free
    source, nobody = senders + targets, senders + targets + 1
    ones = np.ones(len(choices.cost) + len(free), dtype=np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([choices.sender, np.full(len(free), nobody), np.full(senders + 1, source)]).astype(np.int32),
        np.concatenate([choices.target + senders, free + senders, np.arange(senders), [nobody]]).astype(np.int32),
        np.concatenate([ones, task.room, [len(free)]]).astype(np.int64),
        np.concatenate([choices.cost, task.without[free], np.zeros(senders + 1)]).astype(np.int64),
    )
    flow.set_nodes_supplies(
        np.concatenate([free + senders, [source]]).astype(np.int32),
        np.concatenate([np.full(len(free), -1), [len(free)]]).astype(np.int64),
    )
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise NotSolvedError(str(status))
    used = flow.flows(arcs[: len(choices.cost)]) > 0
    chosen = np.full(targets, NOBODY, dtype=np.int64)
    chosen[choices.target[used]] = choices.sender[used]
    alone = free[chosen[free] == NOBODY]
    return chosen, int(choices.cost[used].sum() + task.without[alone].sum())


def _prices(task: _Task, choices: _Choices, chosen: Ints) -> Ints:
    """Return prices under which everybody is content with the plan: shortest ways in what is left of the network.

    A sender with a free place costs nothing, and neither does nobody. If a target of a full sender would be worse off
    elsewhere by `d` points, the full sender's price is at most the other's plus `d`.
    """
    nobody = len(task.room)
    load = np.bincount(chosen[chosen != NOBODY], minlength=nobody)
    price = np.append(np.where(load < task.room, 0, FAR), 0)
    placed = np.flatnonzero(chosen != NOBODY)
    mine = chosen[choices.target] == choices.sender
    now = np.zeros(len(chosen), dtype=np.int64)
    now[choices.target[mine]] = choices.cost[mine]
    other = ~mine & (chosen[choices.target] != NOBODY)
    tail, head, more = _shortest_each(
        np.concatenate([choices.sender[other], np.full(len(placed), nobody)]),
        np.concatenate([chosen[choices.target[other]], chosen[placed]]),
        np.concatenate([choices.cost[other] - now[choices.target[other]], task.without[placed] - now[placed]]),
    )
    for _ in range(nobody + 1):
        before = price.copy()
        np.minimum.at(price, head, np.where(price[tail] < FAR, price[tail] + more, FAR))
        if (price == before).all():
            break
    return np.where(price[:nobody] < FAR, np.maximum(price[:nobody], 0), 0)


def _shortest_each(tail: Ints, head: Ints, more: Ints) -> tuple[Ints, Ints, Ints]:
    """Keep the shortest of the ways between the same two."""
    order = np.lexsort((more, head, tail))
    tail, head, more = tail[order], head[order], more[order]
    first = np.ones(len(tail), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return tail[first], head[first], more[first]


def _judge(task: _Task, price: Ints) -> tuple[_Choices, int]:
    """Judge all permitted choices under the prices: the lowest of each target, and the sum of what they come to."""
    lowest, parts = task.without.copy(), []
    for ours, theirs in task.blocks():
        cost, priced = task.priced(ours, theirs, price)
        lowest[theirs] = np.minimum(lowest[theirs], priced.min(axis=1))
        parts.append(_lowest(cost, priced, ours, theirs, count=MORE_CHOICES))
    return _Choices.of(parts), int(lowest[task.free].sum())
