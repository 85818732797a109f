"""What may become of a course."""

from typing import Final

from livelihoods.enums import CourseState

COURSE_STEPS: Final[dict[str, frozenset[str]]] = {
    CourseState.PLANNED: frozenset({CourseState.HELD, CourseState.CANCELLED}),
    CourseState.HELD: frozenset(),
    CourseState.CANCELLED: frozenset(),
}
