"""Choices of the dossiers. What differs between counties is a template."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a dossier is for. Source: domain of filed households, identification, exit, return and monitoring."""

    IDENTIFY = "identify", _("Identification")
    RETURN = "return", _("Return to poverty")
    EXIT = "exit", _("Exit from poverty")
    MONITOR = "monitor", _("Identification for monitoring")
    REMOVE_RISK = "remove_risk", _("Removal of a risk")


class State(models.TextChoices):
    """Where a dossier stands."""

    OPEN = "open", pgettext_lazy("state of a dossier", "Open")
    FINISHED = "finished", pgettext_lazy("state of a dossier", "Finished")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a dossier", "Withdrawn")
    REFUSED = "refused", pgettext_lazy("state of a dossier", "Refused")


class Form(models.TextChoices):
    """What happens in a step; it says what is asked when the step is done, and whether a list may be dealt with."""

    GENERAL = "general", pgettext_lazy("form of a step", "General")
    APPLICATION = "application", _("Application")
    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    NOTICE = "notice", _("Notice")
    COMPARISON = "comparison", _("Comparison of data")
    DECISION = "decision", _("Decision")
    MARK = "mark", _("Pre-exit mark")
    SIGNATURE = "signature", _("Signature of the household")
    ANNOUNCEMENT = "announcement", _("Announcement")


class Manner(models.TextChoices):
    """How a household applied or signed; one who cannot write has a proxy write and sets a thumb print."""

    SELF = "self", _("In person")
    PROXY = "proxy", _("By a proxy, with a thumb print")
    PHONE = "phone", _("By telephone")


class SessionState(models.TextChoices):
    """Where a session for a list stands."""

    OPEN = "open", pgettext_lazy("state of a session", "Open")
    CLOSED = "closed", pgettext_lazy("state of a session", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("state of a session", "Cancelled")


class Terrain(models.TextChoices):
    """For which kind of area a checklist is made."""

    FARMING = "farming", _("Farming area")
    HERDING = "herding", _("Herding area")
    MIXED = "mixed", _("Farming and herding area")


class CaseState(models.TextChoices):
    """Where a monitoring case stands."""

    LEAD = "lead", _("Lead")
    CONFIRMED = "confirmed", _("Confirmed")
    DROPPED = "dropped", _("Dropped")
    REMOVED = "removed", pgettext_lazy("state of a monitoring case", "Risk removed")


class DueBasis(models.TextChoices):
    """How the days until the decision on a lead were counted; without a calendar of the year by weekdays."""

    CALENDAR_DAYS = "calendar_days", _("Calendar days")
    WORKING_DAYS = "working_days", _("Working days by the public calendar")
    WEEKDAYS = (
        "weekdays",
        _("Monday to Friday but for fixed festivals, since the holidays of the year are not known yet"),
    )


class NextDue(models.TextChoices):
    """What is due next in a monitoring case."""

    NOTHING = "", _("Nothing is due")
    DECISION = "decision", _("Decision on the lead")
    FIRST_MEASURE = "first_measure", _("First measure")
    DEVELOPMENT_MEASURE = "development_measure", _("First development measure")


class OpenDay(models.TextChoices):
    """The days that are open in a monitoring case: three by which something is done, and one from which it may be."""

    DECISION = "decision", _("Decision on the lead by")
    FIRST_MEASURE = "first_measure", _("First measure by")
    DEVELOPMENT_MEASURE = "development_measure", _("First development measure by")
    REMOVAL = "removal", _("Removal of the risk from")


class CampaignState(models.TextChoices):
    """Where a sweep campaign stands."""

    OPEN = "open", pgettext_lazy("state of a campaign", "Open")
    CLOSED = "closed", pgettext_lazy("state of a campaign", "Closed")


# The steps that are each household's own; all others may be held for a list.
OWN_FORMS: Final = frozenset({Form.APPLICATION, Form.VISIT, Form.SIGNATURE})
# The steps in which whoever began a dossier takes no part: nobody decides on the own request.
DECIDING: Final = frozenset({Form.DECISION, Form.ANNOUNCEMENT})
# The steps in which others judge what the household applied for: from then on its application stands.
JUDGING: Final = DECIDING | {Form.MEETING}


class TakenOut(models.TextChoices):
    """Why the database itself took a household off the list of a session."""

    MOVED = "moved", _("The household moved out of the area of the session.")
