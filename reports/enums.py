"""Choices of the reports: where a run and a mail stand, and how it came to that."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a run of a report stands; `reports.workflow.RUN_STEPS` says what may follow."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Failed")


class DeliveryState(models.TextChoices):
    """Where the mail to one recipient stands; `reports.workflow.DELIVERY_STEPS` says what may follow.

    `unclear` means that the mail server may or may not have taken the mail: only a person sends it again.
    """

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNCLEAR = "unclear", _("Unclear")
    BOUNCED = "bounced", _("Came back")


class DeliveryReason(models.TextChoices):
    """Why a mail was not sent, or why nobody knows; a code, so that no address or answer of a server is kept."""

    NONE = "", _("No reason")
    ADDRESS_NOT_VERIFIED = "address_not_verified", _("The address is not verified. The recipient verifies it first.")
    RIGHT_LOST = "right_lost", _("The recipient may no longer read this report.")
    RUN_FAILED = "run_failed", _("The report could not be made; its page says why.")
    NOT_WRITTEN = "not_written", _("The mail could not be written. The operator finds the cause in the log.")
    REFUSED = "refused", _("The mail server refused the mail for good.")
    REFUSED_FOR_NOW = "refused_for_now", _("The mail server refused the mail for now.")
    NOT_REACHED = "not_reached", _("The mail server could not be reached.")
    CONNECTION_LOST = "connection_lost", _("The connection broke after the mail was handed over.")
    WORKER_LOST = "worker_lost", _("The sending process was lost while it sent the mail.")
    ADDRESS_BOUNCED = "address_bounced", _("A mail to this address came back. The recipient verifies it again first.")
    ADDRESS_NOT_ALLOWED = "address_not_allowed", _("The security administrator does not allow this address.")
    SCHEDULE_CHANGED = (
        "schedule_changed",
        _("The schedule names another report or division by now. Make and send it now from its page."),
    )
    PICTURE_GONE = "picture_gone", _("The picture behind this report is no longer kept. Make the report again.")
    CAME_BACK = "came_back", _("The mail came back: it could not be delivered.")


class Rhythm(models.TextChoices):
    """How often a schedule is due."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    YEARLY = "yearly", _("Every year")
    STAGE = "stage", _("Before a stage of a campaign ends")


class DayRule(models.TextChoices):
    """Which day of its month a schedule is due on."""

    DAY = "day", _("Day of the month")
    WORKING_DAY = "working_day", _("Working day of the month, counted from its beginning")
    LAST_WORKING_DAY = "last_working_day", _("Last working day of the month")


class Shift(models.TextChoices):
    """What becomes of a day on which offices do not work."""

    NONE = "none", _("Stays, working day or not")
    NEXT = "next", _("Moves to the next working day")
    PREVIOUS = "previous", _("Moves to the working day before")


class About(models.TextChoices):
    """What the report of a schedule is about, seen from the day on which it is due."""

    MONTH = "month", _("The last month that ended")
    QUARTER = "quarter", _("The last quarter that ended")
    HALF_YEAR = "half_year", _("The last half-year that ended")
    YEAR = "year", _("The last year that ended")
    DAY = "day", _("The day before")


class MailForm(models.TextChoices):
    """What the mail of a schedule holds."""

    ATTACHMENT = "attachment", _("Figures, charts, and the file attached")
    LINK = "link", _("A link alone, which needs a login")


class OccasionState(models.TextChoices):
    """What became of one time at which a schedule was due."""

    STARTED = "started", _("Report asked for")
    NOBODY = "nobody", _("Nobody to send it to")
    REFUSED = "refused", _("Not made")


class AddressState(models.TextChoices):
    """Where an outside address stands; `reports.workflow.ADDRESS_STEPS` says what may follow."""

    ASKED = "asked", _("Asked for")
    ALLOWED = "allowed", _("Allowed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class BounceKind(models.TextChoices):
    """What a message of a mail server says of a mail that it had taken. Source: RFC 3464, 2.3.3 and RFC 3463, 2."""

    PERMANENT = "permanent", _("Not delivered, for good")
    GIVEN_UP = "given_up", _("Not delivered, the server gave up")
    TRANSIENT = "transient", _("Delayed, the server goes on trying")


class Level(models.TextChoices):
    """The three levels of a county's report."""

    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")


class Format(models.TextChoices):
    """The files that a report can be had as."""

    XLSX = "xlsx", _("Workbook (.xlsx)")
    PDF = "pdf", _("PDF for printing")
    CSV = "csv", _("Text table (.csv)")
    PARQUET = "parquet", _("Data file (.parquet)")
    HTML = "html", _("Web page (.html)")


class RowLevel(models.TextChoices):
    """What a row of a list stands for."""

    HOUSEHOLD = "household", _("Household")
    PERSON = "person", _("Person")
    VILLAGE = "village", _("Village")
