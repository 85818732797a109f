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
