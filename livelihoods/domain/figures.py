"""Set the county's figures of training and of posts."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livelihoods.definitions.figures import TrainingFigures
from livelihoods.definitions.posts import LONGEST_MONTHS, PostFigures
from livelihoods.domain.refusals import written
from livelihoods.models import PostRule, TrainingRule
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import DomainError
from registry.lib.text import clean
from registry.tenancy.context import Actor

_ACTION: Final = "livelihoods.manage_figures"
_POST_COLUMNS: Final = ("youngest_age", "oldest_age", "most_months", "asked_days", "source")
_COLUMNS: Final = ("youngest_age", "oldest_age", "least_percent", "needs_certificate", "counted_since", "source")


def set_training_rule(from_year: int, figures: TrainingFigures, *, actor: Actor) -> TrainingRule:
    """Enter the figures that hold from a year on.

    Raises: NotAllowed; Conflict for a year that has some; DomainError with the field at fault.
    """
    require(actor, _ACTION)
    _check_year(from_year)
    values = _checked(figures)
    row = TrainingRule(scope_code=actor.tenant_code, from_year=from_year, **values)
    written(row.save)
    changes: dict[str, tuple[Any, Any]] = {name: (None, value) for name, value in values.items()}
    record("livelihoods.set_training_rule", row, actor=actor, changes={"from_year": (None, from_year), **changes})
    return row


def amend_training_rule(rule_id: UUID, figures: TrainingFigures, *, actor: Actor, version: int) -> TrainingRule:
    """Correct figures; who counts as trained follows at once.

    Locks: the figures. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(TrainingRule.objects.all(), rule_id, version)
    values = _checked(figures)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("livelihoods.amend_training_rule", row, actor=actor, changes=changes)
    return row


def set_post_rule(from_year: int, figures: PostFigures, *, actor: Actor) -> PostRule:
    """Enter the figures of posts that hold from a year on; terms that are on file stay as they are.

    Raises: NotAllowed; Conflict for a year that has some; DomainError with the field at fault.
    """
    require(actor, _ACTION)
    _check_year(from_year)
    values = _checked_posts(figures)
    row = PostRule(scope_code=actor.tenant_code, from_year=from_year, **values)
    written(row.save)
    changes: dict[str, tuple[Any, Any]] = {name: (None, value) for name, value in values.items()}
    record("livelihoods.set_post_rule", row, actor=actor, changes={"from_year": (None, from_year), **changes})
    return row


def amend_post_rule(rule_id: UUID, figures: PostFigures, *, actor: Actor, version: int) -> PostRule:
    """Correct figures of posts; they hold for the next term that is entered.

    Locks: the figures. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    require(actor, _ACTION)
    row = lock_version(PostRule.objects.all(), rule_id, version)
    values = _checked_posts(figures)
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    written(row.touch().save)
    record("livelihoods.amend_post_rule", row, actor=actor, changes=changes)
    return row


def _check_year(from_year: int) -> None:
    if not 2000 <= from_year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("training_rule.year", message, field="from_year")


def _source_of(text: str) -> str:
    source = clean(text)
    if not source:
        message = _("The source is missing. Name the document that sets the figures.")
        raise DomainError("training_rule.source_missing", message, field="source")
    return source


def _checked_posts(figures: PostFigures) -> dict[str, Any]:
    if not 16 <= figures.youngest_age <= figures.oldest_age <= 120:
        message = _("The ages lie between 16 and 120, the youngest before the oldest. Check both.")
        raise DomainError("post_rule.ages", message, field="youngest_age")
    if not 1 <= figures.most_months <= LONGEST_MONTHS:
        message = _("A term is between 1 and %(most)s months long. Check it.")
        raise DomainError("post_rule.term", message % {"most": LONGEST_MONTHS}, field="most_months")
    if not 1 <= figures.asked_days <= 366:
        message = _("The days before the end of a term are between 1 and 366. Check them.")
        raise DomainError("post_rule.days", message, field="asked_days")
    checked = replace(figures, source=_source_of(figures.source))
    return {name: getattr(checked, name) for name in _POST_COLUMNS}


def _checked(figures: TrainingFigures) -> dict[str, Any]:
    if not 14 <= figures.youngest_age <= figures.oldest_age <= 120:
        message = _("The ages lie between 14 and 120, the youngest before the oldest. Check both.")
        raise DomainError("training_rule.ages", message, field="youngest_age")
    if not 1 <= figures.least_percent <= 100:
        message = _("The attendance that counts lies between 1 and 100 percent. Check it.")
        raise DomainError("training_rule.percent", message, field="least_percent")
    if not date(2000, 1, 1) <= figures.counted_since < date(2101, 1, 1):
        message = _("The day lies between the years 2000 and 2100. Check it.")
        raise DomainError("training_rule.day", message, field="counted_since")
    checked = replace(figures, source=_source_of(figures.source))
    return {name: getattr(checked, name) for name in _COLUMNS}
