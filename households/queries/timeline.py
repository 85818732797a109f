"""The timeline of a household: deeds with who and why, what changed, and what held since when, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from households.models import Household
from households.queries import timeline_changes, timeline_facts
from households.queries.timeline_lines import Entry, Topic, cursor_after, place_of, told
from registry.tenancy.context import Actor

PAGE: Final = 50
# They enter their lines when they are loaded.
ROOMS: Final = (timeline_changes, timeline_facts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a timeline: a topic, days (both included), and the place after which a page begins."""

    topic: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page, and the cursor of the next; empty on the last one."""

    entries: tuple[Entry, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Lines that were done together, by one person at one moment."""

    first: Entry
    entries: tuple[Entry, ...]


def timeline(household: Household, *, actor: Actor, wanted: Wanted | None = None) -> list[Entry]:
    """Give every line of a household and of the persons who live in it or lived in it last, the newest first.

    Who looked at sealed values is told to those whom the rules table names (`households.view_reveals`).
    """
    asked = wanted or Wanted()
    entries = (entry for entry in told(household, actor) if _is_asked(entry, asked))
    return sorted(entries, key=lambda entry: entry.place, reverse=True)


def timeline_page(household: Household, *, actor: Actor, wanted: Wanted) -> Page:
    """Give one page; the same lines stand on it when new ones come. Raises: DomainError for a strange cursor."""
    entries = timeline(household, actor=actor, wanted=wanted)
    if wanted.cursor:
        after = place_of(wanted.cursor)
        entries = [entry for entry in entries if entry.place < after]
    shown = tuple(entries[:PAGE])
    return Page(shown, cursor_after(shown[-1]) if len(entries) > PAGE else "")


def by_day(entries: Iterable[Entry]) -> list[tuple[date | None, list[Deed]]]:
    """Group lines by day, and within a day by what was done together."""
    return [(day, _deeds(lines)) for day, lines in groupby(entries, key=lambda entry: entry.day)]


def _deeds(entries: Iterable[Entry]) -> list[Deed]:
    groups = [tuple(lines) for _deed, lines in groupby(entries, key=lambda entry: entry.deed or entry.key)]
    return [Deed(lines[0], lines) for lines in groups]


def _is_asked(entry: Entry, wanted: Wanted) -> bool:
    if wanted.topic and entry.topic != Topic(wanted.topic):
        return False
    if wanted.since and (entry.day is None or entry.day < wanted.since):
        return False
    return not (wanted.until and (entry.day is None or entry.day > wanted.until))
