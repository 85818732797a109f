"""Turn a refusal of the database into a sentence."""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.refusals import constraint_name
from registry.lib.errors import Conflict
from registry.tenancy.scope import savepoint

NOBODY_CAME: Final = _(
    "Nobody attended this course, so it cannot be closed as held. Enter who attended on how many days, or cancel it."
)
ONE_POST: Final = _(
    "The person holds a post on one of these days already. A person has one post at a time: end that term first."
)
MONTH_CONFIRMED: Final = _("A month after that day was confirmed. Reverse it first, or end the term later.")
SEATS_TAKEN: Final = _("All seats of this post are taken on these days. End a term first, or give the post more seats.")
_MESSAGES: Final[Mapping[str, str | Promise]] = {
    "trainingrule_once_a_year": _("There are figures from this year on already. Open them and correct them."),
    "postrule_once_a_year": _("There are figures from this year on already. Open them and correct them."),
    "trainingwish_once_a_day": _("The person told this wish on that day already. Open it."),
    "course_name_once_a_day": _("There is a course of this name and first day already. Open it."),
    "course_has_a_seat_for_each": _("All seats of this course are taken. Withdraw somebody, or add seats."),
    "course_held_was_attended": NOBODY_CAME,
    "course_held_is_over": _("The course lasts still. Close it on its last day or later."),
    "course_is_closed_once": _("This course was closed or cancelled already."),
    "course_days_stand_while_enrolled": _(
        "Persons are enrolled for these days. Withdraw them before you change the days of the course."
    ),
    "enrolment_in_a_planned_course": _("This course is over or cancelled, and takes nobody in."),
    "enrolment_one_course_a_day": _(
        "The person is enrolled in another course on one of these days. Withdraw that enrolment, or choose another "
        "course."
    ),
    "enrolment_is_withdrawn_once": _("This enrolment was withdrawn already."),
    "welfarepost_name_once_a_village": _("The village has a post of this name already. Open it."),
    "postholding_one_a_seat_a_day": SEATS_TAKEN,
    "postholding_one_post_a_day": ONE_POST,
    "postholding_fits_its_post": _("The term lies outside the time of the post, or the post has no such seat."),
    "postholding_ends_after_its_months": MONTH_CONFIRMED,
    "postmonth_once": _("This month was confirmed already. To correct it, reverse it first."),
    "postmonth_reversed_once": _("This month was reversed already. Load the page again."),
    "postmonth_reversal_mirrors": _("A reversal is not reversed. Confirm the right month anew."),
    "postmonth_lies_in_its_term": _("The month lies outside the term. Check the month."),
    "enrolment_attends_the_days_at_most": _("Nobody attends more days than the course has. Check the number of days."),
}


def written(write: Callable[[], object]) -> None:
    """Write, and explain what the database refuses by the name of the constraint. Raises: Conflict."""
    try:
        with savepoint():
            write()
    except IntegrityError as error:
        name = constraint_name(error)
        refused = _("The register refuses this change: it contradicts another entry.")
        raise Conflict(f"database.{name or 'refused'}", _MESSAGES.get(name, refused)) from error
