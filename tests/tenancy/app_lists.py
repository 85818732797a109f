"""The shape in which an app tells the tests of tenancy of its doors and rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from households.models import Household
from registry.tenancy.context import Actor
from registry.tenancy.models import VersionedModel

Bodies = Mapping[tuple[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Ground:
    """What stands in a county before an app writes its rows: two households of two townships, and who writes.

    `member_id` is a person of `household` who is not its head; `mark` stands in each name and text of the county.
    """

    household: Household
    far: Household
    member_id: UUID
    helper_id: UUID
    measure_id: UUID
    mark: str
    actor: Actor


@dataclass(frozen=True)
class Written:
    """Ids of an app's rows: by the parameter of addresses or the braces of a body, and by `app_model` of its pages."""

    ids: Mapping[str, Any] = field(default_factory=dict)
    objects: Mapping[str, UUID] = field(default_factory=dict)


def writes_nothing(ground: Ground) -> Written:
    """Write no rows."""
    return Written()


@dataclass(frozen=True)
class AppLists:
    """The lines of one app; what each is for stands with the list of the same name in the tests."""

    # matrix.py: pages of their own, pages of models, REST; each with the right that it needs.
    pages: Mapping[str, str] = field(default_factory=dict)
    with_history: Iterable[str] = ()
    models: Mapping[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    api: Mapping[str, dict[str, str]] = field(default_factory=dict)
    # rows.py: writes a row in each table of the app; whatever may be decided is proposed by nobody who asks.
    write: Callable[[Ground], Written] = writes_nothing
    # test_leaks.py: bodies of addresses that name a row, what carries a version, lists without ids of rows.
    bodies: Bodies = field(default_factory=dict)
    versioned: Mapping[str, type[VersionedModel]] = field(default_factory=dict)
    figures: Iterable[str] = ()
    # test_leaks.py: addresses of rows that are for those above all counties; the tests of the app hold who sees them.
    above: Iterable[str] = ()
    # test_bodies.py: bodies of addresses that name no row, and the tables that fields of bodies name.
    more: Bodies = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    # test_again.py: changes without a version, changes that may be sent again, and those that add one more.
    without_version: Iterable[str] = ()
    again: Iterable[str] = ()
    one_more: Iterable[str] = ()
    # test_rows.py: tables that belong to the county as a whole, and tables from which rows may be deleted.
    shared: Iterable[str] = ()
    deletable: Iterable[str] = ()
    # test_forgotten.py: columns ("table.column") that may stay when a person is anonymised, each with its reason.
    stays: Iterable[str] = ()
    # test_side_doors.py: parameters of addresses that name something below a household.
    of_households: Iterable[str] = ()
