"""What a line of income may come from: the kinds of this app, and those that apps above enter.

An app above enters its own kind once, when it is ready:

    enter_source_kind(UpperSource("dividend", _("Dividend"), dividends_of))

where `dividends_of(household_id, year)` gives what the income of that household and year may come from.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.enums import SourceKind


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """Something on file that an income may come from, by its id and a name without persons."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class UpperSource:
    """A kind of source that lies in an app above: its key, what it is called, and what it offers a household's year."""

    key: str
    label: str | Promise
    offers: Callable[[UUID, int], Iterable[SourceOffer]]


# Apps above fill it; nothing else writes to it.
_upper: Final[dict[str, UpperSource]] = {}
_LABELS: Final[Mapping[str, str | Promise]] = {
    SourceKind.PARTNER: _("Partner"),
    SourceKind.MEASURE: _("Measure"),
    SourceKind.POST: _("Public-welfare post or other post, by its name"),
    SourceKind.PROJECT: _("Project, by its name"),
    SourceKind.OTHER: _("Something else, by its name"),
}


def enter_source_kind(kind: UpperSource) -> None:
    """Let lines of income come from what an app above keeps."""
    if kind.key in SourceKind.values or not kind.key or len(kind.key) > 20:
        raise ValueError("The key of a kind of source is short, and not one of this app's own.")
    _upper[kind.key] = kind


def upper_sources() -> tuple[UpperSource, ...]:
    """Give the kinds that apps above entered, in the order of their keys."""
    return tuple(_upper[key] for key in sorted(_upper))


def upper_source(key: str) -> UpperSource | None:
    """Give the kind that an app above entered under this key."""
    return _upper.get(key)


def kind_label(key: str) -> str:
    """Give the label of a kind of source; of one whose app is gone its key."""
    own = _LABELS.get(key)
    kind = _upper.get(key)
    return str(own) if own is not None else str(kind.label) if kind else key
