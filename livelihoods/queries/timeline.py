"""What training and posts tell in a household's timeline: of its members, while they lived in it."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from households.models import Household, Membership
from households.queries.timeline_lines import Entry, Topic, tell
from livelihoods.enums import KIND_SCHEME
from livelihoods.models import Enrolment, PostHolding, TrainingWish
from registry.access import role_may
from registry.domain.readable import label_of
from registry.tenancy.context import Actor

VIEW: Final = "livelihoods.view"
Spell = tuple[UUID, str, date | None, date | None]


@tell
def livelihoods_of(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell wishes, courses and terms in posts to who may see them."""
    if not role_may(actor, VIEW):
        return
    rows = Membership.objects.filter(household=household)
    spells: list[Spell] = list(rows.values_list("person_id", "person__name", "starts_on", "ends_on"))
    yield from _wishes(spells)
    yield from _courses(spells)
    yield from _terms(spells)


def _name(spells: list[Spell], person_id: UUID, day: date) -> str | None:
    """Give the name of a person who lived in the household on the day."""
    for person, name, starts, ends in spells:
        if person == person_id and (starts is None or starts <= day) and (ends is None or ends > day):
            return name
    return None


def _ids(spells: list[Spell]) -> set[UUID]:
    return {spell[0] for spell in spells}


def _wishes(spells: list[Spell]) -> Iterator[Entry]:
    for row in TrainingWish.objects.filter(person__in=_ids(spells), withdrawn_on__isnull=True):
        name, label = _name(spells, row.person_id, row.told_on), label_of(row.kind_code, KIND_SCHEME)
        if name is not None:
            text = _("%(name)s wishes for training: %(kind)s") % {"name": name, "kind": label}
            yield Entry(f"wish-{row.id}", Topic.ASSISTANCE, "training_wish", None, row.told_on, text, name=name,
                        code=row.kind_code, code_label=label)  # fmt: skip


def _courses(spells: list[Spell]) -> Iterator[Entry]:
    rows = Enrolment.objects.filter(person__in=_ids(spells), attended_days__gte=1).select_related("course")
    for row in rows:
        told = {"course": row.course.name, "days": row.attended_days}
        name, key = _name(spells, row.person_id, row.last_on), str(row.id)
        if name is not None:
            text = _("%(name)s attended a course: %(course)s (%(days)s days)") % {**told, "name": name}
            yield Entry(f"course-{key}", Topic.ASSISTANCE, "course_attended", None, row.last_on, text, name=name)
        name = _name(spells, row.person_id, row.certified_on) if row.certified_on else None
        if name is not None:
            text = _("%(name)s holds a certificate of the course: %(course)s") % {**told, "name": name}
            yield Entry(f"certified-{key}", Topic.ASSISTANCE, "certified", None, row.certified_on, text, name=name)


def _terms(spells: list[Spell]) -> Iterator[Entry]:
    for row in PostHolding.objects.filter(person__in=_ids(spells)):
        name = _name(spells, row.person_id, row.starts_on)
        if name is None or row.ends_on == row.starts_on:
            continue  # entered in error: the deeds tell it
        told = {"name": name, "day": row.ends_on.isoformat()}
        text = _("%(name)s holds a public-welfare post until %(day)s") % told
        yield Entry(f"term-{row.id}", Topic.ASSISTANCE, "post_held", None, row.starts_on, text, name=name,
                    reason=row.end_reason)  # fmt: skip
