"""Which wishes and enrolments an actor sees."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from households.queries.visibility import persons_visible_to
from livelihoods.models import Course, Enrolment, PostHolding, PostMonth, TrainingWish, WelfarePost
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor

Rows = TypeVar("Rows", "QuerySet[TrainingWish]", "QuerySet[Enrolment]", "QuerySet[PostHolding]", "QuerySet[PostMonth]")


def wishes_visible_to(actor: Actor) -> "QuerySet[TrainingWish]":
    """Give the wishes of the persons that the actor may see."""
    return _of_persons(TrainingWish.objects.select_related("person"), actor)


def enrolments_visible_to(actor: Actor) -> "QuerySet[Enrolment]":
    """Give the enrolments of the persons that the actor may see."""
    return _of_persons(Enrolment.objects.select_related("person", "course"), actor)


def holdings_visible_to(actor: Actor) -> "QuerySet[PostHolding]":
    """Give the terms of the persons that the actor may see."""
    return _of_persons(PostHolding.objects.select_related("person"), actor)


def months_visible_to(actor: Actor) -> "QuerySet[PostMonth]":
    """Give the confirmed months of the persons that the actor may see."""
    return _of_persons(PostMonth.objects.select_related("person"), actor)


def _of_persons(rows: Rows, actor: Actor) -> Rows:
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(person__in=persons_visible_to(actor).values("id"))


def find_course(course_id: UUID) -> Course:
    """Give one course. Raises: NotFound for an unknown one."""
    row = Course.objects.filter(pk=course_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_enrolment(enrolment_id: UUID, *, actor: Actor) -> Enrolment:
    """Give one enrolment. Raises: NotFound for an unknown one and for one that the actor may not see."""
    row = enrolments_visible_to(actor).filter(pk=enrolment_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_wish(wish_id: UUID, *, actor: Actor) -> TrainingWish:
    """Give one wish. Raises: NotFound for an unknown one and for one that the actor may not see."""
    row = wishes_visible_to(actor).filter(pk=wish_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_post(post_id: UUID) -> WelfarePost:
    """Give one post. Raises: NotFound for an unknown one and for one outside the scope."""
    row = WelfarePost.objects.filter(pk=post_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row
