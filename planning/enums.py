"""Choices of the planning app."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What a village needs, and what a unit is good at: both in the same words, so that they can be matched."""

    INCOME = "income", _("Income: industry, sales, jobs")
    RISK = "risk", _("Risk: health, care, insurance, school")
    FACILITIES = "facilities", _("Facilities: works and supplies")


NEEDS: Final = tuple(Need)


class PlanState(models.TextChoices):
    """Where a dispatch plan stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """How a proposal came about."""

    SOLVER = "solver", _("Reckoned")
    HAND = "hand", _("Changed by hand")


class Direction(models.TextChoices):
    """Which side of a plan's part this is."""

    SENT = "sent", _("Sent to a county")
    RECEIVED = "received", _("Received from above")


class PartState(models.TextChoices):
    """Where a county's part of a published plan stands."""

    OFFERED = "offered", _("Waits for the county")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class HelperPlanState(models.TextChoices):
    """Where a plan of helpers stands; it is over when every township decided, or the office ended it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    OVER = "over", _("Over")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HelperPartState(models.TextChoices):
    """Where a township's part of a published plan of helpers stands."""

    OFFERED = "offered", _("Waits for the township")
    CONFIRMED = "confirmed", _("Confirmed and applied")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended by the office")


class Why(models.TextChoices):
    """Why a household gets its helper in a proposal, or why it gets none."""

    STAYS = "stays", _("Stays with its lead")
    TEAM = "team", _("The unit's team is in the village")
    KNOWN = "known", _("Leads in the village already")
    NEAR = "near", _("From another village")
    ELSEWHERE = "elsewhere", _("From anywhere")
    HAND = "hand", _("Chosen by hand")
    FULL = "full", _("Nobody has room")
    NO_HELPER = "no_helper", _("Nobody takes part")
    BARRED = "barred", _("Nobody with room may lead it")


class Before(models.TextChoices):
    """What becomes of whoever leads the household now."""

    NOBODY = "nobody", _("Nobody led it")
    STAND_IN = "stand_in", _("A unit stood in")
    STAYED = "stayed", _("The lead stays")
    LEFT = "left", _("The lead takes part no more")
    LOADED = "loaded", _("The lead has more households than the limit")
    BETTER = "better", _("Another one suits better")


class Outcome(models.TextChoices):
    """What became of a choice when its township confirmed."""

    WAITS = "waits", _("Waits")
    PAIRED = "paired", _("Paired")
    HANDED_OVER = "handed_over", _("Handed over")
    CHANGED_SINCE = "changed_since", _("Left: its lead changed since")
    NEEDS_NONE = "needs_none", _("Left: it needs no lead any more")
    BARRED_SINCE = "barred_since", _("Left: this helper may not lead it")
    FULL_SINCE = "full_since", _("Left: the helper has as many households as the limit allows")
    LEFT_SINCE = "left_since", _("Left: the helper takes part no more")
