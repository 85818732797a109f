"""Who acts, for which tenant, and on which code ranges."""

import threading
from dataclasses import dataclass, field
from typing import Any, Final, Self
from uuid import UUID

from registry.enums import Role
from registry.lib.gbcode import CodeRange, subtree

MOST_RANGES: Final = 8


class NoScope(RuntimeError):
    """A tenant's table was asked for outside `tenant_scope`: a programming error, never a person's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, machine or job at work in one tenant under one role.

    `tenant_code` is the county's own division code, which rows of the county as a whole carry. `ranges` holds at most
    eight half-open code ranges; none means that no ranged row is visible. `origin` says from where the actor works: an
    address, or `job:<kind>`.
    """

    user_id: UUID | None
    username: str
    role: Role
    tenant_id: int
    tenant_code: str
    ranges: tuple[CodeRange, ...] = ()
    origin: str = ""
    sector: str = ""

    def __post_init__(self) -> None:
        if len(self.ranges) > MOST_RANGES:
            raise ValueError(f"A scope has at most {MOST_RANGES} code ranges.")

    @property
    def reads_audit(self) -> bool:
        """Tell whether the database shows audit events to this actor."""
        return self.role == Role.AUDIT_ADMINISTRATOR

    def covers(self, code: str) -> bool:
        """Tell whether the division code lies in one of the actor's ranges."""
        return any(code_range.contains(code) for code_range in self.ranges)

    def covers_whole(self, code: str) -> bool:
        """Tell whether the division and all that lies below it is the actor's: whoever sees a part counts a part."""
        whole = subtree(code)
        return any(code_range.includes(whole) for code_range in self.ranges)

    @property
    def covers_county(self) -> bool:
        """Tell whether the actor sees the county as a whole."""
        return self.covers_whole(self.tenant_code)

    def to_json(self) -> dict[str, Any]:
        """Give the actor as plain values, for a job that will work in its name."""
        return {
            "user_id": str(self.user_id) if self.user_id else None,
            "username": self.username,
            "role": str(self.role),
            "tenant_id": self.tenant_id,
            "tenant_code": self.tenant_code,
            "ranges": [[code_range.lo, code_range.hi] for code_range in self.ranges],
            "sector": self.sector,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any], *, origin: str) -> Self:
        """Make the actor again from `to_json`."""
        return cls(
            user_id=UUID(values["user_id"]) if values["user_id"] else None,
            username=values["username"],
            role=Role(values["role"]),
            tenant_id=values["tenant_id"],
            tenant_code=values["tenant_code"],
            ranges=tuple(CodeRange(lo, hi) for lo, hi in values["ranges"]),
            origin=origin,
            sector=values.get("sector", ""),
        )


def system_actor(tenant_id: int, tenant_code: str, ranges: tuple[CodeRange, ...], *, origin: str) -> Actor:
    """Make the actor of automatic work in one tenant."""
    return Actor(None, "", Role.SERVICE, tenant_id, tenant_code, ranges, origin)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a door tells the person after a change that was made: a stable code and a sentence in their language."""

    code: str
    sentence: Any


@dataclass(slots=True)
class ScopeState:
    """An open scope: its actor, what is written when it closes, what is said then, and the index version it holds."""

    actor: Actor
    pending: list[Any] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    index_version: int | None = None


class _OpenScope(threading.local):
    """The scope of a thread: it belongs to the thread as the database connection does, on which it is set."""

    state: ScopeState | None = None


open_scope: Final = _OpenScope()


def current_state() -> ScopeState:
    """Give the open scope, or raise NoScope."""
    state = open_scope.state
    if state is None:
        raise NoScope("No tenant scope is open: the outermost door opens it with tenant_scope(actor).")
    return state


def current_actor() -> Actor:
    """Give the actor of the open scope, or raise NoScope."""
    return current_state().actor


def take_notices() -> list[Notice]:
    """Give what is to be told of the changes so far, each once; nothing outside a scope."""
    state = open_scope.state
    if state is None:
        return []
    told, state.notices = state.notices, []
    return list({notice.code: notice for notice in told}.values())


def current_tenant_id() -> int:
    """Give the tenant of the open scope, or raise NoScope."""
    return current_state().actor.tenant_id
